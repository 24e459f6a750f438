"""Charts of several manifests, and the command lines that they are rendered with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.engines.helm.charts.manifests import INSTALL_ORDER
from tests.conformance.charts.cases import Files

META = "apiVersion: v2\nname: c\nversion: 1.0.0\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart, and what it is rendered with."""

    files: Files
    runs: Sequence[Sequence[str]]
    beside: Mapping[str, str] = field(default_factory=dict)
    """Files in the current folder."""

    stdin: bytes = b""


def manifest(kind: str, name: str = "x", **annotations: str) -> str:
    """An object."""
    lines = [f"kind: {kind}", "metadata:", f"  name: {name}"]
    if annotations:
        lines += ["  annotations:", *(f"    {key}: {value}" for key, value in annotations.items())]
    return "\n".join([*lines, ""])


def hook(kind: str, events: str, name: str = "h", **more: str) -> str:
    """A hook."""
    return manifest(kind, name, **{"helm.sh/hook": events, **more})


KINDS = {
    "Chart.yaml": META,
    "templates/z.yaml": "---\n".join(manifest(kind) for kind in sorted(INSTALL_ORDER)),
    "templates/a.yaml": "---\n".join(
        manifest(kind, "y") for kind in ("Zebra", "Pod", "apple", "Secret", "Zebra", "Ärger", "")
    ),
    "templates/hooks.yaml": "---\n".join(
        [
            hook("Job", "pre-install", "one"),
            hook("Pod", "TEST", "two"),
            hook("Job", "post-install, Pre-Upgrade", "three", **{"helm.sh/hook-weight": '"-5"'}),
            hook("ConfigMap", "pre-install", "four", **{"helm.sh/hook-weight": '"7"'}),
            hook("Pod", "test-success", "five"),
            hook("Pod", "crd-install", "unknown"),
            hook("Pod", "", "none"),
            hook("Pod", '""', "empty"),
        ]
    ),
    "templates/tests/t.yaml": hook("Pod", "test", "six"),
    "templates/NOTES.txt": "Notes: {{ .Release.Name }}\n",
    "templates/_p.tpl": "kind: Partial\n",
    "crds/b.yaml": "kind: CustomResourceDefinition\nname: b\n",
    "crds/a.yml": "kind: CustomResourceDefinition\nname: a\n---\nkind: CustomResourceDefinition\nname: a2\n",
    "crds/deep/c.JSON": '{"kind": "CustomResourceDefinition"}\n\n\n',
    "crds/README.md": "none\n",
    "charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
    "charts/s/crds/s.yaml": "kind: CustomResourceDefinition\nname: s\n",
    "charts/s/templates/s.yaml": manifest("Service", "s") + "---\n" + hook("Job", "pre-install", "s"),
    "charts/s/templates/NOTES.txt": "sub notes\n",
}

SPLITTING = {
    "Chart.yaml": META,
    "templates/a.yaml": "\n\n---\n---\nkind: A\n---   \n\nkind: B\n   \n\n---# comment\nkind: C\n---kind: D\n",
    "templates/b.yaml": "kind: E\ntext: |\n  a\n   ---\n  b\n--- \n# only a comment\n---\n\n",
    "templates/c.yaml": "\n \t\n",
    "templates/d.yaml": "{{ if false }}x{{ end }}",
    "templates/e.yaml": "kind: F\r\na: 1\r\n---\r\nkind: G\r\n",
    "templates/f.txt": "kind: H\n\n\n\n",
    "templates/g.yaml": "---\n\nkind: I\n...\n",
    "templates/h.yaml": "# Source: c/templates/other.yaml\nkind: J\n",
}

VALUES = {
    "Chart.yaml": META,
    "values.yaml": "a: 1\nb: {c: 2, l: [1, 2]}\ns: text\n",
    "templates/t.yaml": "v: {{ toJson .Values | quote }}\nt: {{ typeOf .Values.a }}\np: {{ .Values.a }}\n",
}
RELEASE = {
    "Chart.yaml": META,
    "templates/t.yaml": "r: {{ toJson .Release | quote }}\nk: {{ .Capabilities.KubeVersion }}\n"
    "v: {{ .Capabilities.KubeVersion.Version }}\nh: {{ .Capabilities.HelmVersion.Version }}\n"
    'a: {{ .Capabilities.APIVersions.Has "a/v1" }}{{ .Capabilities.APIVersions.Has "b/v1" }}'
    '{{ .Capabilities.APIVersions.Has "v1" }}\nn: {{ len .Capabilities.APIVersions }}\n',
}


def values(*args: str) -> Sequence[str]:
    """A command line about values."""
    return ["c", *args]


CHARTS: Mapping[str, Chart] = {
    "kinds": Chart(
        files=KINDS,
        runs=[
            ["c"],
            ["c.tgz"],
            ["c", "--no-hooks"],
            ["c", "--skip-tests"],
            ["c", "--include-crds", "--no-hooks"],
            ["c", "-s", "templates/hooks.yaml"],
            ["c", "-s", "templates/a.yaml", "--show-only", "templates/tests/*.yaml"],
            ["c", "-s", "templates/*.yaml"],
            ["c", "-s", "charts/s/templates/s.yaml"],
            ["c", "-s", "crds/*.yaml", "--include-crds"],
            ["c", "-s", "templates/NOTES.txt"],
            ["c", "-s", "templates/nope.yaml"],
            ["c", "-s", "templates/[.yaml"],
            ["c", "-s", "./templates/a.yaml"],
            ["c", "-s", "templates/tests/t.yaml", "--skip-tests"],
            ["c", "--skip-crds", "--create-namespace"],
        ],
    ),
    "splitting": Chart(
        files=SPLITTING, runs=[["c"], ["c", "-s", "templates/a.yaml"], ["c", "-s", "templates/other.yaml"]]
    ),
    "bad YAML": Chart(files={"Chart.yaml": META, "templates/t.yaml": "a: [\n"}, runs=[["c"]]),
    "no object": Chart(files={"Chart.yaml": META, "templates/t.yaml": "- a\n"}, runs=[["c"]]),
    "text": Chart(files={"Chart.yaml": META, "templates/t.yaml": "just text\n"}, runs=[["c"]]),
    "kind is a list": Chart(files={"Chart.yaml": META, "templates/t.yaml": "kind: [a]\n"}, runs=[["c"]]),
    "kind is a number": Chart(
        files={"Chart.yaml": META, "templates/t.yaml": "kind: 5\nmetadata: null\n"}, runs=[["c"]]
    ),
    "annotation is a list": Chart(
        files={"Chart.yaml": META, "templates/t.yaml": "kind: A\nmetadata: {annotations: {a: [1]}}\n"}, runs=[["c"]]
    ),
    "annotation is a number": Chart(
        files={
            "Chart.yaml": META,
            "templates/t.yaml": "kind: A\nmetadata: {annotations: {a: 1.5, b: true, helm.sh/hook: null}}\n",
        },
        runs=[["c"]],
    ),
    "duplicate keys": Chart(files={"Chart.yaml": META, "templates/t.yaml": "kind: A\nkind: Pod\n"}, runs=[["c"]]),
    "values": Chart(
        files=VALUES,
        beside={
            "v1.yaml": "a: 5\nb: {x: 1}\n",
            "v2.yaml": "a: null\nb: {x: null, y: 2}\n",
            "bad.yaml": "a: [\n",
            "f.txt": "line\nline 2\n",
        },
        stdin=b"a: from stdin\n",
        runs=[
            values("-f", "v1.yaml"),
            values("-f", "v1.yaml,v2.yaml"),
            values("-f", "v2.yaml", "--values", "v1.yaml"),
            values("-f", "-"),
            values("-f", "bad.yaml"),
            values("-f", "nope.yaml"),
            values("--set", "a=10000000"),
            values("--set", "a=1,b.c=null,b.l[1]=x,n[2].m=y"),
            values("--set", "a={x,1,true,null}"),
            values("--set", "a=", "--set", "s=null"),
            values("--set", r"a=1\,2,b\.c=3"),
            values("--set", "a=x", "--set-string", "a=5,b.c=null"),
            values("--set-json", 'a={"x":[1,2.5,null]},s="t"'),
            values("--set-json", '{"a": 1, "b": {"c": null, "z": 1}}'),
            values("--set-json", "a="),
            values("--set-json", "a={"),
            values("--set-json", "{a}"),
            values("--set-file", "a=f.txt,s=f.txt"),
            values("--set-file", "a=nope.txt"),
            values("--set-literal", "a=x,y={1},z.w"),
            values("--set-literal", "a=1", "--set", "a=2"),
            values("--set", "a"),
            values("--set", "a.b=1"),
            values("--set", "b.l[-1]=1"),
            values("--set", "b.l[x]=1"),
            values("--set", "a[0"),
            values("--set", "s[0]=x"),
            values("--set", "q[70000]=x"),
        ],
    ),
    "release": Chart(
        files=RELEASE,
        runs=[
            ["c"],
            ["name", "c"],
            ["name", "c", "-n", "space"],
            ["name", "c", "--is-upgrade"],
            ["c", "--name-template", "x-{{ 1 | add1 }}"],
            ["c", "--name-template", "{{ nope }}"],
            ["c", "--kube-version", "1.29"],
            ["c", "--kube-version", "v1.29.3-gke.1+x"],
            ["c", "--kube-version", "one"],
            ["c", "--api-versions", "a/v1,b/v1"],
            ["c", "-a", "a/v1", "-a", "b/v1"],
            ["Bad_Name", "c"],
            ["a" * 54, "c"],
            ["c", "--dry-run=client"],
            ["nope"],
            ["./nope"],
        ],
    ),
    "wants a cluster": Chart(
        files={"Chart.yaml": f'{META}kubeVersion: ">=1.20.0-0 <1.30"\n', "templates/t.yaml": "a: 1\n"},
        runs=[["c"], ["c", "--kube-version", "1.29"], ["c", "--kube-version", "v1.29.9-eks-1"]],
    ),
    "library": Chart(files={"Chart.yaml": f"{META}type: library\n"}, runs=[["c"]]),
    "deprecated": Chart(files={"Chart.yaml": f"{META}deprecated: true\n", "templates/t.yaml": "a: 1\n"}, runs=[["c"]]),
    "lacks a dependency": Chart(
        files={"Chart.yaml": f"{META}dependencies: [{{name: s, version: '1'}}, {{name: t, version: '1'}}]\n"},
        runs=[["c"]],
    ),
    "unknown version": Chart(files={"Chart.yaml": "apiVersion: v9\nname: c\nversion: 1.0.0\n"}, runs=[["c"]]),
    "version 3": Chart(files={"Chart.yaml": "apiVersion: v3\nname: c\nversion: 1.0.0\n"}, runs=[["c"]]),
    "schema": Chart(
        files={
            "Chart.yaml": META,
            "values.schema.json": '{"properties": {"a": {"type": "integer"}}}',
            "templates/t.yaml": "a: {{ .Values.a }}\n",
        },
        runs=[
            ["c", "--set", "a=1"],
            ["c", "--set", "a=x"],
            ["c", "--set", "a=x", "--skip-schema-validation"],
            ["c", "--set", "a=100000000000"],
        ],
    ),
    "globals and warnings": Chart(
        files={
            "Chart.yaml": META,
            "values.yaml": "a: {b: 1}\nl: x\nglobal: {t: {x: 1}, n: 1}\n",
            "templates/t.yaml": "v: {{ toJson .Values | quote }}\n",
            "charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
            "charts/s/values.yaml": "d: {e: 1}\nt: {u: {v: 1}}\n",
        },
        runs=[
            ["c", "--set", "a=5", "--set", "l.m=1"],
            ["c", "--set", "s.d=text,s.t.u=5"],
            ["c", "--set", "s.global=x"],
            ["c", "--set", "s.global.t=1,s.global.n.x=1"],
            ["c", "--set", "global=1"],
            ["c", "--set", "s=1"],
        ],
    ),
    "missing template": Chart(files={"Chart.yaml": META, "templates/t.yaml": '{{ include "nope" . }}'}, runs=[["c"]]),
}
