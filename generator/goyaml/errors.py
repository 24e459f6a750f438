"""What can be wrong with a YAML text, and how sigs.k8s.io/yaml would say it."""

from dataclasses import dataclass
from enum import StrEnum


class ErrorKind(StrEnum):
    """Why a text was refused."""

    ENCODING = "encoding"  # not UTF-8, or a character that YAML forbids
    SYNTAX = "syntax"
    TRAILING = "trailing"  # text behind the end of the document
    ANCHOR = "anchor"  # an alias or a merge that leads nowhere
    LIMIT = "limit"  # too deep, or too large once the aliases are followed
    DUPLICATE = "duplicate"
    KEY = "key"  # a key that is not text
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
