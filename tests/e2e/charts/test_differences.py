"""What `docs/compatibility.md` says that charts do otherwise: each a test that must fail."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.charts.cases import Files, unpack
from tests.e2e.charts.commands import Answer, check, ours

META = "apiVersion: v2\nname: c\nversion: 1.0.0\n"
CHART: Files = {"Chart.yaml": META, "templates/t.yaml": "a: {{ .Values.a }}\nn: {{ .Release.Namespace }}\n"}


@pytest.mark.e2e
@pytest.mark.xfail(strict=True, reason="the page says so", raises=AssertionError)
def test_a_schema_that_refers_to_a_file(
    helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s.json").write_text('{"type": "integer"}')
    schema = json.dumps({"properties": {"a": {"$ref": f"file://{tmp_path}/s.json"}}})
    unpack({**CHART, "values.schema.json": schema}, tmp_path / "c")
    check(ours(["c", "--set", "a=1"], tmp_path, monkeypatch), helm(["c", "--set", "a=1"], tmp_path))


@pytest.mark.e2e
@pytest.mark.xfail(strict=True, reason="the page says so", raises=AssertionError)
def test_why_a_format_is_wrong(helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = "http://json-schema.org/draft-07/schema#"
    schema = json.dumps({"$schema": draft, "properties": {"a": {"type": "string", "format": "email"}}})
    unpack({**CHART, "values.schema.json": schema}, tmp_path / "c")
    mine, helms = ours(["c", "--set", "a=x"], tmp_path, monkeypatch), helm(["c", "--set", "a=x"], tmp_path)
    assert mine.said == helms.said.rstrip()


@pytest.mark.e2e
@pytest.mark.xfail(strict=True, reason="the page says so", raises=AssertionError)
@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/x", "$defs": {"x": {"$ref": "#/$defs/x"}}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"enum": ["", ""]}}},
    ],
)
def test_what_is_wrong_with_a_schema(
    schema: object, helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpack({**CHART, "values.schema.json": json.dumps(schema)}, tmp_path / "c")
    check(ours(["c", "--set", "a="], tmp_path, monkeypatch), helm(["c", "--set", "a="], tmp_path))


@pytest.mark.e2e
@pytest.mark.xfail(strict=True, reason="the page says so", raises=AssertionError)
def test_a_namespace_of_the_kubeconfig(
    helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = "apiVersion: v1\nkind: Config\ncurrent-context: x\ncontexts: [{name: x, context: {namespace: other}}]\n"
    (tmp_path / "kubeconfig").write_text(config)
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "kubeconfig"))
    unpack(CHART, tmp_path / "c")
    check(ours(["c"], tmp_path, monkeypatch), helm(["c"], tmp_path))


@pytest.mark.e2e
@pytest.mark.xfail(strict=True, reason="the page says so", raises=AssertionError)
def test_output_folders_that_are_used_again(
    helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = "kind: Job\nmetadata: {name: h, annotations: {helm.sh/hook: pre-install}}\n"
    unpack({**CHART, "templates/h.yaml": hook}, tmp_path / "c")
    for _ in range(2):
        helm(["c", "--output-dir", "helm"], tmp_path)
        ours(["c", "--output-dir", "ours"], tmp_path, monkeypatch)
    texts = [(tmp_path / who / "c/templates/h.yaml").read_text() for who in ("ours", "helm")]
    assert texts[0] == texts[1]
