"""An incremental run and a full run give equal trees, whatever changes, in whatever order.

Two copies of a repository take the same random changes; one generates with its memory, the other with --full.
"""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import incremental as memory
from tests.harness import Project

MAP = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
data:
  size: {{ .Values.size | quote }}
"""
GROUPS = ("a", "b", "c", "d")
TARGETS = {"one": "argocd", "two": "flux", "three": "plain"}
ENVIRONMENTS = ("one", "two")
SETTINGS = "delivery: {repoURL: 'https://git.example.com/x.git', argocd: {form: AppOfApps}}\n"


class Pair:
    """Both copies, and what is in them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.projects = [Project(folder / "incremental"), Project(folder / "full")]
        self.groups: dict[str, dict[str, Any]] = {}
        for project in self.projects:
            project.git("init", "-q")
            project.write("mwgen.yaml", SETTINGS)
            for name in ENVIRONMENTS:
                project.environment(name, target=TARGETS[name])
            for plugin in ("p", "q"):
                project.plugin(plugin, defaultValues={"size": 1}, templates={"map": ("", MAP)})
            project.definition(
                "Group", {"name": "base"}, {"abstract": True, "plugin": {"name": "p"}}, "groups/base.yaml"
            )
        for name in GROUPS:
            self.set_group(name)

    def each(self, work: Callable[[Project], object]) -> None:
        for project in self.projects:
            work(project)

    def set_group(self, name: str, **spec: Any) -> None:
        spec.setdefault("environments", [{"name": "one"}])
        if "extends" not in spec:
            spec.setdefault("plugin", {"name": "p"})
        self.groups[name] = spec
        self.each(lambda project: project.group(name, **dict(spec)))

    # The changes.

    def value(self) -> None:
        name = self.random.choice(GROUPS)
        self.set_group(name, values={"size": self.random.randint(1, 9)})

    def other_plugin(self) -> None:
        self.set_group(self.random.choice(GROUPS), plugin={"name": self.random.choice("pq")})

    def extend(self) -> None:
        self.set_group(self.random.choice(GROUPS), extends="base")

    def more_environments(self) -> None:
        self.set_group(self.random.choice(GROUPS), environments=[{"name": name} for name in ENVIRONMENTS])

    def depend(self) -> None:
        first, second = sorted(self.random.sample(GROUPS, 2))
        if first in self.groups:
            places = [{"name": name} for name in self.random.choice((ENVIRONMENTS, ENVIRONMENTS[1:]))]
            self.set_group(second, dependsOn=[first], environments=places)

    def base(self) -> None:
        spec = {
            "abstract": True,
            "plugin": {"name": self.random.choice("pq")},
            "values": {"size": self.random.randint(1, 9)},
            "dependsOn": self.random.choice(([], ["a"], ["b"])),
        }
        self.each(lambda project: project.definition("Group", {"name": "base"}, spec, "groups/base.yaml"))

    def environment_values(self) -> None:
        name, size = self.random.choice(ENVIRONMENTS), self.random.randint(1, 9)
        self.each(lambda project: project.environment(name, target=TARGETS[name], values={"size": size}))

    def other_target(self) -> None:
        name, target = self.random.choice(ENVIRONMENTS), self.random.choice([*TARGETS.values()])
        self.each(lambda project: project.environment(name, target=target))

    def other_form(self) -> None:
        form = self.random.choice(("Applications", "AppOfApps", "ApplicationSet"))
        delivery = {"argocd": {"form": form}, "revision": self.random.choice(("main", "env/one"))}
        self.each(lambda project: project.environment("one", target="argocd", delivery=delivery))

    def other_repository(self) -> None:
        text = SETTINGS.replace("x.git", f"{self.random.randint(1, 9)}.git")
        self.each(lambda project: project.write("mwgen.yaml", text))

    def third_environment(self) -> None:
        self.each(lambda project: project.environment("three", target=TARGETS["three"]))
        self.set_group(self.random.choice(GROUPS), environments=[{"name": "three"}])

    def plugin_default(self) -> None:
        name, size = self.random.choice("pq"), self.random.randint(1, 9)
        self.each(lambda project: project.plugin(name, defaultValues={"size": size}, templates={"map": ("", MAP)}))

    def plugin_version(self) -> None:
        name, size = self.random.choice("pq"), self.random.randint(1, 9)
        self.each(
            lambda project: project.plugin(name, "1.1.0", defaultValues={"size": size}, templates={"map": ("", MAP)})
        )

    def template(self) -> None:
        name, text = self.random.choice("pq"), MAP + f"  more: m{self.random.randint(1, 9)}\n"
        self.each(lambda project: project.write(f"plugins/{name}-1.0.0/map.tpl", text))

    def remove(self) -> None:
        name = self.random.choice(GROUPS)
        self.groups.pop(name, None)
        self.each(lambda project: (project.root / f"groups/{name}.yaml").unlink(missing_ok=True))

    def move(self) -> None:
        name = self.random.choice(GROUPS)

        def work(project: Project) -> None:
            old = project.root / f"groups/{name}.yaml"
            if old.exists():
                project.write(f"groups/moved/{name}-{len(self.groups)}.yaml", old.read_text())
                old.unlink()

        self.each(work)

    def twice(self) -> None:
        """A second definition of a group: a mistake, until it goes."""
        name = self.random.choice(GROUPS)
        self.each(
            lambda project: project.definition("Group", {"name": name}, {"plugin": {"name": "p"}}, "groups/twice.yaml")
        )

    def once(self) -> None:
        self.each(lambda project: (project.root / "groups/twice.yaml").unlink(missing_ok=True))

    def broken(self) -> None:
        self.each(
            lambda project: project.write("groups/broken.yaml", "apiVersion: middleware.io/v1alpha1\nkind: Grup\n")
        )

    def mended(self) -> None:
        self.each(lambda project: (project.root / "groups/broken.yaml").unlink(missing_ok=True))

    def by_hand(self) -> None:
        """Somebody changes a file of the output."""
        files = sorted(self.projects[0].files())
        if files:
            path = self.random.choice([path for path in files if path.endswith(".yaml")] or files)
            self.each(lambda project: project.write(f"out/{path}", "by: hand\n"))

    def lost(self) -> None:
        """Somebody removes a file of the output."""
        files = [path for path in sorted(self.projects[0].files()) if path.endswith(".yaml")]
        if files:
            path = self.random.choice(files)
            self.each(lambda project: (project.root / "out" / path).unlink())


CHANGES = [
    Pair.value, Pair.value, Pair.other_plugin, Pair.extend, Pair.more_environments, Pair.depend, Pair.base,
    Pair.environment_values, Pair.other_target, Pair.other_form, Pair.other_repository, Pair.third_environment,
    Pair.plugin_default, Pair.plugin_version, Pair.template,
    Pair.remove, Pair.move, Pair.twice, Pair.once, Pair.once, Pair.broken, Pair.mended, Pair.mended, Pair.by_hand,
    Pair.lost,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_incremental_equals_full(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow: list[bool] = []

    def narrowed(*arguments: Any) -> Any:
        result = real_narrowed(*arguments)
        narrow.append(result is not None)
        return result

    real_narrowed = memory.narrowed
    monkeypatch.setattr(memory, "narrowed", narrowed)
    pair = Pair(tmp_path, seed)
    incremental, full = pair.projects
    pair.each(lambda project: project.run("generate").sound())
    story: list[str] = []
    for _ in range(16):
        change = pair.random.choice(CHANGES)
        change(pair)
        story.append(change.__name__)
        one = incremental.run("generate", "--allow-loss", "*/*")
        other = full.run("generate", "--full", "--allow-loss", "*/*")
        assert one.code == other.code, f"{story}\n{one.err}\n----\n{other.err}"
        if one.code:
            assert one.err == other.err, story
        assert incremental.files() == full.files(), story
        if not one.code:
            assert "nothing to write" in incremental.run("generate").sound().out, story
    assert any(narrow), "some runs are incremental, or this proves nothing"
