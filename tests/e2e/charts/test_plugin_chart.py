"""A plugin whose templates are a Helm chart: the same objects as Helm's, wherever the run begins."""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.harness import Project

GOLDEN = Path(__file__).parents[2] / "golden/chart/input"
CHART = "plugins/shop/chart"


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    shutil.copytree(GOLDEN, tmp_path / "shop")
    return Project(tmp_path / "shop")


def objects(text: str) -> dict[tuple[str, str], Any]:
    """The objects of a stream, by kind and name."""
    found = [one for one in yaml.load_all(text, yaml.CSafeLoader) if one]
    return {(one["kind"], one["metadata"]["name"]): one for one in found}


def without(body: dict[str, Any], *added: str) -> dict[str, Any]:
    """An object without what mwgen adds, and what it replaces."""
    metadata = dict(body["metadata"])
    for field in ("labels", "annotations"):
        pairs = {
            key: value
            for key, value in (metadata.pop(field, None) or {}).items()
            if not key.startswith(("middleware.io/", "argocd.argoproj.io/")) and key not in added
        }
        if pairs:
            metadata[field] = pairs
    metadata.pop("namespace", None)
    return {**body, "metadata": metadata}


@pytest.mark.e2e
def test_the_objects_are_helm_s(shop: Project, require_tool: Callable[[str], str]) -> None:
    """What Helm's own command makes of the chart with the same values, but for labels and tests."""
    shop.run("generate").sound()
    shop.write(
        "values.yaml",
        "replicas: 1\nimage: {pullPolicy: IfNotPresent, full: 'registry.example.com/shop:1.1'}\n"
        "cache: {enabled: true, size: 9}\ngreeting: good morning\nglobal: {region: eu}\n"
        "annotations: {team: null, tier: null, owner: shops}\nappLabels: {team: web}\n",
    )
    told = subprocess.run(
        [
            *(require_tool("helm"), "template", "corner", CHART, "-n", "shops", "--kube-version", "1.33"),
            *("-f", "values.yaml", "--skip-tests"),
        ],
        cwd=shop.root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    helms = objects(told)
    ours = {
        key: body
        for path, data in shop.files("out/prod/corner").items()
        if path.endswith(".yaml")
        for key, body in objects(data.decode()).items()
    }
    assert ours.pop(("ConfigMap", "corner-extra"))
    del helms["Ingress", "corner"]
    extra = ("team", "app.kubernetes.io/managed-by")
    assert {key: without(one, *extra) for key, one in ours.items()} == {
        key: without(one, *extra) for key, one in helms.items()
    }


CHANGES: dict[str, Callable[[Path], object]] = {
    "a template": lambda chart: edit(chart / "templates/config.yaml", "greeting:", "salute:"),
    "a helper": lambda chart: edit(chart / "templates/_helpers.tpl", "40", "39"),
    "its values": lambda chart: edit(chart / "values.yaml", "Always", "Never"),
    "its defaults": lambda chart: edit(chart / "values.yaml", "tier: front", "tier: front, more: x"),
    "one more template": lambda chart: (chart / "templates/more.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-more}\n"
    ),
    "one template less": lambda chart: (chart / "templates/config.yaml").unlink(),
    "another file": lambda chart: edit(chart / "files/motd.txt", "not", "still not"),
    "one file less": lambda chart: (chart / "files/motd.txt").unlink(),
    "the chart below": lambda chart: edit(chart / "charts/cache/templates/cache.yaml", "size", "bytes"),
    "what is ignored": lambda chart: edit(chart / ".helmignore", "*.bak", "*.bak\nfiles/"),
    "its metadata": lambda chart: edit(chart / "Chart.yaml", "0.3.0", "0.3.1"),
}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("change", CHANGES)
def test_incremental_equals_full(change: str, shop: Project, tmp_path: Path) -> None:
    """Whatever changes in a chart, a run that looks at the change alone finds it."""
    shop.run("generate").sound()
    assert "nothing to write" in shop.run("generate").sound().out
    before = shop.files()
    CHANGES[change](shop.root / CHART)
    shutil.copytree(shop.root, tmp_path / "fresh")
    shop.run("generate").sound()
    fresh = Project(tmp_path / "fresh")
    fresh.run("generate").sound()
    assert shop.files() == fresh.files()
    assert shop.files() != before


def test_a_packed_chart_is_the_same(shop: Project) -> None:
    """Helm does not look at .helmignore in an archive, so what it names is left out before."""
    shop.run("generate").sound()
    first = {path: data for path, data in shop.files().items() if path.endswith(".yaml")}
    folder = shop.root / CHART
    (folder / "templates/old.yaml.bak").unlink()
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        tar.add(folder, arcname="shop")
    shutil.rmtree(folder)
    (shop.root / "plugins/shop/chart.tgz").write_bytes(data.getvalue())
    edit(shop.root / "plugins/shop/plugin.yaml", "path: chart", "path: chart.tgz")
    shutil.rmtree(shop.root / "out")
    shop.run("generate").sound()
    packed = {path: data for path, data in shop.files().items() if path.endswith(".yaml")}
    assert {path: plain(data) for path, data in packed.items()} == {path: plain(data) for path, data in first.items()}


def plain(data: bytes) -> bytes:
    """Without the hashes, which know how the plugin is written."""
    return b"\n".join(line for line in data.split(b"\n") if b"-hash:" not in line)


def test_crds_where_the_plugin_asks_for_them(shop: Project) -> None:
    edit(shop.root / "plugins/shop/plugin.yaml", "path: chart", "path: chart\n    crds: true")
    (shop.root / "groups/shops.yaml").write_text((shop.root / "groups/shops.yaml").read_text().rpartition("---\n")[0])
    shop.run("generate").sound()
    (crd,) = [path for path in shop.files() if "customresourcedefinition" in path]
    assert crd.startswith("prod/corner/storage/")


def test_mistakes_are_at_the_chart_s_lines(shop: Project) -> None:
    edit(shop.root / CHART / "templates/_helpers.tpl", "trunc 40", "trunc .Values.nothing.deep")
    said = shop.run("validate")
    assert said.code == 1
    assert f"{CHART}/templates/_helpers.tpl:2:" in said.err
    assert "nil pointer evaluating interface {}.deep" in said.err


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ randAlphaNum 5 }}", "MW405"),
        ("{{ now }}", "MW405"),
        ('{{ fail "no" }}', "MW406"),
        ("{{ if }}", "MW402"),
        ("kind: [", "MW101"),
        ("kind: Pod", "MW501"),
        ("{{ range until 1000000000 }}x{{ end }}", "MW404"),
    ],
)
def test_what_is_refused(template: str, said: str, shop: Project) -> None:
    (shop.root / CHART / "templates/bad.yaml").write_text(f"# a line\n{template}\n")
    ran = shop.run("validate")
    assert ran.code == 1
    assert said in ran.err
    assert f"{CHART}/templates/bad.yaml:" in ran.err


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("values.schema.json", '"minimum": 1', '"minimum": 5', "MW410"),
        ("values.yaml", "replicas: 3", "replicas: [", "MW407"),
        ("Chart.yaml", "name: shop", "name: ''", "MW407"),
        ("Chart.yaml", "name: cache", "name: hoard", "MW408"),
        ("Chart.yaml", "version: 0.3.0", "version: 0.3.0\ntype: library", "MW409"),
        ("Chart.yaml", "version: 0.3.0", 'version: 0.3.0\nkubeVersion: ">=1.34"', "MW409"),
    ],
)
def test_what_is_wrong_with_a_chart(file: str, old: str, new: str, said: str, shop: Project) -> None:
    edit(shop.root / CHART / file, old, new)
    ran = shop.run("validate")
    assert ran.code == 1
    assert said in ran.err


def test_null_deletes_what_the_chart_has(shop: Project) -> None:
    shop.run("generate").sound()
    edit(shop.root / "groups/shops.yaml", 'greeting: "good morning"', "greeting: null")
    shop.run("generate").sound()
    assert b"greeting: null" in shop.files()["prod/corner/web/configmap-corner.yaml"]
    edit(shop.root / "groups/shops.yaml", "    greeting: null\n", "")
    shop.run("generate").sound()
    assert b"greeting: hello" in shop.files()["prod/corner/web/configmap-corner.yaml"]
