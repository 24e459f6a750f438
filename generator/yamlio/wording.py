"""How values and wishes are put into words, and what the usual slips in YAML look like."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

_WISHES: Final[dict[type, str]] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a map",
    list: "a list",
}
_LONGEST_QUOTE: Final = 40
_LONGEST_LIST: Final = 12


def wish(want: type) -> str:
    """What a value of the type *want* is called, with its article."""
    return _WISHES[want]


def describe(value: Any) -> str:
    """What *value* is: `the text "three"`, `the number 7.4`, `true`, `a list`, `nothing`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…"
        return f'the text "{shown}"' if "\n" not in shown else "a text of several lines"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return "a map" if isinstance(value, Mapping) else "a list"


def slip(value: Any, want: type, source: str) -> str:
    """A hint for one who wrote *source*, which was read as *value* where *want* is wanted; empty, if there is none."""
    if want is str and isinstance(value, (bool, int, float)):
        if isinstance(value, bool) and source.lower() not in {"true", "false"}:
            return f'an unquoted {source} means {describe(value)}; quote it: "{source}"'
        return f'quote it: "{source}"'
    if want is str and value is None and source:
        return f'quote it, if text is meant: "{source}"'
    if isinstance(value, str):
        return _slip_of_text(value, want)
    if want is list and isinstance(value, Mapping):
        return 'start each element with "- "'
    if want is dict and isinstance(value, list):
        return 'fields stand without "- "'
    if want is list and isinstance(value, (bool, int, float)):
        return f"write a list: [{source}]"
    if want is int and isinstance(value, float):
        return "leave out the fraction"
    return ""


def _slip_of_text(value: str, want: type) -> str:
    if want in {int, float}:
        return f"leave out the quotes: {value}" if _is_number(value, want) else "write it in digits"
    if want is bool and value.lower() in {"true", "false", "yes", "no", "on", "off"}:
        return f"leave out the quotes: {'true' if value.lower() in {'true', 'yes', 'on'} else 'false'}"
    if want is list:
        return f"write a list: [{value}]" if value.isprintable() and "," not in value else ""
    if want is dict and ":" in value:
        return 'a key ends with ": ", a colon and a space'
    return ""


def _is_number(text: str, want: type) -> bool:
    try:
        want(text)
    except ValueError:
        return False
    return True


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of *known* that was probably meant; empty, where none is near."""
    candidates = list(known)
    folded = {candidate.lower(): candidate for candidate in candidates}
    if word.lower() in folded:
        return folded[word.lower()]
    close = get_close_matches(word, candidates, n=1, cutoff=0.6)
    return close[0] if close else ""


def choices(word: str, known: Iterable[str]) -> str:
    """A hint on what may stand instead of *word*: the nearest spelling, or all of *known* where they are few."""
    names = list(known)
    near = nearest(word, names)
    if near:
        return f'did you mean "{near}"?'
    return f"known here: {', '.join(names)}" if 0 < len(names) <= _LONGEST_LIST else ""
