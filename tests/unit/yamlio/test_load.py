"""Files to documents: cutting, decoding, strictness, and abuse."""

import codecs
from typing import Any

import pytest

from generator.diagnostics import Collector, DiagnosticError, SourceFile
from generator.diagnostics.codes import CODES
from generator.yamlio.load import decode, document, documents

STREAMS: list[tuple[str, str, list[tuple[int, Any]]]] = [
    ("nothing", "", []),
    ("only comments and separators", "# a\n---\n# b\n---\n", []),
    ("one", "a: 1\n", [(0, {"a": 1})]),
    ("one without a final line break", "a: 1", [(0, {"a": 1})]),
    ("two", "a: 1\n---\nb: 2\n", [(0, {"a": 1}), (1, {"b": 2})]),
    ("a separator first", "---\na: 1\n", [(1, {"a": 1})]),
    ("empty ones between", "---\n\n---\n# c\n---\na: 1\n---\n---\nb: 2\n", [(3, {"a": 1}), (5, {"b": 2})]),
    ("null is nothing", "null\n---\n~\n---\na: 1\n", [(2, {"a": 1})]),
    ("blanks and comments behind separators", "a: 1\n---  \nb: 2\n--- # c\nc: 3\n---#d\ne: 4\n", [
        (0, {"a": 1}), (1, {"b": 2}), (2, {"c": 3}), (3, {"e": 4}),
    ]),
    ("CRLF", "a: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n", [(0, {"a": 1}), (1, {"b": "x\ny\n"})]),
    ("dashes in a block", "a: |\n  ---\n  b\n", [(0, {"a": "---\nb\n"})]),
    ("a longer line of dashes", "a: 1\n#----\n", [(0, {"a": 1})]),
    ("content on the first separator's line", "--- {a: 1}\n", [(0, {"a": 1})]),
    ("an end without another document", "a: 1\n...\n", [(0, {"a": 1})]),
    ("not a map", "- 1\n---\ntext\n", [(0, [1]), (1, "text")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in STREAMS], ids=[row[0] for row in STREAMS])
def test_a_stream_is_cut_as_kubectl_cuts_it(text: str, found: list[tuple[int, Any]]) -> None:
    assert [(one.index, one.value) for one in documents(SourceFile("f", text))] == found


def test_a_broken_document_hides_neither_the_others_nor_their_mistakes() -> None:
    file = SourceFile("f", "a: 1\n---\nb: [\n---\nc: 1\nc: 2\n---\nd: 4\n")
    found = Collector()
    assert [one.value for one in documents(file, found)] == [{"a": 1}, {"d": 4}]
    places = [(one.code, str(one.primary.span)) for one in found.sorted() if one.primary]
    assert places == [("MW101", "f:3:4"), ("MW102", "f:6:1")]
    with pytest.raises(DiagnosticError) as error:
        documents(file)
    assert error.value.diagnostics == found.sorted()


def test_all_doubtful_keys_of_a_document_are_reported_at_once() -> None:
    text = "on: 1\n1: a\nx: {y: 1, z: .nan}\nx: 2\n"
    found = Collector()
    documents(SourceFile("f", text), found)
    assert [one.code for one in found.sorted()] == ["MW105", "MW105", "MW105", "MW106", "MW102"]


def test_the_only_document_of_a_file() -> None:
    assert document(SourceFile("f", "---\na: 1\n---\n")).value == {"a": 1}
    assert document(SourceFile("f", "# nothing\n")).value is None
    with pytest.raises(DiagnosticError) as error:
        document(SourceFile("f", "a: 1\n---\nb: 2\n"))
    (found,) = error.value.diagnostics
    assert found.primary is not None
    assert (found.code, str(found.primary.span)) == ("MW107", "f:3:1")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a: \xc3\xa9\n", "a: é\n"),
        (codecs.BOM_UTF8 + b"a: 1\r\n", "a: 1\r\n"),
        (codecs.BOM_UTF16_LE + "a: é😀".encode("utf-16-le"), "a: é😀"),
        (codecs.BOM_UTF16_BE + "a: é".encode("utf-16-be"), "a: é"),
        (b"", ""),
    ],
    ids=["UTF-8", "with a mark", "UTF-16 little", "UTF-16 big", "empty"],
)
def test_bytes_are_decoded_as_yaml_allows(data: bytes, text: str) -> None:
    assert decode("f", data) == SourceFile("f", text)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: 1\nb: \xe9\n", "f:2:4"),
        ("é: ".encode() + b"\xff", "f:1:4"),
        (codecs.BOM_UTF8 + b"\xc3", "f:1:1"),
        (codecs.BOM_UTF16_LE + "a\n".encode("utf-16-le") + b"b", "f:2:1"),
        (b"\xf0\x9f\x98", "f:1:1"),
    ],
    ids=["Latin-1", "behind a non-ASCII character", "behind a mark", "half of UTF-16", "cut off"],
)
def test_bytes_that_are_no_text_are_a_mistake_at_their_place(data: bytes, place: str) -> None:
    with pytest.raises(DiagnosticError) as error:
        decode("f", data)
    (found,) = error.value.diagnostics
    assert found.primary is not None
    assert (found.code, str(found.primary.span)) == ("MW104", place)


DEEP = 100_000
ABUSE = {
    "a billion laughs": "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    ),
    "many merges": "a: &a {" + ", ".join(f"k{n}: {n}" for n in range(2000)) + "}\n"
    + "".join(f"b{n}:\n  <<: *a\n" for n in range(1000)),
    "open brackets": "[" * DEEP,
    "balanced brackets": "[" * DEEP + "]" * DEEP,
    "open braces": "{" * DEEP,
    "braces with keys": "{a: " * DEEP,
    "dashes": "- " * DEEP,
    "question marks": "? " * DEEP,
    "deep blocks": "".join(" " * n + "a:\n" for n in range(300)),
    "aliases that stack up": "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} {'[' * 150}*a{n - 1}{']' * 150}\n" for n in range(1, 20)
    ),
    "an alias inside its value": "a: &a [*a]",
    "a key that holds itself": "&a ? *a\n: 1",
    "control characters": "a: " + "\x01" * 1000,
    "half surrogates": "a: \ud800",
    "a tag that never ends": "a: !" + "x" * DEEP + "[",
    "an open quote": 'a: "' + "x\n" * DEEP,
}  # fmt: skip
SLOW_BUT_SOUND = {
    "a very long text": ("a: " + "x" * 2_000_000, 1),
    "a very long quoted text": ('a: "' + "x " * 500_000 + '"', 1),
    "many keys": ("".join(f"key{n}: {n}\n" for n in range(20_000)), 20_000),
    "a wide list": ("a: [" + "1, " * 50_000 + "1]", 1),
    "many documents": ("a: 1\n---\n" * 3_000, 1),
    "many anchors": ("".join(f"k{n}: &a{n} x\n" for n in range(10_000)), 10_000),
}


@pytest.mark.parametrize("text", ABUSE.values(), ids=ABUSE.keys())
def test_abuse_is_refused(text: str) -> None:
    with pytest.raises(DiagnosticError) as error:
        documents(SourceFile("f", text))
    assert all(one.code in CODES for one in error.value.diagnostics)


@pytest.mark.parametrize(("text", "size"), SLOW_BUT_SOUND.values(), ids=SLOW_BUT_SOUND.keys())
def test_large_but_honest_texts_are_read(text: str, size: int) -> None:
    first = documents(SourceFile("f", text))[0]
    assert len(first.value) == size


def test_aliases_within_measure_are_copies() -> None:
    (one,) = documents(SourceFile("f", "a: &a {b: [1]}\nc: *a\nd: {<<: *a, e: 2}\n"))
    assert one.value == {"a": {"b": [1]}, "c": {"b": [1]}, "d": {"b": [1], "e": 2}}
    assert one.value["a"]["b"] is not one.value["c"]["b"]
    assert one.value["a"]["b"] is not one.value["d"]["b"]
