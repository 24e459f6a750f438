"""What a command imports before it can say anything: not more than it needs. Every start of the program pays for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness import Project

PROGRAM = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from generator.__main__ import main
sys.argv = ["mwgen", *sys.argv[1:]]
main()
"""
HEAVY = ("bcrypt", "cryptography", "deepdiff", "git", "jinja2", "jsonschema_rs", "promql_parser", "re2")
"""Libraries that only some runs need."""

MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n"


def imported(*arguments: str, cwd: Path) -> set[str]:
    """The modules that `mwgen ARGUMENTS` has imported when it ends."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split(" "))


def below(modules: set[str], *packages: str) -> list[str]:
    """Those of *modules* that are one of the *packages* or in it."""
    return sorted(one for one in modules if one.startswith(tuple(f"{each}." for each in packages)) or one in packages)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.git("init", "-q")
    project.plugin("p", templates={"map": ("", MAP)})
    project.group("a", "p")
    project.run("generate").sound()
    return project


def test_the_version_costs_nothing(tmp_path: Path) -> None:
    modules = imported("--version", cwd=tmp_path)
    assert below(modules, "generator") == ["generator", "generator.__main__"]
    assert not below(modules, "click")


def test_the_help_imports_no_command(tmp_path: Path) -> None:
    modules = imported("--help", cwd=tmp_path)
    assert not below(modules, *HEAVY, "yaml", "sqlite3", "subprocess", "generator.entrypoints.commands")
    assert len(below(modules, "generator")) < 12


def test_a_run_with_nothing_to_do_imports_nothing_that_does_anything(project: Project) -> None:
    modules = imported("generate", cwd=project.root)
    working = ("generator.pipeline", "generator.stages", "generator.engines", "generator.targets")
    assert not below(modules, *HEAVY, *working, "generator.entrypoints.report")
    assert not below(modules, "generator.model.plugin", "yaml")
    assert len(modules) < 220


def test_a_run_with_nothing_to_do_and_nothing_to_commit_neither(project: Project) -> None:
    project.git("add", ".")
    project.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "all")
    assert "nothing to commit" in project.run("commit").sound().out
    modules = imported("generate", "--commit", cwd=project.root)
    assert not below(modules, *HEAVY, "yaml", "generator.pipeline", "generator.stages", "generator.entrypoints.report")
    assert len(modules) < 220


def test_rendering_imports_only_what_it_uses(project: Project) -> None:
    project.group("b", "p")
    modules = imported("generate", cwd=project.root)
    assert not below(modules, *HEAVY, "generator.model.review", "generator.stages.review", "generator.pipeline.review")
    assert not below(modules, "generator.stages.resolve.charts", "generator.engines.helm.charts.chart")
    assert not below(modules, "generator.stages.expand.backup.jobs", "generator.entrypoints.report.notes")


def test_a_chart_is_rendered_by_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "c" / "templates").mkdir(parents=True)
    (tmp_path / "c" / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 1.0.0\n")
    (tmp_path / "c" / "values.yaml").write_text("a: {b: 1}\n")
    (tmp_path / "c" / "templates" / "t.yaml").write_text("{{ toYaml .Values.a }}\n")
    modules = imported("chart", "template", "c", cwd=tmp_path)  # whose answer is kept, and its templates
    assert not below(modules, *HEAVY, "click", "yaml", "dataclasses", "inspect", "pathlib", "hashlib", "json", "csv")
    modules = imported("chart", "template", "c", "--set", "a.b=2", cwd=tmp_path)
    assert not below(modules, *HEAVY, "click", "yaml", "dataclasses", "inspect", "pathlib", "hashlib", "json", "csv")
    assert not below(modules, "generator.diagnostics", "generator.engines.gotemplate.locate")
    assert len(below(modules, "generator")) < 80
