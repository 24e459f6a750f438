"""What Jinja2's templates can do besides what Jinja2 itself has.

Mostly it is what the other engine's templates can, by names in Jinja2's style; the value that is piped in stands where
it stands there.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from jinja2 import TemplateRuntimeError, Undefined

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.signature import parse_signature
from generator.engines.helm.dialect import FUNCTIONS
from generator.engines.jinja.budget import LARGE, Budget
from generator.engines.jinja.faults import SaidError
from generator.engines.jinja.missing import used

Filter = Callable[..., Any]

_MOST_ITEMS: Final = 100_000
_MOST_DIGITS: Final = 300
_MOST_INDENT: Final = 1000
_READ: Final = 64  # what a character of YAML that is read is counted for
_TYPES: Final[dict[str, tuple[type | tuple[type, ...], str]]] = {
    "string": (str, "text"), "int": (int, "a whole number"), "bool": (bool, "true or false"),
    "map[string]interface {}": (Mapping, "a map"), "float64": ((int, float), "a number"),
}  # fmt: skip


class Shared(NamedTuple):
    """A filter that is a function of the other engine."""

    function: str
    first: bool = False
    """Whether the piped value is its first argument; else it is the last, as it is there."""


SHARED: Final[dict[str, Shared]] = {
    "abbrev": Shared("abbrev"),
    "adler32sum": Shared("adler32sum"),
    "b32dec": Shared("b32dec"),
    "b32enc": Shared("b32enc"),
    "b64dec": Shared("b64dec"),
    "b64enc": Shared("b64enc"),
    "basename": Shared("base"),
    "camelcase": Shared("camelcase"),
    "chunk": Shared("chunk"),
    "compact": Shared("compact"),
    "contains": Shared("contains"),
    "date": Shared("date"),
    "date_in_zone": Shared("dateInZone"),
    "dirname": Shared("dir"),
    "ext": Shared("ext"),
    "from_json": Shared("mustFromJson"),
    "from_toml": Shared("fromToml"),
    "has_prefix": Shared("hasPrefix"),
    "has_suffix": Shared("hasSuffix"),
    "initials": Shared("initials"),
    "kebabcase": Shared("kebabcase"),
    "nospace": Shared("nospace"),
    "omit": Shared("omit", first=True),
    "pick": Shared("pick", first=True),
    "quote": Shared("quote"),
    "regex_find": Shared("mustRegexFind"),
    "regex_match": Shared("mustRegexMatch"),
    "regex_quote": Shared("regexQuoteMeta"),
    "repeat": Shared("repeat"),
    "semver_compare": Shared("semverCompare"),
    "sha1sum": Shared("sha1sum"),
    "sha256sum": Shared("sha256sum"),
    "sha512sum": Shared("sha512sum"),
    "snakecase": Shared("snakecase"),
    "split_list": Shared("splitList"),
    "substr": Shared("substr"),
    "swapcase": Shared("swapcase"),
    "to_json": Shared("mustToJson"),
    "to_pretty_json": Shared("mustToPrettyJson"),
    "to_toml": Shared("mustToToml"),
    "to_yaml": Shared("mustToYaml"),
    "to_yaml_pretty": Shared("toYamlPretty"),
    "trim_all": Shared("trimAll"),
    "trim_prefix": Shared("trimPrefix"),
    "trim_suffix": Shared("trimSuffix"),
    "trunc": Shared("trunc"),
    "untitle": Shared("untitle"),
    "without": Shared("without", first=True),
    "wrap": Shared("wrap"),
    "wrap_with": Shared("wrapWith"),
}
"""By the name in Jinja2's templates."""


def _shared(budget: Budget, name: str, shared: Shared) -> Filter:
    func = FUNCTIONS[shared.function]
    signature = parse_signature(func.signature)

    def call(value: Any, *args: Any) -> Any:
        given = [used(one) for one in ((value, *args) if shared.first else (*args, value))]
        if len(given) < signature.fixed or (not signature.variadic and len(given) > signature.fixed):
            raise TemplateRuntimeError(f"{name} takes {signature.fixed - 1} arguments besides what it is applied to")
        fitting = [_fitting(name, one, signature.param(index)) for index, one in enumerate(given)]
        try:
            return func.call(budget.run, *fitting) if func.wants_run else func.call(*fitting)
        except FuncError as error:
            raise TemplateRuntimeError(f"{name}: {error}") from None

    return call


def _fitting(name: str, value: Any, type_: str) -> Any:
    wanted = _TYPES.get(type_)
    if wanted is None:
        return _plain(value)
    if not isinstance(value, wanted[0]) or (isinstance(value, bool) and type_ != "bool"):
        raise TemplateRuntimeError(f"{name} wants {wanted[1]}, not {value!r:.60}")
    return float(str(value)) if type_ == "float64" else _plain(value)


def _plain(value: Any) -> Any:
    """A value in the types that the library knows."""
    if isinstance(value, Mapping) and not isinstance(value, dict):
        return dict(value)
    if isinstance(value, tuple | range):
        return list(value)
    return value


# --- of our own ------------------------------------------------------------------------------------------------------


def _indent(budget: Budget) -> Filter:
    def indent(text: Any, spaces: int) -> str:
        """Every line moved to the right, the first one too, as `indent` of Helm's dialect does."""
        shown = budget.text(used(text))
        if not 0 <= spaces <= _MOST_INDENT:
            raise TemplateRuntimeError(f"an indentation of {spaces} is out of bounds (0 to {_MOST_INDENT})")
        budget.run.spend(len(shown) + spaces * (shown.count("\n") + 1))
        pad = " " * spaces
        return pad + shown.replace("\n", f"\n{pad}")

    return indent


def _nindent(budget: Budget) -> Filter:
    indent = _indent(budget)

    def nindent(text: Any, spaces: int) -> str:
        """`indent` on a new line."""
        return f"\n{indent(text, spaces)}"

    return nindent


def _required(_budget: Budget) -> Filter:
    def required(value: Any, message: str) -> Any:
        """The value; an error with *message* where it is not there, none or empty text."""
        if isinstance(value, Undefined) or value is None or value == "":
            raise SaidError(message)
        return value

    return required


def _regex_replace(budget: Budget) -> Filter:
    def regex_replace(text: Any, pattern: str, replacement: str) -> str:
        r"""Every match of an RE2 pattern replaced; `\1` is the first group."""
        go = re.sub(r"\\([0-9])", r"${\1}", replacement.replace("$", "$$"))
        return str(
            _shared(budget, "regex_replace", Shared("mustRegexReplaceAll"))(go, pattern, budget.text(used(text)))
        )

    return regex_replace


def _dns_name(budget: Budget) -> Filter:
    def dns_name(text: Any) -> str:
        """A text as a Kubernetes name: lower case, other characters as `-`, at most 63 of them."""
        shown = budget.text(used(text))
        budget.run.spend(len(shown))
        return re.sub(r"[^a-z0-9-]+", "-", shown.lower()).strip("-")[:63].rstrip("-")

    return dns_name


def _join(budget: Budget) -> Filter:
    def join(value: Any, separator: str = "", attribute: str | None = None) -> str:
        """The elements as one text."""
        elements = list(budget.taken_apart(used(value)))
        if attribute is not None:
            elements = [one[attribute] for one in elements]
        texts = [budget.text(used(one)) for one in elements]
        budget.run.spend(sum(map(len, texts)) + len(separator) * len(texts))
        return separator.join(texts)

    return join


def _replace(budget: Budget) -> Filter:
    def replace(text: Any, old: str, new: str, count: int = -1) -> str:
        """A text with every *old*, or so many of them, replaced."""
        shown = budget.text(used(text))
        budget.replaced(shown, old, new)
        return shown.replace(old, new, count)

    return replace


def _string(budget: Budget) -> Filter:
    def string(value: Any) -> str:
        """A value as text."""
        return budget.text(used(value))

    return string


def _squote(budget: Budget) -> Filter:
    def squote(value: Any) -> str:
        """A single-quoted YAML text; quotes in it are doubled, which `squote` of Helm's dialect does not do."""
        shown = "" if value is None else budget.text(used(value))
        budget.run.spend(2 * len(shown))
        return "'{}'".format(shown.replace("'", "''"))

    return squote


def _batch(budget: Budget) -> Filter:
    def batch(value: Any, size: int, fill_with: Any = None) -> list[list[Any]]:
        """Lists of so many elements each; the last one filled up, if there is something to fill it with."""
        elements = list(budget.taken_apart(used(value)))
        if not 0 < size <= _MOST_ITEMS:
            raise TemplateRuntimeError(f"a batch of {size} is out of bounds (1 to {_MOST_ITEMS})")
        found = [elements[at : at + size] for at in range(0, len(elements), size)]
        if found and fill_with is not None:
            found[-1] += [fill_with] * (size - len(found[-1]))
        return found

    return batch


def _round(_budget: Budget) -> Filter:
    def round_(value: Any, precision: int = 0, method: str = "common") -> float:
        """A number to so many decimal places."""
        import math

        if abs(precision) > _MOST_DIGITS:
            raise TemplateRuntimeError(f"a precision of {precision} is out of bounds")
        if method == "common":
            return round(used(value), precision)  # type: ignore[no-any-return] # a number's
        ways: dict[str, Callable[[float], int]] = {"ceil": math.ceil, "floor": math.floor}
        if method not in ways:
            raise TemplateRuntimeError("method must be common, ceil or floor")
        return ways[method](used(value) * 10.0**precision) / 10.0**precision

    return round_


def _b64encode(budget: Budget) -> Filter:
    def b64encode(value: Any) -> str:
        """Base64 of a text's UTF-8 bytes; of what is no text, of how it prints."""
        return str(_shared(budget, "b64encode", Shared("b64enc"))(budget.text(used(value))))

    return b64encode


def _b64decode(_budget: Budget) -> Filter:
    def b64decode(value: Any) -> str:
        """The text whose base64 this is; what is none is an error."""
        import base64

        try:
            return base64.b64decode(str(used(value)), validate=True).decode()
        except ValueError as error:
            raise TemplateRuntimeError(f"b64decode: {error}") from None

    return b64decode


def _sha256(budget: Budget) -> Filter:
    def sha256(value: Any) -> str:
        """The SHA-256 of a text's UTF-8 bytes, in hexadecimal; of what is no text, of how it prints."""
        return str(_shared(budget, "sha256", Shared("sha256sum"))(budget.text(used(value))))

    return sha256


def _from_yaml(budget: Budget) -> Filter:
    def from_yaml(text: Any) -> Any:
        """The value that YAML denotes; no YAML is an error."""
        from generator.goyaml.errors import YamlError
        from generator.goyaml.read import read_values

        shown = budget.text(used(text))
        budget.run.spend(_READ * len(shown))
        try:
            return read_values(shown)
        except YamlError as error:
            raise TemplateRuntimeError(f"from_yaml: {error}") from None

    return from_yaml


def _fail(_budget: Budget) -> Filter:
    def fail(message: str) -> str:
        """An error with a message."""
        raise SaidError(str(used(message)))

    return fail


FILTERS: Final[dict[str, Callable[[Budget], Filter]]] = {
    "b64decode": _b64decode,
    "b64encode": _b64encode,
    "batch": _batch,
    "dns_name": _dns_name,
    "from_yaml": _from_yaml,
    "indent": _indent,
    "join": _join,
    "nindent": _nindent,
    "regex_replace": _regex_replace,
    "replace": _replace,
    "required": _required,
    "round": _round,
    "sha256": _sha256,
    "slice": _batch,
    "squote": _squote,
    "string": _string,
    "tojson": lambda budget: _shared(budget, "tojson", SHARED["to_json"]),
}
"""Our own, and those of Jinja2 that are bounded here. `slice` is not Jinja2's: lists of lists are made by `batch`."""

OWN: Final[dict[str, Callable[[Budget], Filter]]] = {"fail": _fail, "required": _required}
"""Functions that are called by name; `include` is another."""


def filters(budget: Budget) -> dict[str, Filter]:
    """All of them, on one budget."""
    shared = {name: _shared(budget, name, one) for name, one in SHARED.items()}
    return {**shared, **{name: make(budget) for name, make in FILTERS.items()}}


def bounded(budget: Budget, call: Filter) -> Filter:
    """A filter or test of Jinja2's own that is asked about the size of what it is given."""
    kept = {name: getattr(call, name) for name in ("jinja_pass_arg", "jinja_async_variant") if hasattr(call, name)}
    at = 1 if "jinja_pass_arg" in kept else 0

    def guarded(*args: Any, **kwargs: Any) -> Any:
        for value in args[at:]:
            if value.__class__ is str:
                if len(value) > LARGE:
                    budget.taken_apart(value)
            elif not isinstance(value, Undefined):
                budget.weigh(value)
        return call(*args, **kwargs)

    for name, mark in kept.items():
        setattr(guarded, name, mark)
    return guarded
