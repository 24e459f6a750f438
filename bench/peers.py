"""The same templates and the same values for other programs: Helm charts, and Kustomize bases with overlays.

`write` makes them from a fleet: what our engine was given for each group becomes a chart's templates and a file of
values, and Helm must render the same bytes from them, which `write` checks. Kustomize knows no templates: its base
is what one group renders to, and an overlay names, labels and patches it for another. That is less than the templates
do, and stands for how such a repository is kept without them.

    python -m bench.peers write FLEET FOLDER 100
    python -m bench.peers helm FOLDER
    python -m bench.peers script FOLDER REPOSITORY

The second renders every group with Helm's own library, in this one process. The third is what one would write in an
afternoon to do the whole job with it: render, read and write with PyYAML, a file an object, `git add` and `git commit`.
It checks nothing and knows no order.
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.engines.base import Program, RenderContext, RenderedLine, TemplateSource

BUILT_IN = """\
{{- define "middleware.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.runtime.version | quote }}
app.kubernetes.io/managed-by: mwgen
middleware.io/plugin: {{ .Chart.Name }}
{{- end -}}
{{- define "middleware.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: {{ .Values.component }}
{{- end -}}
"""
"""What our engine brings along, as the reference describes it."""

COMPONENT = "component"
"""The one value in which the components of a fleet's group differ. Helm has one set of values for all templates."""


@dataclass(slots=True)
class Recorded:
    """What our engine was asked for."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Template texts by plugin and name."""

    components: dict[str, dict[str, str]] = field(default_factory=dict)
    """By plugin and template."""

    groups: dict[str, tuple[str, str, str, Mapping[str, Any]]] = field(default_factory=dict)
    """By name: release, namespace, plugin, values."""

    rendered: dict[str, dict[str, str]] = field(default_factory=dict)
    """What came out, by group and template."""


# --- what our engine is given ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Recorder:
    """Satisfies `generator.engines.base.Engine`: ours, with a record of what it is asked."""

    record: Recorded

    def compile(
        self, sources: "Sequence[TemplateSource]", constants: Sequence[Mapping[str, Any]] = (), budget: int = 1
    ) -> "_RecordingProgram":
        """Our program of *sources*."""
        from generator.engines.gohelm import GoTemplate

        texts = {source.name: source.text for source in sources}
        return _RecordingProgram(GoTemplate(None).compile(sources, constants, budget), texts, self.record)


@dataclass(frozen=True, slots=True)
class _RecordingProgram:
    program: "Program"
    texts: Mapping[str, str]
    record: Recorded

    def render(self, template: str, context: "RenderContext") -> str:
        """Our text, taken down."""
        text = self.program.render(template, context)
        values = {key: value for key, value in context.values.items() if key != COMPONENT}
        group = context.values["group"]
        said = (context.name, context.namespace, context.plugin, values)
        assert self.record.groups.setdefault(group, said) == said, f"the components of {group} differ in more"
        self.record.texts[context.plugin] = dict(self.texts)
        self.record.components.setdefault(context.plugin, {})[template] = context.values[COMPONENT]
        self.record.rendered.setdefault(group, {})[template] = text
        return text

    def trace(self, template: str, context: "RenderContext") -> "tuple[str, Sequence[RenderedLine]]":
        """Ours."""
        return self.program.trace(template, context)


def recorded(fleet: Path, count: int) -> Recorded:
    """What the first *count* groups of *fleet* give to our engine."""
    from bench.fleet import group_name
    from generator import pipeline
    from generator.diagnostics import Collector
    from generator.engines import ENGINES
    from generator.entrypoints.workspace import Workspace

    record = Recorded()
    ENGINES["gotemplate"] = lambda _store, _timer: _Recorder(record)
    space = Workspace.open(str(fleet))
    found = Collector()
    groups = frozenset(group_name(number) for number in range(count))
    request = pipeline.Request(groups=groups, workers=1)
    result = pipeline.build(space.catalog(found), space.output, request, found)
    assert not result.failed, result.diagnostics
    return record


# --- as others want it -----------------------------------------------------------------------------------------------


def write(fleet: Path, folder: Path, count: int) -> None:
    """Write charts, values, bases and overlays for the first *count* groups of *fleet* into the absent *folder*."""
    from bench.fleet import group_name

    record = recorded(fleet, count)
    charts = {plugin: dict(_chart(plugin, record)) for plugin in record.texts}
    for plugin, files in charts.items():
        _write_all(folder / "charts" / plugin, files)
    base_of: dict[str, str] = {}
    groups = []
    for group in map(group_name, range(count)):
        release, namespace, plugin, values = record.groups[group]
        _write_all(folder / "values", {f"{group}.json": json.dumps(values)})
        groups.append({"group": group, "release": release, "namespace": namespace, "plugin": plugin})
        if plugin not in base_of:
            base_of[plugin] = group
            _write_all(folder / "bases" / plugin, dict(_base(record.rendered[group])))
        kind = "Deployment" if "deployment" in record.rendered[group] else "StatefulSet"
        _write_all(
            folder / "overlays" / group, {"kustomization.yaml": _overlay(group, namespace, plugin, kind, values)}
        )
    import helm_python

    contents = {"helm": helm_python.helm_sdk_version(), "groups": groups}
    _write_all(folder, {"contents.json": json.dumps(contents)})
    _check(folder, record)


def _chart(plugin: str, record: Recorded) -> Iterator[tuple[str, str]]:
    yield "Chart.yaml", f"apiVersion: v2\nname: {plugin}\nversion: 1.0.0\n"
    yield "templates/_built-in.tpl", BUILT_IN
    components = record.components[plugin]
    for name, text in record.texts[plugin].items():
        if name in components:
            yield f"templates/{name}.yaml", f'{{{{ $_ := set .Values "{COMPONENT}" "{components[name]}" }}}}{text}'
        else:
            yield f"templates/_{name}.tpl", text


def _base(rendered: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    names = [f"{name}.yaml" for name in rendered]
    yield from ((f"{name}.yaml", text) for name, text in rendered.items())
    head = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resources": names}
    yield "kustomization.yaml", json.dumps(head)


def _overlay(group: str, namespace: str, plugin: str, kind: str, values: Mapping[str, Any]) -> str:
    container = {"name": plugin, "resources": values["resources"]}
    patch = {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": "any"},
        "spec": {"replicas": values["replicas"], "template": {"spec": {"containers": [container]}}},
    }
    return json.dumps(
        {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "resources": [f"../../bases/{plugin}"],
            "namePrefix": f"{group}-",
            "namespace": namespace,
            "labels": [{"pairs": {"middleware.io/group": group, **values["labels"]}, "includeTemplates": True}],
            "commonAnnotations": dict(values.get("annotations") or {}),
            "patches": [{"target": {"kind": kind}, "patch": json.dumps(patch)}],
        }
    )


def _write_all(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _check(folder: Path, record: Recorded) -> None:
    """Helm renders from what was written the bytes that our engine rendered. One group a plugin, at least."""
    for group, plugin, rendered in helm_renders(folder, most=2 * len(record.texts)):
        wanted = {f"{plugin}/templates/{name}.yaml": text for name, text in record.rendered[group].items()}
        # Helm renders every file of a chart; a template that was not asked for is one that the group does not want.
        given = {name: text for name, text in rendered.items() if name in wanted}
        assert given == wanted, f"Helm renders something else for {group}"


# --- Helm in this process --------------------------------------------------------------------------------------------


def helm_renders(folder: Path, most: int | None = None) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each group (of the first *most*) rendered with Helm's library: its name, its plugin, texts by file.

    A chart is loaded once, values are read from their files: as a program would that is built on that library.
    """
    import helm_python

    charts: dict[str, Any] = {}
    for one in json.loads((folder / "contents.json").read_text())["groups"][:most]:
        plugin, group = one["plugin"], one["group"]
        if plugin not in charts:
            charts[plugin] = helm_python.Chart.load_archive(_archive(folder / "charts" / plugin, plugin))
        values = json.loads((folder / "values" / f"{group}.json").read_text())
        yield group, plugin, charts[plugin].render(values, name=one["release"], namespace=one["namespace"])


def script(folder: Path, repository: Path) -> None:
    """The whole job, for every group, in the simplest way: the objects as files below `out/`, and a commit."""
    import yaml

    for group, _, rendered in helm_renders(folder):
        target = repository / "out" / group
        target.mkdir(parents=True, exist_ok=True)
        for text in rendered.values():
            for body in yaml.load_all(text, yaml.CSafeLoader):
                path = target / f"{body['kind'].lower()}-{body['metadata']['name']}.yaml"
                path.write_text(yaml.dump(body, Dumper=yaml.CSafeDumper))  # noqa: TID251 - what a simple script does
    for arguments in (("add", "--all", "out"), ("commit", "--quiet", "--message", "render")):
        subprocess.run(["git", *arguments], cwd=repository, check=True)


def _archive(folder: Path, name: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for path in sorted(folder.rglob("*.*")):
            data = path.read_bytes()
            entry = tarfile.TarInfo(f"{name}/{path.relative_to(folder)}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def main() -> None:
    """Write for the peers, or be one."""
    parser = argparse.ArgumentParser(description="Charts and overlays of a fleet, and Helm in one process.")
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("fleet", type=Path)
    writing.add_argument("folder", type=Path)
    writing.add_argument("count", type=int)
    helm = commands.add_parser("helm")
    helm.add_argument("folder", type=Path)
    scripting = commands.add_parser("script")
    scripting.add_argument("folder", type=Path)
    scripting.add_argument("repository", type=Path)
    chosen = parser.parse_args()
    if chosen.command == "write":
        write(chosen.fleet, chosen.folder, chosen.count)
    elif chosen.command == "script":
        script(chosen.folder, chosen.repository)
    else:
        size = sum(len(text) for _, _, rendered in helm_renders(chosen.folder) for text in rendered.values())
        sys.stdout.write(f"{size} characters\n")


if __name__ == "__main__":
    main()
