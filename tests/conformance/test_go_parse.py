"""Lexer, parser, printer and number literals against what Go answers to its own tests."""

from typing import Any

import pytest

from generator.engines.gotemplate import nodes, numbers, parser
from generator.engines.gotemplate.errors import TemplateError
from generator.engines.gotemplate.lexer import Kind, lex
from generator.engines.gotemplate.parser import parse
from generator.engines.gotemplate.source import Source
from generator.engines.gotemplate.text import quote
from tests.conformance.go_rows import rows, text, value

FUNCTIONS = {"printf", "contains"}

KINDS = (  # in the order of Go's itemType; nothing for comments, which our lexer drops, and for the mark of keywords
    Kind.ERROR, Kind.BOOL, Kind.CHAR, Kind.CHAR_CONSTANT, None, Kind.COMPLEX, Kind.ASSIGN, Kind.DECLARE, Kind.EOF,
    Kind.FIELD, Kind.IDENTIFIER, Kind.LEFT_DELIM, Kind.LEFT_PAREN, Kind.NUMBER, Kind.PIPE, Kind.RAW_STRING,
    Kind.RIGHT_DELIM, Kind.RIGHT_PAREN, Kind.SPACE, Kind.STRING, Kind.TEXT, Kind.VARIABLE, None, Kind.BLOCK,
    Kind.BREAK, Kind.CONTINUE, Kind.DOT, Kind.DEFINE, Kind.ELSE, Kind.END, Kind.IF, Kind.NIL, Kind.RANGE,
    Kind.TEMPLATE, Kind.WITH,
)  # fmt: skip


def ident(row: dict[str, Any]) -> str:
    return str(row.get("name", row["in"]))


def keeps_comments(row: dict[str, Any]) -> bool:
    return "/*" in row["in"] and row.get("out", "").startswith("{{/*")


@pytest.mark.parametrize("row", rows("go-parse.json", "parse"), ids=ident)
def test_parse(row: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "_MAX_PARENTHESES", 3)  # as Go's tests set it
    if keeps_comments(row):
        pytest.skip("Go keeps comments here, on demand")
    content = text(row["in"])
    if row["error"] is not None:
        with pytest.raises(TemplateError) as caught:
            parse(content, row["name"], FUNCTIONS)
        assert str(caught.value) == row["error"]
    else:
        assert parse(content, row["name"], FUNCTIONS).main.source() == row["out"]


@pytest.mark.parametrize("row", rows("go-parse.json", "lex"), ids=ident)
def test_lex(row: dict[str, Any]) -> None:
    content = text(row["in"])
    source = Source(content)
    expected = [
        (KINDS[kind], pos, "EOF" if KINDS[kind] is Kind.EOF else text(val), line)
        for kind, pos, val, line in row["out"]
        if KINDS[kind] is not None
    ]
    got = []
    for token in lex(content):
        got.append((token.kind, source.offset(token.pos), token.value, source.line(token.pos)))
        if token.kind in (Kind.EOF, Kind.ERROR):
            break
    assert got == expected


@pytest.mark.parametrize("row", rows("go-parse.json", "number"), ids=ident)
def test_numbers(row: dict[str, Any]) -> None:
    literal = row["in"]
    number = read(literal)
    if row["error"] is not None:
        assert number == row["error"] or literal.startswith("'")
        assert not isinstance(number, numbers.Number)
        return
    assert isinstance(number, numbers.Number)
    assert number.int_ == (int(row["int"]) if "int" in row else None)
    assert number.uint == (int(row["uint"]) if "uint" in row else None)
    assert number.float_ == (float(row["float"]) if "float" in row else None)
    assert number.complex_ == (value(row["complex"]) if "complex" in row else None)


def read(literal: str) -> numbers.Number | str:
    """The number that a literal is, or why it is none."""
    if literal.startswith("'"):
        try:
            action = parse(f"{{{{{literal}}}}}", "t", ()).main.nodes[0]
        except TemplateError as error:
            return error.message
        assert isinstance(action, nodes.Action)
        operand = action.pipe.commands[0].args[0]
        assert isinstance(operand, nodes.NumberLiteral)
        return operand.value
    try:
        return numbers.read(literal, quote(literal))
    except numbers.NumberRefused as refused:
        if not literal.endswith("i"):
            return str(refused)
    try:
        return numbers.read_complex(literal)
    except numbers.NumberRefused as refused:
        return str(refused)
