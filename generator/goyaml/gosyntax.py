"""How Go's `%q` and `%#v` show a value: some of go-yaml's errors quote what they refuse."""

from typing import Any

from generator.goyaml.numbers import format_g

_ESCAPES = {
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
    '"': '\\"', "\\": "\\\\",
}  # fmt: skip


def quote(text: str) -> str:
    """*text* as `strconv.Quote` has it; lone surrogates stand for bytes (PEP 383)."""
    return '"' + "".join(map(_quoted, text)) + '"'


def _quoted(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if char == " " or (char.isprintable() and not char.isspace()):
        return char
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def show(value: Any) -> str:
    """*value*, as go-yaml reads it into an empty interface, by `%#v`."""
    return "<nil>" if value is None else _show(value)


def _rank(item: tuple[Any, Any]) -> tuple[str, Any]:
    key = item[0]
    return type(key).__name__, key if key is not None else 0


def _show(value: Any) -> str:
    if value is None:
        return "interface {}(nil)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value < 2**63 else f"{value:#x}"
    if isinstance(value, float):
        # Readers of values have made floats of integers; these are the common case.
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else format_g(value)
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        pairs = ", ".join(f"{_show(key)}:{_show(item)}" for key, item in sorted(value.items(), key=_rank))
        return f"map[interface {{}}]interface {{}}{{{pairs}}}"
    return f"[]interface {{}}{{{', '.join(map(_show, value))}}}"
