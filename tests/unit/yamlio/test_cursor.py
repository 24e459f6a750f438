"""Typed reading: what decoders get, and every message that a mistaken definition brings."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Severity, SourceFile
from generator.yamlio.cursor import Cursor, decode, parsed
from generator.yamlio.load import documents


class State(StrEnum):
    RUNNING = "Running"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True)
class Version:
    parts: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> "Version":
        if not text.replace(".", "").isdigit():
            raise ValueError(f'"{text}" is no version such as 7.4')
        return cls(tuple(map(int, text.split("."))))


@dataclass(frozen=True, slots=True)
class Runtime:
    name: str
    versions: tuple[Version, ...]
    default: Version | None


@dataclass(frozen=True, slots=True)
class Image:
    by_container: dict[str, str]


@dataclass(frozen=True, slots=True)
class Plugin:
    name: str
    replicas: int
    ratio: float
    enabled: bool
    state: State | None
    mode: str
    runtimes: tuple[Runtime, ...]
    images: dict[str, Image]
    values: dict[str, Any]
    stages: list[Any]


def runtime(cursor: Cursor) -> Runtime:
    result = Runtime(
        name=cursor.field("name", str),
        versions=cursor.each("versions", parsed(Version.parse)),
        default=cursor.optional("default", parsed(Version.parse)),
    )
    cursor.no_other_fields()
    if not cursor.found.failed and result.default not in {None, *result.versions}:
        cursor.at("default").fail("the default is none of the versions")
    return result


def image(cursor: Cursor) -> Image:
    if cursor.is_a(str):
        return Image({"": cursor.read(str)})
    return Image({name: entry.read(str) for name, entry in cursor.items()})


def plugin(cursor: Cursor) -> Plugin:
    cursor.one_of("kind", "Plugin")
    spec = cursor.at("spec")
    result = Plugin(
        name=cursor.field("metadata", lambda metadata: metadata.field("name", str)),
        replicas=spec.field("replicas", int),
        ratio=spec.optional("ratio", float, 1.0),
        enabled=spec.optional("enabled", bool, default=True),
        state=spec.optional("state", State),
        mode=spec.one_of("mode", "slow", "fast", default="slow"),
        runtimes=spec.each("runtimes", runtime),
        images=spec.mapping("images", image),
        values=spec.optional("values", dict, {}),
        stages=spec.optional("stages", list, []),
    )
    cursor.no_other_fields("apiVersion", "status")
    spec.no_other_fields()
    return result


SOUND = """\
apiVersion: v1
kind: Plugin
metadata: {name: redis}
spec:
  replicas: 3
  ratio: 1
  enabled: no
  state: Stopped
  runtimes:
  - name: redis
    versions: ["7.2", "7.4"]
    default: "7.4"
  images:
    "7.2": redis:7.2
    "7.4": {main: redis:7.4, exporter: exporter:1}
  values: {a: {b: [1]}}
  stages: [a, [b, c]]
status: {phase: Ready}
"""


def _decoded(text: str, decoder: Callable[[Cursor], Any] = plugin) -> tuple[Any, tuple[Diagnostic, ...]]:
    found = Collector()
    (one,) = documents(SourceFile("f", text), found)
    return decode(one.value, one.place, decoder, found), found.sorted()


def test_a_sound_document_is_decoded() -> None:
    assert _decoded(SOUND) == (
        Plugin(
            name="redis",
            replicas=3,
            ratio=1,
            enabled=False,
            state=State.STOPPED,
            mode="slow",
            runtimes=(Runtime("redis", (Version((7, 2)), Version((7, 4))), Version((7, 4))),),
            images={"7.2": Image({"": "redis:7.2"}), "7.4": Image({"main": "redis:7.4", "exporter": "exporter:1"})},
            values={"a": {"b": [1]}},
            stages=["a", ["b", "c"]],
        ),
        (),
    )


def test_what_may_be_left_out_may_be_empty() -> None:
    text = "kind: Plugin\nmetadata: {name: a}\nspec: {replicas: 0, enabled: , runtimes: , images: , values: ~}\n"
    result, found = _decoded(text)
    assert found == ()
    assert (result.enabled, result.runtimes, result.images, result.values) == (True, (), {}, {})


# What replaces a line of SOUND, and the one message that this brings: place, code, message, hint.
MISTAKES: list[tuple[str, str, str, tuple[str, str, str, str]]] = [
    ("text for a whole number", "  replicas: 3\n", "  replicas: three\n",
     ("5:13", "MW201", 'replicas must be a whole number, not the text "three"', "write it in digits")),
    ("a quoted number", "  replicas: 3\n", '  replicas: "3"\n',
     ("5:13", "MW201", 'replicas must be a whole number, not the text "3"', "leave out the quotes: 3")),
    ("a fraction", "  replicas: 3\n", "  replicas: 2.5\n",
     ("5:13", "MW201", "replicas must be a whole number, not the number 2.5", "leave out the fraction")),
    ("a boolean for a number", "  replicas: 3\n", "  replicas: true\n",
     ("5:13", "MW201", "replicas must be a whole number, not true", "")),
    ("nothing", "  replicas: 3\n", "  replicas:\n", ("5:3", "MW202", '"replicas" is empty', "")),
    ("left out", "  replicas: 3\n", "", ("4:1", "MW202", 'spec has no "replicas"', "write replicas: … below spec")),
    ("left out of the document", "metadata: {name: redis}\n", "",
     ("1:1", "MW202", 'the document has no "metadata"', "write metadata: … at the start of a line")),
    ("left out of a flow", "{name: redis}", "{}",
     ("3:1", "MW202", 'metadata has no "name"', "write name: … below metadata")),
    ("left out of an element", "  - name: redis\n    versions", "  - versions",
     ("10:5", "MW202", 'runtimes[0] has no "name"', "write name: … below runtimes[0]")),
    ("a version that is a float", '["7.2", "7.4"]', '["7.2", 7.40, "7.4"]',
     ("11:23", "MW201", "versions[1] must be text, not the number 7.4", 'quote it: "7.40"')),
    ("a version that is an octal", '    default: "7.4"', "    default: 07",
     ("12:14", "MW201", "default must be text, not the number 7", 'quote it: "07"')),
    ("text that is a boolean", "{name: redis}", "{name: on}",
     ("3:18", "MW201", "name must be text, not true", 'an unquoted on means true; quote it: "on"')),
    ("text that is true", "{name: redis}", "{name: true}",
     ("3:18", "MW201", "name must be text, not true", 'quote it: "true"')),
    ("a map for text", "{name: redis}", "{name: {a: b}}", ("3:18", "MW201", "name must be text, not a map", "")),
    ("a boolean that is quoted", "  enabled: no\n", '  enabled: "no"\n',
     ("7:12", "MW201", 'enabled must be true or false, not the text "no"', "leave out the quotes: false")),
    ("a number for a boolean", "  enabled: no\n", "  enabled: 0\n",
     ("7:12", "MW201", "enabled must be true or false, not the number 0", "")),
    ("a choice in other letters", "state: Stopped", "state: stopped",
     ("8:10", "MW204", 'state must be one of Running, Stopped, not the text "stopped"', 'did you mean "Stopped"?')),
    ("a choice far off", "  replicas: 3\n", "  replicas: 3\n  mode: quick\n",
     ("6:9", "MW204", 'mode must be one of slow, fast, not the text "quick"', "write slow or fast")),
    ("a choice that is a boolean", "state: Stopped", "state: off",
     ("8:10", "MW201", "state must be text, not false", 'an unquoted off means false; quote it: "off"')),
    ("another kind", "kind: Plugin", "kind: Plugins",
     ("2:7", "MW204", 'kind must be one of Plugin, not the text "Plugins"', 'did you mean "Plugin"?')),
    ("text that does not parse", '["7.2", "7.4"]', '["7.2", "7.4", "7.x"]',
     ("11:30", "MW204", 'versions[2]: "7.x" is no version such as 7.4', "")),
    ("what a decoder refuses", '    default: "7.4"', '    default: "8.0"',
     ("12:14", "MW204", "the default is none of the versions", "")),
    ("an unknown field", "  replicas: 3\n", "  replicas: 3\n  replica: 3\n",
     ("6:3", "MW203", '"replica" is not a field of spec', 'did you mean "replicas"?')),
    ("an unknown field in other letters", "    versions:", "    Default: x\n    versions:",
     ("11:5", "MW203", '"Default" is not a field of runtimes[0]', 'did you mean "default"?')),
    ("an unknown field of the document", "status:", "state:",
     ("18:1", "MW203", '"state" is not a field of the document', 'did you mean "status"?')),
    ("an unknown field like none", "    versions:", "    xyz: 1\n    versions:",
     ("11:5", "MW203", '"xyz" is not a field of runtimes[0]', "known here: name, versions, default")),
    ("one element for a list", "  stages: [a, [b, c]]", "  stages: a",
     ("17:11", "MW201", 'stages must be a list, not the text "a"', "write a list: [a]")),
    ("a map for a list", '    versions: ["7.2", "7.4"]\n    default: "7.4"', "    versions: {a: b}",
     ("11:15", "MW201", "versions must be a list, not a map", 'start each element with "- "')),
    ("a list for a map", "  values: {a: {b: [1]}}", "  values: [a]",
     ("16:11", "MW201", "values must be a map, not a list", 'fields stand without "- "')),
    ("text for a map", "  values: {a: {b: [1]}}", "  values: a:b",
     ("16:11", "MW201", 'values must be a map, not the text "a:b"', 'a key ends with ": ", a colon and a space')),
    ("text for a map, with a no-break space", "  values: {a: {b: [1]}}", "  values: a:\xa0b",
     ("16:11", "MW201", 'values must be a map, not the text "a:\xa0b"', 'a key ends with ": ", a colon and a space')),
    ("text for an element that is a map", "  - name: redis\n", "  - redis\n  - name: redis\n",
     ("10:5", "MW201", 'runtimes[0] must be a map, not the text "redis"', "")),
    ("nothing for an element that is a map", "  - name: redis\n", "  -\n  - name: redis\n",
     ("10:4", "MW201", "runtimes[0] must be a map, not nothing", "")),
    ("a number in a map of texts", '    "7.2": redis:7.2', '    "7.2": 7.2',
     ("14:12", "MW201", 'images["7.2"] must be a map, not the number 7.2', "")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_where_and_as_what_it_is(old: str, new: str, message: tuple[str, str, str, str]) -> None:
    assert SOUND.count(old) == 1
    result, found = _decoded(SOUND.replace(old, new))
    assert result is None
    assert [(_place(one), one.code, one.message, one.hint) for one in found] == [message]


def _place(found: Diagnostic) -> str:
    assert found.primary is not None
    return str(found.primary.span).removeprefix("f:")


def test_every_mistake_of_a_document_comes_out_in_one_go() -> None:
    text = """\
kind: Plugin
metadata: {nam: redis}
spec:
  replicas: many
  enabled: "yes"
  runtimes:
  - versions: [7.4, x]
    defualt: y
  - redis
  images: {a: [b]}
  mode: 1
extra: 1
"""
    result, found = _decoded(text)
    assert result is None
    assert [(_place(one), one.code) for one in found] == [
        ("2:1", "MW202"), ("4:13", "MW201"), ("5:12", "MW201"), ("7:5", "MW202"), ("7:16", "MW201"), ("7:21", "MW204"),
        ("8:5", "MW203"), ("9:5", "MW201"), ("10:15", "MW201"), ("11:9", "MW201"), ("12:1", "MW203"),
    ]  # fmt: skip


def test_a_document_of_another_shape_is_one_mistake() -> None:
    for text, what in (("- a\n", "a list"), ("a\n", 'the text "a"')):
        _, found = _decoded(text, runtime)
        assert [one.message for one in found] == [f"the document must be a map, not {what}"]


def test_mistakes_name_the_field_and_end_with_the_line() -> None:
    _, found = _decoded("name: a\nversions:\n  a: 1\n  b: 2\n", runtime)
    (one,) = found
    assert one.field == "versions"
    assert one.primary is not None
    assert one.primary.span.end - one.primary.span.start == len("a: 1")


def test_decoders_may_refuse_with_diagnostics_of_their_own() -> None:
    own = Diagnostic(code="MW301", message="no such plugin")

    def refuse(cursor: Cursor) -> str:
        cursor.read(str)
        raise DiagnosticError(own)

    def decoder(cursor: Cursor) -> tuple[str, str]:
        return cursor.field("a", refuse), cursor.field("b", str)

    result, found = _decoded("a: x\nb: 1\n", decoder)
    assert result is None
    assert [one.code for one in found] == ["MW301", "MW201"]


def test_warnings_do_not_spoil_a_value() -> None:
    def decoder(cursor: Cursor) -> str:
        cursor.found.add(Diagnostic(code="MW204", message="old", severity=Severity.WARNING))
        return cursor.field("a", str)

    result, found = _decoded("a: x\n", decoder)
    assert (result, [one.message for one in found]) == ("x", ["old"])


def test_a_stand_in_bears_what_decoders_do_with_it() -> None:
    def outer(cursor: Cursor) -> Any:
        inner = cursor.field("missing", runtime)
        return (
            inner.name.upper(),
            [*inner.versions],
            inner.versions[0],
            inner.default or "none",
            inner.default < inner.default,  # type: ignore[operator]
            f"{inner.name}",
            "7.4" in inner.versions,  # type: ignore[comparison-overlap]
            len(inner.versions),
        )

    result, found = _decoded("a: 1\n", outer)
    assert result is None
    assert [one.message for one in found] == ['the document has no "missing"']


def test_a_bug_in_a_decoder_is_no_mistake_of_the_user() -> None:
    def broken(cursor: Cursor) -> str:
        return cursor.field("a", str) + 1  # type: ignore[operator, no-any-return]

    with pytest.raises(TypeError):
        _decoded("a: x\n", broken)


def test_a_path_leads_to_a_cursor_whether_anything_stands_there_or_not() -> None:
    found = Collector()
    (one,) = documents(SourceFile("f", "a:\n- b: [1, 2]\n"), found)
    cursor = Cursor(one.value, one.place, found)
    assert cursor.at("a", 0, "b", 1).value == 2
    assert [cursor.at(*steps).value for steps in (("a", 1), ("a", "b"), ("x", 0, "y"), ("a", 0, 0))] == [None] * 4
    cursor.at("a", 0, "b", 1).fail("odd")
    cursor.at("a", 0, "c").fail("gone")
    assert [(_place(one), one.field) for one in found.sorted()] == [("2:3", "a[0].c"), ("2:10", "a[0].b[1]")]
