"""Whatever stands in one field of a definition or of an object: mwgen renders it or refuses it, and never breaks.

The repository is made of the reference pages' whole examples, which use every field, and of one object of the
project's own bundles after the other; one field at a time is replaced.

    python -m tests.property.test_spoiled 0 100000    # seeds, until told to stop: every fault that is found
"""

import copy
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.dump import dump
from generator.yamlio.load import documents
from tests.architecture.formats import FORMATS
from tests.harness import Project

Pointer = tuple[str | int, ...]
OUT = Path(__file__).parents[2] / "out"
OBJECTS = sorted(OUT.glob("*/*/*/*.yaml"))
MORE = "all/templates/more.tpl"
OWN = {
    "all/templates/server.tpl": "statefulset-orders-keeper",
    "all/templates/service.tpl": "service-orders-keeper",
}
"""The templates whose objects others are made for, and these objects."""

CHANGES = 8
"""How many a seed makes, one at a time."""

TEMPLATES = {
    "helpers.tpl": '{{- define "image" -}}{{ .Values.image }}{{- end }}\n',
    "server.tpl": """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
spec:
  serviceName: {{ .Values.name }}
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {{ include "middleware.selectorLabels" . | fromYaml | toJson }}}
  template:
    metadata:
      labels: {{- include "middleware.selectorLabels" . | nindent 8 }}
    spec:
      containers:
        - name: server
          image: {{ include "image" . | quote }}
          ports: [{name: keeper, containerPort: {{ .Values.network.port }}}]
""",
    "service.tpl": """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
  selector: {{- include "middleware.selectorLabels" . | nindent 4 }}
  ports: [{name: keeper, port: {{ .Values.network.port }}}]
""",
    "pvc.tpl": """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ .Values.name }}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: {{ .Values.storage.size }}}}
""",
    "policy.j2": """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ Values.name }}
spec:
  podSelector: {}
  ingress: []
""",
}
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\n"
HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, [], {}, [None], [1], [[]], [{}], {"": ""}, {"a": None},
    {"a": {"b": []}}, "", " ", "!!", "Two Words", "abc", "-1", "1e400", "x" * 300, "\n", "\u2028", "\x7f", "😀", "a/b",
    "../..", "/", "{{ fail }}", "{{", "{% x %}", "${X}", "~", "null", "0x10", "1:30", "2024-01-01", "%", "*", "[", "(",
    "\\", "@", "1Gi", "-5m", "01", "v1", ">", "=", "a=b,c", "https://", "://", "127.0.0.1:99999", "a,,b", "^1", ">=1 <",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that is wrong."""

    path: str
    document: Any = field(repr=False)
    pointer: Pointer
    value: Any
    renames: bool
    """Whether it is the key that is replaced."""

    def made(self) -> str:
        """The file with it."""
        changed = copy.deepcopy(self.document)
        holder = changed
        for step in self.pointer[:-1]:
            holder = holder[step]
        last = self.pointer[-1]
        if self.renames and isinstance(holder, dict):
            holder[self.value] = holder.pop(last)
        else:
            holder[last] = self.value
        text = dump(changed)
        return text.replace("{{", '{{ "{{" }}') if self.path.endswith(".tpl") else text


class Repository:
    """Plugin, group and environment of the reference pages, with what they need to be rendered."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        whole = {name: _switched_on(kind.everything()) for name, kind in FORMATS.items()}
        plugin, group = whole["plugin"]["spec"], whole["group"]["spec"]
        del plugin["chart"]
        plugin["templates"] = [
            {key: value for key, value in one.items() if key != "configMapRef"}
            | {"file": one.get("file", f"templates/{one['name']}.tpl")}
            for one in plugin["templates"]
        ] + [{"name": "more", "component": "server", "file": "templates/more.tpl", "optional": True}]
        plugin["topologies"][1]["components"].remove("watcher")
        del group["components"]["watcher"]
        group["templates"]["exclude"] = ["pvc"]
        group["environments"].pop()
        group["patches"][0]["merge"] = {"metadata": {"annotations": {"more": "yes"}}}
        group["patches"][0]["target"] |= {"kind": "StatefulSet", "group": "apps"}
        group["patches"][1]["json"][0] |= {"path": "/metadata/namespace", "value": "orders-staging"}
        for one in group, *group["environments"]:
            one["state"] = "Running"
        self.documents = {
            "mwgen.yaml": {
                "delivery": whole.pop("settings")["delivery"],
                "plugins": ["all", "plugins"],
                "groups": ["all"],
            },
            "all/base.yaml": _group("base-keeper", {"abstract": True, "plugin": group["plugin"]}),
            "all/db.yaml": _group("orders-db", {"plugin": {"name": "db"}}),
            **{f"all/{name}.yaml": document for name, document in whole.items()},
        }
        for path, document in self.documents.items():
            self.project.write(path, dump(document))
        for path, text in TEMPLATES.items():
            self.project.write(f"all/templates/{path}", text)
        self.project.write(MORE, "")
        self.project.plugin("db", templates={"map": ("", MAP)})
        made = self.project.run("generate", "--group", "orders-keeper")
        assert made.code == 0, made.err
        own = {template: _object(*self.project.root.glob(f"out/*/*/*/{name}.yaml")) for template, name in OWN.items()}
        self.objects = {MORE: [*map(_object, OBJECTS)], **{path: [body] for path, body in own.items()}}

    def answer(self, change: Change) -> str:
        """What is wrong with how mwgen takes *change*; empty where nothing is."""
        before = self.project.read(change.path)
        self.project.write(change.path, change.made())
        try:
            ran = self.project.run("generate", "--dry-run", "--workers", "1")
        finally:
            self.project.write(change.path, before)
        faulty = ran.code not in (0, 1) or "Traceback" in ran.err or (ran.code == 1) != ("error[" in ran.err)
        return f"{change}: exit {ran.code}\n{ran.out}{ran.err}" if faulty else ""

    def changes(self, chance: random.Random) -> Iterator[Change]:
        """Without end."""
        while True:
            path = chance.choice((*self.documents, *self.objects, *self.objects))
            document = chance.choice(self.objects.get(path) or [self.documents.get(path)])
            yield _change(path, document, chance)


def _switched_on(value: Any) -> Any:
    """The same with nothing switched off: what is off is not looked at."""
    if isinstance(value, dict):
        return {key: True if key == "enabled" else _switched_on(entry) for key, entry in value.items()}
    return [_switched_on(entry) for entry in value] if isinstance(value, list) else value


def _change(path: str, document: Any, chance: random.Random) -> Change:
    pointer = chance.choice(list(_pointers(document, ())))
    value, renames = chance.choice(HOSTILE), chance.random() < 0.15
    return Change(path, document, pointer, str(value) if renames else value, renames)


def _whole(path: Path) -> Any:
    return documents(SourceFile(path.name, path.read_text(encoding="utf-8")))[0].value


def _object(path: Path) -> Any:
    """An object as a template may have it: in no namespace yet."""
    body = _whole(path)
    body["metadata"].pop("namespace", None)
    return body


def _group(name: str, spec: dict[str, Any]) -> Any:
    return {"apiVersion": "middleware.io/v1alpha1", "kind": "Group", "metadata": {"name": name}, "spec": spec}


def _pointers(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    if pointer:
        yield pointer
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _pointers(entry, (*pointer, key))


def test_the_repository_is_sound(tmp_path: Path) -> None:
    project = Repository(tmp_path).project
    project.run("generate").sound()
    project.run("verify").sound()
    assert {path.name for path in tmp_path.glob("out/*/*")} >= {"orders-db", "orders-keeper"}


@pytest.mark.parametrize("seed", range(10))
def test_one_field_at_a_time(seed: int, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    changes = repository.changes(random.Random(seed))
    faults = [repository.answer(next(changes)) for _ in range(CHANGES)]
    assert not "".join(faults)


@pytest.mark.parametrize("seed", range(4))
def test_one_field_of_a_tree_under_review(seed: int, tmp_path: Path) -> None:
    project, chance = Project(tmp_path), random.Random(seed)
    faults = ""
    for number in range(CHANGES):
        path = chance.choice(OBJECTS)
        for side in ("old", "new"):
            shutil.copytree(path.parents[1], tmp_path / f"{number}/{side}" / path.parents[1].relative_to(OUT))
        change = _change(path.name, _whole(path), chance)
        spoiled = project.root / f"{number}/{chance.choice(('old', 'new'))}" / path.relative_to(OUT)
        spoiled.write_text(change.made(), encoding="utf-8")
        output = chance.choice(("text", "json", "markdown", "html", "sarif", "github", "codequality"))
        ran = project.run("diff", "--base", f"{number}/old", "--head", f"{number}/new", "-o", output)
        if ran.code not in (0, 1) or "Traceback" in ran.err:
            faults += f"{change}: {output}: exit {ran.code}\n{ran.err}"
    assert not faults


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        everything = Repository(Path(folder))
        for number in range(*map(int, sys.argv[1:])):
            fault = everything.answer(next(everything.changes(random.Random(number))))
            sys.stdout.write(f"{number}: {fault}\n" if fault else "")
