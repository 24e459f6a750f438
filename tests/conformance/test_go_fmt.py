"""Go's package fmt, and what of strconv it needs, against what Go answers to its own tests."""

from itertools import islice

import pytest

from generator.engines.gotemplate.fmt import sprintf
from generator.engines.gotemplate.lexer import Kind, lex
from generator.engines.gotemplate.text import SyntaxRefused, quote, unquote, unquote_char
from tests.conformance.go_rows import Untranslatable, rows, text, value


def test_sprintf() -> None:
    wrong, done = [], 0
    for row in rows("go-fmt.json", "fmt"):
        format_ = text(row["in"])
        try:
            args = [value(arg) for arg in row["args"] or []]
        except Untranslatable:
            continue
        done += 1
        got = sprintf(format_, *args)
        if got != text(row["out"]):
            wrong.append((format_, args, got, text(row["out"])))
    assert not wrong
    assert done >= 500


@pytest.mark.parametrize("row", rows("go-strconv.json", "quote"), ids=lambda row: repr(row["in"]))
def test_quote(row: dict[str, str]) -> None:
    assert quote(text(row["in"])) == row["out"]
    assert quote(text(row["in"]), ascii_only=True) == row["ascii"]


@pytest.mark.parametrize("row", rows("go-strconv.json", "unquote"), ids=lambda row: repr(row["in"]))
def test_unquote(row: dict[str, str]) -> None:
    first, second = islice(lex(f"{{{{{text(row['in'])}}}}}"), 1, 3)
    refused = second.kind is not Kind.RIGHT_DELIM
    try:
        match first.kind:
            case Kind.STRING | Kind.RAW_STRING:
                assert refused or unquote(first.value) == text(row["out"])
            case Kind.CHAR_CONSTANT:
                rune, tail = unquote_char(first.value)
                refused = tail != "'"
                assert refused or rune == (ord(row["out"]) if len(row["out"]) == 1 else ord(text(row["out"])))
            case _:
                refused = True
    except SyntaxRefused:
        refused = True
    assert refused == bool(row["error"])
