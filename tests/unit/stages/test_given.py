"""Values that come as texts get the type of what they replace."""

from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.model.given import Given, GivenText, GivenValue
from generator.model.values import Layer, dotted, undotted
from generator.stages.resolve.given import layers
from generator.yamlio.locate import Place

BELOW: dict[str, Any] = {
    "text": "plain", "number": 3, "fraction": 0.5, "truth": True, "map": {"a": 1, "b": "x"}, "numbers": [1, 2],
    "maps": [{"a": 1}], "empty": [],
}  # fmt: skip

TYPED: dict[str, tuple[str, Any, Any]] = {
    "a number for a number": ("number", "8", 8),
    "a fraction for a number": ("number", "0.25", 0.25),
    "a word for a number, to be refused later": ("number", "eight", "eight"),
    "a version for text": ("text", "7.10", "7.10"),
    "a word of YAML for text": ("text", "yes", "yes"),
    "an exponent for text": ("text", "1e3", "1e3"),
    "truth": ("truth", "false", False),
    "YAML 1.1's truth": ("truth", "yes", True),
    "a map": ("map", "{a: 2}", {"a": 2}),
    "a map of texts": ("map", {"a": "5", "b": "6", "c": "7"}, {"a": 5, "b": "6", "c": 7}),
    "a list": ("numbers", ["3", "4"], [3, 4]),
    "a list in one text": ("numbers", "[3, 4]", [3, 4]),
    "a list of maps": ("maps", ['{"a": 2}'], [{"a": 2}]),
    "a list without an example": ("empty", ["3", "x"], [3, "x"]),
    "nothing": ("number", "null", None),
    "nothing for text": ("text", "null", None),
    "new: a whole number": ("new", "12", 12),
    "new: a version": ("new", "7.10", "7.10"),
    "new: an octal": ("new", "0755", "0755"),
    "new: an exponent": ("new", "1e3", "1e3"),
    "new: a word of YAML 1.1": ("new", "on", "on"),
    "new: truth": ("new", "true", True),
    "new: what looks like a list": ("new", "[::1]", "[::1]"),
    "new: a date": ("new", "2024-01-01", "2024-01-01"),
    "new: the empty text": ("new", "", ""),
}


def made(*values: GivenValue, component: str = "app") -> Any:
    below = [Layer(name="defaults", data=BELOW, place=Place(SourceFile("x", "")), by_plugin=True)]
    (layer,) = layers(Given(origin="test", values=values), component, below)
    return layer


@pytest.mark.parametrize("case", TYPED)
def test_a_text_gets_the_type_of_what_it_replaces(case: str) -> None:
    name, text, want = TYPED[case]
    layer = made(GivenValue(name="x", pointer=(name,), value=GivenText(text=text)))
    assert layer.data == {name: want}
    assert type(layer.data[name]) is type(want)


def test_later_values_win_and_others_stay() -> None:
    layer = made(
        GivenValue(name="x", pointer=(), value={"map": {"a": 5, "b": "low"}}),
        GivenValue(name="x", pointer=("map", "b"), value=GivenText(text="high")),
    )
    assert layer.data == {"map": {"a": 5, "b": "high"}}


def test_another_components_values_are_none_of_ours() -> None:
    values = (GivenValue(name="x", pointer=("a",), value=1, component="other"),)
    assert list(layers(Given(origin="test", values=values), "app", ())) == []


def test_a_value_has_a_place() -> None:
    layer = made(GivenValue(name="x", pointer=("map", "a"), value=GivenText(text="5")))
    span = layer.place.child("map", "a").span()
    assert span.file.text[span.start : span.end] == "5"


@pytest.mark.parametrize(
    "pointer", [("a",), ("a", "b"), ("a", "log.dirs"), ("a b", "c"), ("x/y",), ("a", "b-c", "d_e")]
)
def test_a_path_is_read_as_it_is_written(pointer: tuple[str, ...]) -> None:
    assert undotted(dotted(pointer)) == pointer


@pytest.mark.parametrize("text", [".a", "a..b", "a.", "a[0]", "a[", 'a"b', "a[b]"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no path of values"):
        undotted(text)
