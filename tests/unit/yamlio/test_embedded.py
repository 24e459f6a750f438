"""YAML inside of YAML: definitions that a ConfigMap carries are read with the places of the outer file."""

from generator.diagnostics import Collector, SourceFile
from generator.yamlio.load import documents, embedded

CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap   # ünï
data:
  plugin: |
    kind: Plugin
    spec:
      name: redis
      script: |
        echo {{ x }}
    ---
    kind: Plugin
    kind: Again
  quoted: "a: [1,\\n2"
  folded: >
    a: 1
"""


def _inner(key: str, found: Collector | None = None) -> tuple[list[object], SourceFile]:
    (outer,) = documents(SourceFile("f", CONFIG_MAP))
    place = outer.place / "data" / key
    inner = embedded(place, outer.value["data"][key])
    return [one.value for one in documents(inner, found)], inner


def test_what_stands_in_a_block_keeps_its_places() -> None:
    found = Collector()
    values, inner = _inner("plugin", found)
    assert values == [{"kind": "Plugin", "spec": {"name": "redis", "script": "echo {{ x }}\n"}}]
    (twice,) = found.sorted()
    assert twice.primary is not None
    assert (twice.code, str(twice.primary.span)) == ("MW102", "f:12:5")
    (first,) = documents(inner, Collector())
    assert str((first.place / "spec" / "name").span()) == "f:7:13"


def test_what_is_quoted_or_folded_has_places_of_its_own() -> None:
    found = Collector()
    values, _ = _inner("quoted", found)
    assert values == []
    (broken,) = found.sorted()
    assert broken.primary is not None
    assert str(broken.primary.span) == "f#data.quoted:1:4"
    values, inner = _inner("folded")
    assert (values, inner.path) == ([{"a": 1}], "f#data.folded")


def test_an_empty_block_is_nothing() -> None:
    file = SourceFile("f", "a: |\nb: 1\n")
    (outer,) = documents(file)
    assert documents(embedded(outer.place / "a", "")) == ()
