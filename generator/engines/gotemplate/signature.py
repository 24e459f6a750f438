"""Go's function signatures: what `Func.signature` says, taken apart."""

from functools import lru_cache

from generator.dataclass import dataclass
from generator.engines.gotemplate.values import ANY

VALUE = "reflect.Value"
"""The type of a parameter that takes anything as it is: of Go's own functions only."""

_NILLABLE = ("[]", "map[", "*", "func(", "chan ")
_KEYWORDS = frozenset({"chan", "func", "interface", "map", "struct"})
_OPEN, _CLOSE = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Signature:
    """Parameters and result of a function, in Go's canonical spelling."""

    params: tuple[str, ...]
    """Types; of a variadic one, that of an element."""
    variadic: bool
    """Whether the last parameter takes any number of arguments."""
    result: str
    """The first result; the second, an error, is not shown."""

    @property
    def fixed(self) -> int:
        """How many arguments there must be at least."""
        return len(self.params) - self.variadic

    def param(self, index: int) -> str:
        """The type of an argument."""
        return self.params[min(index, len(self.params) - 1)]


@lru_cache(maxsize=2048)
def parse_signature(signature: str) -> Signature:
    """Take `func(string, ...interface{}) (string, error)` apart.

    Raises:
        ValueError: the signature is not of that form.
    """
    if not signature.startswith("func("):
        raise ValueError(f"no function signature: {signature}")
    end = _closing(signature, len("func"))
    params = _types(_split(signature[len("func(") : end]))
    variadic = bool(params) and params[-1].startswith("...")
    types = tuple(canonical(param.removeprefix("...")) for param in params)
    result = signature[end + 1 :].strip()
    if result.startswith("("):
        result = _split(result[1:-1])[0]
    return Signature(types, variadic, canonical(result))


def nillable(type_: str) -> bool:
    """Whether Go's nil can be passed for the type."""
    return type_ in (ANY, VALUE) or type_.startswith(_NILLABLE)


def canonical(type_: str) -> str:
    """The type as reflection prints it."""
    words = {"any": ANY, "interface{}": ANY, "byte": "uint8", "rune": "int32"}
    for prefix in ("[]", "map[string]", "*"):
        if type_.startswith(prefix):
            return prefix + canonical(type_[len(prefix) :])
    return words.get(type_, type_)


def _types(params: list[str]) -> list[str]:
    """Types alone, of parameters that may have names: `a, b string`."""
    pairs = [param.partition(" ") for param in params]
    if not any(tail and head.isidentifier() and head not in _KEYWORDS for head, _, tail in pairs):
        return params
    types: list[str] = []
    for _, _, tail in reversed(pairs):
        types.insert(0, tail or types[0])
    return types


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
        if not depth:
            return at
    raise ValueError(f"unbalanced signature: {text}")


def _split(text: str) -> list[str]:
    """The parts between the commas that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        if char == "," and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts
