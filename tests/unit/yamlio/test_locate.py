"""Places: from a value back to the line and column that it was written at."""

import pytest

from generator.diagnostics import SourceFile, Span
from generator.yamlio.load import decode, documents
from generator.yamlio.locate import Place, path_text, text_span

# In each text, «…» is the place asked for; the marks are taken out before the text is used.
PLACES: list[tuple[str, str, tuple[str | int, ...]]] = [
    ("a plain value", "a: «b»\n", ("a",)),
    ("a value behind text that is not ASCII", "é: 漢字\nb: {ü: «😀x»}\n", ("b", "ü")),
    ("in lines that end with CRLF", "a: 1\r\nb:\r\n  c: «2»\r\n", ("b", "c")),
    ("a quoted key's value", "\"a: 'b'\": «'c'»\n", ("a: 'b'",)),
    ("an element", "a:\n- x\n- «y»\n", ("a", 1)),
    ("an element of a map", "a:\n- b: 1\n  c: «2»\n", ("a", 0, "c")),
    ("a whole block map, without what follows", "a:\n  «b: 1\n  c: 2»\n\n# comment\nd: 3\n", ("a",)),
    ("a whole block list", "a:\n«- b\n- c»\nd: 1\n", ("a",)),
    ("a flow list", "a: «[1, [2]]» # x\n", ("a",)),
    ("inside flow collections", "a: {b: [1, {c: «3»}]}\n", ("a", "b", 1, "c")),
    ("over several lines of flow", "a: «{\n  b: 1,\n}»\n", ("a",)),
    ("a literal block", "a: «|\n  b\n  c»\n\nd: 1\n", ("a",)),
    ("a folded block with indicators", "a: «>2-\n    b\n   c»\nd: 1\n", ("a",)),
    ("a quoted text of several lines", 'a: «"b\n  c"»\n', ("a",)),
    ("an alias is where it stands", "a: &x {b: 1}\nc: «*x»\n", ("c",)),
    ("inside an alias is where its value stands", "a: &x {b: «1»}\nc: *x\n", ("c", "b")),
    ("a merged key is where it came from", "a: &x {b: «1», c: 2}\nd:\n  <<: *x\n  c: 3\n", ("d", "b")),
    ("its own key comes before a merged one", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: «3»\n", ("d", "c")),
    ("of several merges the first has it", "d:\n  <<: [{a: «1»}, {a: 2, b: 3}]\n", ("d", "a")),
    ("an empty value is blamed on its key", "a:\n  «b»:\n  c: 1\n", ("a", "b")),
    ("a tag belongs to its value", "a: «!!str 1»\n", ("a",)),
    ("what does not exist is the nearest thing around it", "a:\n  «b: 1»\nc: 2\n", ("a", "x", "y")),
    ("what does not exist in a list", "a: «[1]»\n", ("a", 7)),
    ("below a scalar", "a: «b»\n", ("a", "c")),
    ("the whole document", "# c\n«a: 1\nb: 2»\n", ()),
    ("a tab behind the colon", "a:\t«b»\n", ("a",)),
    ("in the second document", "a: 1\n---\nb: «2»\n", ("b",)),
]


def _marked(text: str) -> tuple[str, int, int]:
    start = text.index("«")
    return text.replace("«", "").replace("»", ""), start, text.index("»") - 1


@pytest.mark.parametrize(("text", "pointer"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_a_value_is_found_where_it_was_written(text: str, pointer: tuple[str | int, ...]) -> None:
    text, start, end = _marked(text)
    file = SourceFile("f", text)
    assert Place(file, text.count("\n---\n"), pointer).span() == Span(file, start, end)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("a: 1\n«b»: 2\n", ("b",)),
        ('«"b c"»: {d: 1}\n', ("b c",)),
        ("a: {«ü»: 1}\n", ("a", "ü")),
        ("a:\n- «b»\n", ("a", 0)),  # an element has no key
    ],
)
def test_a_key_can_be_blamed(text: str, pointer: tuple[str | int, ...]) -> None:
    text, start, end = _marked(text)
    file = SourceFile("f", text)
    assert Place(file, 0, pointer).span(key=True) == Span(file, start, end)


def test_a_byte_order_mark_does_not_count() -> None:
    file = decode("f", b"\xef\xbb\xbfa: 1\nb: 2\n")
    assert str(Place(file, 0, ("a",)).span()) == "f:1:4"
    assert str(Place(file, 0, ("b",)).span()) == "f:2:4"


def test_documents_know_their_place() -> None:
    file = SourceFile("f", "---\n---\na: 1\n---\nb: 2\n")
    assert [str((one.place / next(iter(one.value))).span()) for one in documents(file)] == ["f:3:4", "f:5:4"]


def test_paths_read_as_people_write_them() -> None:
    assert path_text(("spec", "ports", 0, "name")) == "spec.ports[0].name"
    assert path_text(("data", "a.b", "c-d", "e f")) == 'data["a.b"].c-d["e f"]'
    assert path_text((0, "a")) == "[0].a"
    assert path_text(()) == ""


# In the source «…» is where the text that stands behind the arrow must be found.
TEXTS: list[tuple[str, str, str]] = [
    ("a literal block", "a: |\n  b\n    «{{ c }}» d\n", "{{ c }}"),
    ("a literal block behind a list's dash", "a:\n- |\n  b «{{ c }}»\n", "{{ c }}"),
    ("with CRLF", "a: |\r\n  b\r\n  «{{ c }}»\r\n", "{{ c }}"),
    ("with text that is not ASCII", "é: |\n  漢字😀\n  ü «{{ ç }}»\n", "{{ ç }}"),
    ("with an indentation indicator", "a: |2\n     b\n   «{{ c }}»\n", "{{ c }}"),
    ("with an indicator and a deeper parent", "x:\n  a: |2-\n      b\n    «{{ c }}»\n", "{{ c }}"),
    ("behind empty lines", "a: |\n\n\n  «{{ c }}»\n", "{{ c }}"),
    ("behind lines of blanks", "a: |\n  b\n \n  «{{ c }}»\n", "{{ c }}"),
    ("that is stripped", "a: |-\n  b\n  «{{ c }}»\n\n", "{{ c }}"),
    ("that keeps its end", "a: |+\n  b\n  «{{ c }}»\n\n", "{{ c }}"),
    ("with a comment behind the indicator", "a: | # {{ c }}\n  «{{ c }}»\n", "{{ c }}"),
    ("a folded block", "a: >\n  one\n  two «{{ c }}»\n\n  three\n", "{{ c }}"),
    ("a folded block, behind lines that are not folded", "a: >\n  one\n\n    two\n  «{{ c }}»\n", "{{ c }}"),
    ("plain text", "a: b «{{ c }}» d\n", "{{ c }}"),
    ("plain text of several lines", "a: b\n  c\n\n  d «{{ e }}»\n", "{{ e }}"),
    ("single quotes", "a: 'it''s «{{ c }}»'\n", "{{ c }}"),
    ("a quote inside single quotes", "a: 'b «{{ ''c'' }}» d'\n", "{{ 'c' }}"),
    ("single quotes over lines", "a: 'b\n   «{{ c }}»'\n", "{{ c }}"),
    ("double quotes", 'a: "b\\t\\x41\\u00e9\\U0001F600 «{{ c }}»"\n', "{{ c }}"),
    ("an escape itself", 'a: "b «\\u00e9»c"\n', "é"),
    ("escaped quotes", 'a: "{{ «\\"c\\"» }}"\n', '"c"'),
    ("double quotes over lines", 'a: "b \\\n   c\n\n   «{{ d }}»"\n', "{{ d }}"),
    ("behind an anchor and a tag", "a: &x !!str |\n  «{{ c }}»\n", "{{ c }}"),
    ("behind a tab", "a: |\n  b\t«{{ c }}»\n", "{{ c }}"),
    ("over two lines of a block", "a: |\n  b «{{ c\n    d }}» e\n", "{{ c\n  d }}"),
]


@pytest.mark.parametrize(("source", "text"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_a_stretch_of_a_text_is_found_where_it_was_written(source: str, text: str) -> None:
    source, start, end = _marked(source)
    file = SourceFile("f", source)
    (one,) = documents(file)
    place, value = one.place, one.value
    while not isinstance(value, str):
        step = next(iter(value)) if isinstance(value, dict) else 0
        place, value = place / step, value[step]
    at = value.index(text)
    assert text_span(place, at, at + len(text)) == Span(file, start, end)


def test_every_place_in_a_text_has_one_in_the_file() -> None:
    file = SourceFile("f", "a: |\n  b\n\n  c\n")
    place = Place(file, 0, ("a",))
    lines = [str(text_span(place, at, at)) for at in range(len("b\n\nc\n") + 3)]
    assert lines == ["f:2:3", "f:2:4", "f:3:1", "f:4:3", "f:4:4", "f:4:4", "f:4:4", "f:4:4"]


def test_what_is_no_text_is_shown_whole() -> None:
    file = SourceFile("f", "a: {b: 1}\n")
    assert text_span(Place(file, 0, ("a",)), 0, 1) == Span(file, 3, 9)
    assert text_span(Place(file, 0, ("x",)), 0, 1) == Span(file, 0, 9)


def test_a_text_that_a_tag_changed_is_shown_whole() -> None:
    file = SourceFile("f", "a: !!binary aGVsbG8=\n")
    assert text_span(Place(file, 0, ("a",)), 1, 2) == Span(file, 3, 20)
