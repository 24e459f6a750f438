"""What each of Go's own functions is for, in a line, with an example: see `helm.reference` for all functions."""

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """One function."""

    text: str
    """What it gives."""
    example: str
    """A template's expression."""
    result: str | None
    """What that prints; None where it differs from time to time."""


REFERENCE: Final[dict[str, dict[str, Entry]]] = {
    "Logic and comparison": {
        "and": Entry("The first value that is empty, else the last one.", 'and "a" 0', "0"),
        "or": Entry("The first value that is not empty, else the last one.", 'or "" "a"', "a"),
        "not": Entry("Whether a value is empty.", "not 0", "true"),
        "eq": Entry(
            "Whether the first value equals any of the others, which are of its kind.", 'eq "a" "b" "a"', "true"
        ),
        "ne": Entry("Whether two values differ.", 'ne "a" "b"', "true"),
        "lt": Entry("Whether the first value is less.", "lt 1 2", "true"),
        "le": Entry("Whether the first value is less or equal.", "le 2 2", "true"),
        "gt": Entry("Whether the first value is greater.", "gt 2 1", "true"),
        "ge": Entry("Whether the first value is greater or equal.", "ge 1 2", "false"),
    },
    "Values and text": {
        "index": Entry(
            "The element of a list, map or text at one index after the other.", 'index (dict "a" (list 5)) "a" 0', "5"
        ),
        "len": Entry("The number of elements, or of bytes of a text.", 'len "héllo"', "6"),
        "print": Entry("The values as text, with blanks between those of which neither is text.", "print 1 2", "1 2"),
        "printf": Entry(
            "A text with values put in, by the verbs of Go.", 'printf "%05.1f|%-4s|%q" 1.25 "a" "b"', '001.2|a   |"b"'
        ),
        "println": Entry(
            "The values as text, with blanks between, and a line break.", "println 1 2 | quote", r'"1 2\n"'
        ),
        "html": Entry("The text escaped for HTML.", 'html "<a>"', "&lt;a&gt;"),
        "js": Entry("The text escaped for a string of JavaScript.", 'js "it\'s"', r"it\'s"),
        "urlquery": Entry("The text escaped for the query of a URL.", 'urlquery "a b&c"', "a+b%26c"),
        "call": Entry("Calls a value that is a function; templates hardly meet one.", "", None),
    },
}
"""Go's own functions, by section."""
