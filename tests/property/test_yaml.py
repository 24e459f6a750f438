"""Laws of reading and writing YAML, for any values and any texts."""

import random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import Collector, SourceFile
from generator.diagnostics.codes import CODES
from generator.goyaml.errors import YamlError
from generator.goyaml.read import read_manifest, read_values
from generator.yamlio.cursor import decode
from generator.yamlio.dump import dump, dump_all
from generator.yamlio.load import decode as decode_bytes
from generator.yamlio.load import documents, embedded
from generator.yamlio.locate import Place, text_span
from tests.conformance.yaml.generate import FRAGMENTS, Generator
from tests.unit.yamlio.test_cursor import SOUND, plugin

LAW = settings(max_examples=150, deadline=None, derandomize=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.lists(
    st.sampled_from(FRAGMENTS), max_size=8
).map("".join)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)
BROKEN = st.builds(lambda seed, text: Generator(seed).mutated(text), st.integers(0, 10**6), st.sampled_from([SOUND]))


@LAW
@given(VALUES)
def test_what_is_written_is_what_was_meant(value: Any) -> None:
    assert read_manifest(dump(value)) == value
    assert dump(read_manifest(dump(value))) == dump(value)


@LAW
@given(st.dictionaries(TEXTS, VALUES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_a_map_was_made_does_not_show(value: dict[str, Any], order: random.Random) -> None:
    keys = list(value)
    order.shuffle(keys)
    assert dump({key: value[key] for key in keys}) == dump(value)


@LAW
@given(st.lists(VALUES, max_size=4))
def test_a_stream_is_its_documents(values: list[Any]) -> None:
    read = [one.value for one in documents(SourceFile("f", dump_all(values)))]
    assert read == [value for value in values if value is not None]


@LAW
@given(TEXTS | BROKEN)
@example("\ufeff")
@example("a: |\r\n\t")
@example("[\n]\u2028}")
def test_any_text_gives_documents_or_diagnostics_with_places(text: str) -> None:
    found = Collector()
    file = SourceFile("f", text)
    documents(file, found)
    for one in found.sorted():
        assert one.code in CODES
        assert one.primary is not None
        for label in (one.primary, *one.secondary):
            assert 0 <= label.span.start <= label.span.end <= len(text)
        str(one.primary.span)


@LAW
@given(st.binary(max_size=30))
def test_any_bytes_give_a_file_or_a_diagnostic(data: bytes) -> None:
    found = Collector()
    found.attempt(lambda: decode_bytes("f", data))
    assert all(one.code == "MW104" for one in found.sorted())


@LAW
@given(TEXTS)
def test_what_manifests_take_values_take_too_and_alike(text: str) -> None:
    try:
        strict = read_manifest(text)
    except YamlError:
        return
    assert read_values(text) == strict


@settings(LAW, max_examples=400)
@given(BROKEN)
def test_a_broken_definition_never_breaks_its_decoder(text: str) -> None:
    found = Collector()
    for one in documents(SourceFile("f", text), found):
        result = decode(one.value, one.place, plugin, found)
        assert (result is None) <= found.failed


@LAW
@given(VALUES)
def test_every_scalar_is_found_where_it_was_written(value: Any) -> None:
    file = SourceFile("f", dump(value))
    for place, scalar in _scalars(Place(file), value):
        span = place.span()
        source = file.text[span.start : span.end]
        if not source.startswith("|"):
            assert read_manifest(source) == scalar


def _scalars(place: Place, value: Any) -> list[tuple[Place, Any]]:
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in _scalars(place / key, item)]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _scalars(place / index, item)]
    return [(place, value)]


@LAW
@given(st.lists(st.text("ab é漢\t😀'\"\\", max_size=8), min_size=1, max_size=6), st.sampled_from("|>'\"p"))
def test_every_character_of_a_text_is_found_where_it_was_written(lines: list[str], style: str) -> None:
    source = _written(lines, style)
    found = Collector()
    file = SourceFile("f", source)
    for one in documents(file, found):
        text = one.value["a"]["b"]
        if not isinstance(text, str):
            continue
        for at, char in enumerate(text):
            span = text_span(one.place / "a" / "b", at, at + 1)
            shown = file.text[span.start : span.end]
            # A line break is shown as nothing, a folded one is a space; an escape or a doubled quote ends with the
            # character that it stands for.
            assert shown == char or (char in "\n " and not shown.strip()) or (len(shown) == 2 and shown[1] == char)


def _written(lines: list[str], style: str) -> str:
    if style in "|>":
        return f"a:\n  b: {style}\n" + "".join(f"    {line}\n" if line else "\n" for line in lines) + "  c: 1\n"
    text = "\n      ".join(lines)
    if style == "'":
        text = "'" + text.replace("'", "''") + "'"
    elif style == '"':
        text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"a:\n  b: {text}\n  c: 1\n"


@LAW
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), VALUES, min_size=1, max_size=3))
def test_what_is_embedded_in_a_block_is_read_alike_and_placed_alike(value: dict[str, Any]) -> None:
    inner = dump(value)
    outer = SourceFile("f", dump({"data": {"x": inner + "z: 1\n"}, "kind": "ConfigMap"}))
    text = documents(outer)[0].value["data"]["x"]
    place = Place(outer, 0, ("data", "x"))
    file = embedded(place, text)
    (one,) = documents(file)
    assert one.value == {**value, "z": 1}
    if file.path == "f":
        assert (one.place / "z").span().line == outer.text.count("\n", 0, outer.text.index("z: 1\n", 3)) + 1
