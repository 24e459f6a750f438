"""How go-yaml writes a string: which style it takes, and where it breaks lines.

Both versions come from libyaml's emitter; `Version` holds what they differ in.
"""

from binascii import b2a_base64
from collections.abc import Callable
from typing import Final

from generator.dataclass import dataclass
from generator.goyaml.resolve import is_timestamp, resolve
from generator.pattern import pattern

_OLD_BOOLEANS: Final = frozenset(
    ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF")
)
_BASE_60: Final = pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z")
_NEW_OCTAL: Final = pattern(r"-?0o[-+]?[0-7]+\Z")

_BREAKS: Final = "\n\r\x85\u2028\u2029"
# What libyaml's emitter calls special: what is not printable, and everything beyond 16 bits.
# Written as what is not allowed: Python compiles the few ranges in an eighth of the time, at every start.
_SPECIAL: Final = pattern("[\0-\t\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe-\U0010ffff]")
_SPECIAL_BUT_TABS: Final = pattern("[\0-\b\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe-\U0010ffff]")
_BREAK: Final = pattern(f"[{_BREAKS}]")
_BREAK_SPACE: Final = pattern(f"[{_BREAKS}] ")
_SPACE_BREAK: Final = pattern(f" [{_BREAKS}]")
_INDICATORS: Final = pattern(
    r"\A(?:---|\.\.\.|[#,\[\]{}&*!|>'\"%@`]|[?:-](?:[ \t]|\Z))|:(?:[ \t]|\Z)|[ \t\0" + _BREAKS + "]#"
)
"""What makes a plain scalar something else, outside of flow collections."""

_SPACES: Final = pattern(" +")
_ESCAPES: Final = {
    "\0": "0", "\x07": "a", "\b": "b", "\t": "t", "\n": "n", "\x0b": "v", "\x0c": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip
_ESCAPED: Final = pattern('[\0-\x1f"\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe-\U0010ffff]')
_LINE_START: Final = pattern(f"(?<![^{_BREAKS}])(?=[^{_BREAKS}])")
_WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class Version:
    """What the major versions of go-yaml write differently.

    `folds`: long strings are broken at 80 columns. `indents_lists`: a list stands deeper than its key.
    `blocks_hold_tabs`: `|` blocks may. `is_text`: whether a string, unquoted, would be read as itself.
    """

    folds: bool
    indents_lists: bool
    blocks_hold_tabs: bool
    is_text: Callable[[str], bool]


def _is_text_2(text: str) -> bool:
    return isinstance(resolve(text), str) and not is_timestamp(text) and not _BASE_60.match(text)


def _is_text_3(text: str) -> bool:
    # YAML 1.2's octals; go-yaml drops underscores, but not before it has looked at the first character.
    octal = text[:1] in {"0", "-"} and _NEW_OCTAL.match(text.replace("_", ""))
    return text not in _OLD_BOOLEANS and not octal and _is_text_2(text)


V2: Final = Version(folds=True, indents_lists=False, blocks_hold_tabs=False, is_text=_is_text_2)
V3: Final = Version(folds=False, indents_lists=True, blocks_hold_tabs=True, is_text=_is_text_3)


def is_one_line(text: str) -> bool:
    """Whether *text* has no line breaks of any kind, as a key that stands before a colon must."""
    return _BREAK.search(text) is None


def write_string(version: Version, text: str, column: int, indent: int, *, key: bool = False) -> str:
    """*text* as go-yaml writes it from *column* on, with further lines at *indent*.

    A *key* before a colon is never broken. A `|` block ends with a line break if, and only if, *text* does.
    """
    tag = ""
    plain = True
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = _base64(text.encode("utf-8", "surrogateescape"))
        tag = "!!binary "
    else:
        plain = version.is_text(text)
    column += len(tag)
    style = _style(version, text, plain=plain, key=key)
    folds = version.folds and not key
    if style == "|":
        return tag + _literal(text, indent)
    if style == '"':
        return tag + _double_quoted(text, column, indent, folds=folds)
    if style == "'":
        return tag + _single_quoted(text, column, indent, folds=folds)
    return tag + (_fold(text, column, indent) if folds else text)


def _style(version: Version, text: str, *, plain: bool, key: bool) -> str:
    """Which style: empty, `'`, `"` or `|`. *plain* says whether a plain scalar would still be this string."""
    special = (_SPECIAL_BUT_TABS if version.blocks_hold_tabs else _SPECIAL).search(text)
    unfit = special is not None or _SPACE_BREAK.search(text) is not None
    if "\n" in text:
        return '"' if key or unfit or text[-1:] == " " else "|"
    if not plain:
        return '"'
    if unfit or _BREAK_SPACE.search(text) or "\t" in text:
        return '"'
    edges = " " + _BREAKS
    if text[:1] in edges or text[-1:] in edges or _BREAK.search(text) or _INDICATORS.search(text):
        return "'"
    return ""


def _fold(text: str, column: int, indent: int, *, edges: bool = True) -> str:
    """*text* with single spaces behind column 80 turned into line breaks; its first and last only with *edges*."""
    if column + len(text) <= _WIDTH:
        return text
    parts: list[str] = []
    start = 0
    for spaces in _SPACES.finditer(text):
        at, end = spaces.span()
        column += at - start
        parts.append(text[start:at])
        if end - at == 1 and column > _WIDTH and (edges or 0 < at < len(text) - 1):
            parts.append("\n" + " " * indent)
            column = indent
        else:
            parts.append(text[at:end])
            column += end - at
        start = end
    parts.append(text[start:])
    return "".join(parts)


def _single_quoted(text: str, column: int, indent: int, *, folds: bool) -> str:
    quoted = text.replace("'", "''")
    if _BREAK.search(text):
        quoted = _with_breaks(quoted, column + 1, indent, folds=folds)
    elif folds:
        quoted = _fold(quoted, column + 1, indent, edges=False)
    return f"'{quoted}'"


def _with_breaks(text: str, column: int, indent: int, *, folds: bool) -> str:
    """*text*, which has line breaks that are no newlines, as it stands between single quotes."""
    parts: list[str] = []
    spaces = broken = False
    for index, char in enumerate(text):
        if char in _BREAKS:
            parts.append(char)
            column, broken = 0, True
            continue
        if char == " ":
            inner = 0 < index < len(text) - 1 and text[index + 1] != " "
            if folds and not spaces and column > _WIDTH and inner:
                parts.append("\n" + " " * indent)
                column = indent
            else:
                parts.append(char)
                column += 1
            spaces = True
            continue
        if broken:
            parts.append(" " * (indent - column))
            column = max(column, indent)
        parts.append(char)
        column += 1
        spaces = broken = False
    return "".join(parts)


def _double_quoted(text: str, column: int, indent: int, *, folds: bool) -> str:
    if text.startswith("\ufeff"):  # then everything is escaped, spaces too
        return f'"{"".join(map(_escape, text))}"'
    quoted = _ESCAPED.sub(lambda match: _escape(match[0]), text)
    if not folds or " " not in text or column + 1 + len(quoted) <= _WIDTH:
        return f'"{quoted}"'
    parts: list[str] = []
    column += 1
    start = 0
    for spaces in _SPACES.finditer(quoted):
        at, end = spaces.span()
        column += at - start
        parts.append(quoted[start:at])
        if column > _WIDTH and 0 < at < len(quoted) - 1:
            # The first space of several is the break, and the next one would be lost without a backslash.
            rest = "\\" + quoted[at + 1 : end] if end - at > 1 else ""
            parts.append("\n" + " " * indent + rest)
            column = indent + len(rest)
        else:
            parts.append(quoted[at:end])
            column += end - at
        start = end
    parts.append(quoted[start:])
    return f'"{"".join(parts)}"'


def _escape(char: str) -> str:
    code = ord(char)
    if char in _ESCAPES:
        return "\\" + _ESCAPES[char]
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _literal(text: str, indent: int) -> str:
    hint = "2" if text[0] == " " or text[0] in _BREAKS else ""
    if text[-1] not in _BREAKS:
        hint += "-"
    elif text[-2:-1] in _BREAKS:  # true, too, for a lone line break
        hint += "+"
    return f"|{hint}\n" + _LINE_START.sub(" " * indent, text)


def _base64(data: bytes) -> str:
    """*data* in lines of 70, each with its end, if there are several."""
    encoded = b2a_base64(data, newline=False).decode()
    if len(encoded) < 70:
        return encoded
    return "".join(f"{encoded[at : at + 70]}\n" for at in range(0, len(encoded), 70))
