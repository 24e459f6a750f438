"""What can be wrong with a YAML text, and how sigs.k8s.io/yaml would say it."""

from enum import StrEnum

from generator.dataclass import dataclass


class ErrorKind(StrEnum):
    """Why a text was refused."""

    ENCODING = "encoding"  # not UTF-8, or a character that YAML forbids
    MARK = "mark"  # a byte order mark in mid-text
    SYNTAX = "syntax"
    TRAILING = "trailing"  # text behind the end of the document
    SECOND = "second"  # a second document
    ALIAS = "alias"  # one that leads nowhere
    SELF = "self"  # an alias inside of what it stands for
    MERGE = "merge"  # a merge of what is no map
    DEPTH = "depth"
    SIZE = "size"  # what the aliases add
    DUPLICATE = "duplicate"
    HIDDEN = "hidden"  # a key that a merge behind it sets again
    NULL_KEY = "null key"
    BOOLEAN_KEY = "boolean key"
    NUMBER_KEY = "number key"
    COLLECTION_KEY = "collection key"
    TAG = "tag"  # a tag that does not fit its value
    NUMBER = "number"  # infinity, or not a number
    SHAPE = "shape"  # not the map or list that was asked for


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a text.

    `message` says what, in go-yaml's words where it has some. `start` and `end` count code points from the start of
    the text; `context` is the offset at which the surrounding construct starts, -1 where there is none.
    `key` is the key concerned, if any. `go_text` is the whole error as the Go function gives it that was followed.
    """

    kind: ErrorKind
    message: str
    start: int
    end: int
    context: int = -1
    key: str = ""
    go_text: str = ""


class YamlError(Exception):
    """A text that is not YAML, or not YAML that JSON can hold; `problems` is never empty."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        first = self.problems[0]
        return first.go_text or first.message


class MarshalError(ValueError):
    """A value that cannot be written; the text is Go's."""
