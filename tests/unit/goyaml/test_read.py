"""Both ways of reading, without any outside program; `tests/conformance/yaml` compares them with Go."""

from typing import Any

import pytest

from generator.goyaml import events
from generator.goyaml.errors import ErrorKind, YamlError
from generator.goyaml.read import read_list, read_manifest, read_map, read_values

# Name, text, as a manifest, as values.
SOUND: list[tuple[str, str, Any, Any]] = [
    ("numbers", "[1, 1.5, 1e3, 0x10, 1.0]", [1, 1.5, 1000, 16, 1], [1.0, 1.5, 1000.0, 16.0, 1.0]),
    ("large numbers", "[9223372036854775807, 9223372036854775808, 1e30]",
     [2**63 - 1, 2.0**63, 1e30], [2.0**63, 2.0**63, 1e30]),
    ("booleans are no numbers", "[y, true, off]", [True, True, False], [True, True, False]),
    ("quotes make text", "['1', \"y\", '', ~, '~']", ["1", "y", "", None, "~"], ["1", "y", "", None, "~"]),
    ("empty values", "a:\nb: ''\n? c\n", {"a": None, "b": "", "c": None}, {"a": None, "b": "", "c": None}),
    ("tags", "[!!str 1, !!int '2', !!float 3, !!bool 'y', !!null '', !x 4, ! 5, !!binary aGk=]",
     ["1", 2, 3, True, None, "4", "5", "hi"], ["1", 2.0, 3.0, True, None, "4", "5", "hi"]),
    ("tags of collections are ignored", "!!set {a: !!map [1]}", {"a": [1]}, {"a": [1.0]}),
    ("timestamps are text", "[2001-01-01, !!timestamp 2001-01-01]", ["2001-01-01"] * 2, ["2001-01-01"] * 2),
    ("aliases", "a: &x [1]\nb: *x\nc: &x 2\nd: *x\n", {"a": [1], "b": [1], "c": 2, "d": 2},
     {"a": [1.0], "b": [1.0], "c": 2.0, "d": 2.0}),
    ("aliases as keys", "x: &k a\n*k : 1\n", {"x": "a", "a": 1}, {"x": "a", "a": 1.0}),
    ("a merge and what changes it", "<<: {a: 1, b: 2}\nb: 3\n", {"a": 1, "b": 3}, {"a": 1.0, "b": 3.0}),
    ("a merge of several", "<<: [{a: 1}, {a: 2, b: 3}]\n", {"a": 1, "b": 3}, {"a": 1.0, "b": 3.0}),
    ("a quoted merge is a key", "'<<': 1\n", {"<<": 1}, {"<<": 1.0}),
    ("a merge sign as a value", "a: <<\n", {"a": "<<"}, {"a": "<<"}),
    ("nothing", "# c\n", None, None),
]  # fmt: skip
NULL_KEY = (
    "unsupported map key of type: %!s(<nil>), key: <nil>, value: "
    'map[interface {}]interface {}{"a":[]interface {}{1, "x", true, interface {}(nil)}}'
)
# Name, text, what values make of it (an error, if text), the kinds of problems of a manifest.
PARTED: list[tuple[str, str, Any, list[ErrorKind]]] = [
    ("duplicate keys", "a: 1\na: 2\n", {"a": 2.0}, [ErrorKind.DUPLICATE]),
    ("keys that are not text", "y: 1\n2: 3\n1.5: 4\n", {"true": 1.0, "2": 3.0, "1.5": 4.0},
     [ErrorKind.BOOLEAN_KEY, ErrorKind.NUMBER_KEY, ErrorKind.NUMBER_KEY]),
    ("a key of float32", "0.1: 1\n1234567.5: 2\n", {"0.1": 1.0, "1.2345675e+06": 2.0}, [ErrorKind.NUMBER_KEY] * 2),
    ("an infinite key", ".inf: 1\n", {".inf": 1.0}, [ErrorKind.NUMBER_KEY]),
    ("a null key", "~: {a: [1, x, true, ~]}\n",
     NULL_KEY, [ErrorKind.NULL_KEY]),
    ("a key that is a list", "[a]: 1\n", 'yaml: invalid map key: []interface {}{"a"}', [ErrorKind.COLLECTION_KEY]),
    ("not a number", "a: .nan\n", "json: unsupported value: NaN", [ErrorKind.NUMBER]),
    ("a merge behind a key", "a: 1\n<<: {a: 2}\n", {"a": 2.0}, [ErrorKind.HIDDEN]),
    ("text behind the document", "  a: 1\nb: 2\n", {"a": 1.0}, [ErrorKind.TRAILING]),
    ("a second document", "a: 1\n--- \nb: 2\n", {"a": 1.0}, [ErrorKind.SECOND]),
    ("a decoding error comes before an earlier one of JSON", "a: .nan\nb: !!int x\n",
     "yaml: cannot decode !!str `x` as a !!int", [ErrorKind.NUMBER, ErrorKind.TAG]),
    ("syntax comes before all", "a: .nan\nb: !!int x\nc: [\n", "yaml: line 3: did not find expected node content",
     [ErrorKind.NUMBER, ErrorKind.TAG, ErrorKind.SYNTAX]),
    ("a quote that only Go escapes", "a: \"it\\'s\"\n", {"a": "it's"}, [ErrorKind.SYNTAX]),
    ("an unknown anchor", "a: *b\n", "yaml: unknown anchor 'b' referenced", [ErrorKind.ALIAS]),
    ("an anchor inside itself", "&a [*a]\n", "yaml: anchor 'a' value contains itself", [ErrorKind.SELF]),
    ("bytes that are no UTF-8", "a: \udcff\n", "yaml: invalid leading UTF-8 octet", [ErrorKind.ENCODING]),
    ("a control character", "a: \x01\n", "yaml: control characters are not allowed", [ErrorKind.ENCODING]),
    ("too deep", "[" * 201, "yaml: exceeded max depth of 200", [ErrorKind.DEPTH]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "manifest", "values"), [row[1:] for row in SOUND], ids=[row[0] for row in SOUND])
def test_what_is_sound_is_read_with_the_numbers_of_each_way(text: str, manifest: Any, values: Any) -> None:
    assert repr(read_manifest(text)) == repr(manifest)
    assert repr(read_values(text)) == repr(values)


@pytest.mark.parametrize(("text", "values", "kinds"), [row[1:] for row in PARTED], ids=[row[0] for row in PARTED])
def test_what_is_doubtful_is_read_as_helm_does_and_refused_in_manifests(
    text: str, values: Any, kinds: list[ErrorKind]
) -> None:
    if isinstance(values, str):
        with pytest.raises(YamlError) as refused:
            read_values(text)
        assert str(refused.value) == values
    else:
        assert read_values(text) == values
    with pytest.raises(YamlError) as error:
        read_manifest(text)
    assert [problem.kind for problem in error.value.problems] == kinds


def test_maps_and_lists_are_what_was_asked_for() -> None:
    assert (read_map("a: 1"), read_map(""), read_list("[1]"), read_list("~")) == ({"a": 1.0}, {}, [1.0], [])
    with pytest.raises(YamlError, match="cannot unmarshal array into Go value of type map"):
        read_map("[1]")
    with pytest.raises(YamlError, match=r"^error converting YAML to JSON: yaml: line 1: did not find"):
        read_list("a: 1\n- b")


def test_what_aliases_add_is_bounded() -> None:
    fair = "a: &a [" + "x, " * 500 + "]\n" + "".join(f"b{n}: *a\n" for n in range(50))
    assert len(read_manifest(fair)) == 51
    unfair = "a: &a [" + "x, " * 500 + "]\n" + "".join(f"b{n}: *a\n" for n in range(1000))
    for read in (read_manifest, read_values):
        with pytest.raises(YamlError, match="excessive aliasing"):
            read(unfair)


@pytest.mark.parametrize(("text", "manifest", "values"), [row[1:] for row in SOUND], ids=[row[0] for row in SOUND])
def test_without_libyaml_the_same_is_read(
    text: str, manifest: Any, values: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "CParser", None)
    assert repr(read_manifest(text)) == repr(manifest)
    assert repr(read_values(text)) == repr(values)


@pytest.mark.parametrize(("text", "kinds"), [(row[1], row[3]) for row in PARTED], ids=[row[0] for row in PARTED])
def test_without_libyaml_the_same_is_refused(
    text: str, kinds: list[ErrorKind], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "CParser", None)
    with pytest.raises(YamlError) as error:
        read_manifest(text)
    assert [problem.kind for problem in error.value.problems] == kinds
