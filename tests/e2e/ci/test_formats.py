"""What CI systems are told: read by a reader of the standard where there is one, else held against its description."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.diagnostics import Severity
from generator.entrypoints.report import codequality, machine, notes, sarif
from generator.model.resource import ResourceId
from generator.model.review import Cause, CauseKind, EffectKind
from tests.e2e.page.reviews import review
from tests.harness import Project

pytestmark = pytest.mark.e2e
SOURCE = Path(__file__).parents[2] / "consumers/sarif"


@pytest.fixture(scope="session")
def reader(require_tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """Reads SARIF strictly, with the standard's schema."""
    program = tmp_path_factory.mktemp("sarif") / "reader"
    subprocess.run([require_tool("go"), "build", "-buildvcs=false", "-o", program, "."], cwd=SOURCE, check=True)

    def read(text: str) -> list[str]:
        done = subprocess.run([program], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return read


@pytest.fixture
def broken(tmp_path: Path) -> Project:
    project = Project(tmp_path / "a repository")
    project.plugin(
        "app", templates={"main": ("", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.nme }}\n")}
    )
    for number in range(3):
        project.group(f"g{number}", plugin="app")
    project.group("other", plugin="ap")
    return project


def test_mistakes_as_sarif(broken: Project, reader: Callable[[str], list[str]]) -> None:
    ran = broken.run("validate", "-o", "sarif")
    assert ran.code == 1
    assert reader(ran.out) == ["error MW306 groups/other.yaml:7:11", "error MW403 plugins/app-1.0.0/main.tpl:4:12"]


def test_nothing_amiss_as_sarif(tmp_path: Path, reader: Callable[[str], list[str]]) -> None:
    project = Project(tmp_path)
    ran = project.run("validate", "-o", "sarif").sound()
    assert reader(ran.out) == []


def test_a_review_as_sarif(reader: Callable[[str], list[str]]) -> None:
    told = notes.of_review(review(200))
    lines = reader(json.dumps(sarif.sarif(told)))
    assert lines[0] == "error claim-shrinks plugins/redis/plugin.yaml:8:1"
    assert [line.split()[0] for line in lines] == ["error", "warning", "warning", "warning", "note"]


def test_what_has_no_place_has_one_in_sarif_and_for_gitlab(reader: Callable[[str], list[str]]) -> None:
    told = [replace(note, file="") for note in notes.of_review(review(50))]
    assert {line.split()[2] for line in reader(json.dumps(sarif.sarif(told)))} == {"mwgen.yaml:8:1"}
    assert {one["location"]["path"] for one in codequality.codequality(told)} == {"mwgen.yaml"}


def test_sarif_holds_no_more_than_code_scanning_takes() -> None:
    grave, *_, mild = notes.of_review(review(200))
    assert (grave.severity, mild.severity) == (Severity.ERROR, Severity.NOTE)
    (run,) = sarif.sarif([*[mild] * sarif.MOST, grave])["runs"]
    assert len(run["results"]) == sarif.MOST
    assert run["results"][0]["level"] == "error"
    assert run["results"][-1]["message"]["text"] == "2 more are not here: a file of SARIF holds 25,000"


def test_a_family_is_one_note_with_its_size() -> None:
    made = review(200)
    told = {note.rule: note for note in notes.of_review(made)}
    restarts = made.by_effect[EffectKind.RESTART]
    assert f"({restarts} groups, prod/cache-0000 among them)" in told["pod-template"].message
    assert told["immutable-field"].hint == "kubectl delete"
    assert "order-only" not in told


def test_a_note_stands_at_the_definition_that_differs() -> None:
    plugin = Cause(kind=CauseKind.PLUGIN, name="redis", file="plugins/redis/plugin.yaml", line=8)
    own = Cause(kind=CauseKind.GROUP, name="cache-0000", file="groups/cache-0000.yaml", line=4)
    made = review(200)
    first = made.families[0].members[0]

    def places(**causes: tuple[Cause, ...]) -> set[str]:
        bundles = tuple(replace(one, causes=causes.get("own", causes["all"]) if one.key == first else causes["all"])
                        for one in made.bundles)  # fmt: skip
        return {note.file for note in notes.of_review(replace(made, bundles=bundles, families=made.families[:1]))}

    assert places(all=(plugin,)) == {"plugins/redis/plugin.yaml"}
    assert places(all=(plugin,), own=(plugin, own)) == {"plugins/redis/plugin.yaml"}
    assert places(all=()) == {made.by_key[first].file}
    alone = replace(made, families=(replace(made.families[0], members=(first,)),))
    bundles = tuple(replace(one, causes=(plugin, own)) for one in made.bundles)
    assert {note.file for note in notes.of_review(replace(alone, bundles=bundles))} == {"groups/cache-0000.yaml"}


def test_a_note_names_its_objects_and_several_of_one_kind_are_one() -> None:
    made = review(200)
    effect = made.families[0].effects[0]
    names = [ResourceId("apps", "StatefulSet", "ns", name) for name in ("a", "b")]
    family = replace(made.families[0], effects=tuple(replace(effect, object=name) for name in names))
    (note,) = notes.of_review(replace(made, families=(family,)))
    assert note.message.startswith(f"data at risk: StatefulSet a, StatefulSet b: {effect.reason} (")


def test_what_nobody_need_act_on_is_counted(reader: Callable[[str], list[str]]) -> None:
    made = review(200)
    (aside,) = notes.aside(made)
    kinds = {EffectKind.RELOAD: "reload", EffectKind.IN_PLACE: "in place", EffectKind.NONE: "without effect"}
    numbers = [f"{made.by_effect[kind]} {name}" for kind, name in kinds.items()]
    assert f"changed without a restart: {', '.join(numbers)} (" in aside.message
    reader(json.dumps(sarif.sarif(notes.of_review(made), [aside])))
    (run,) = sarif.sarif([], [aside])["runs"]
    assert run["results"] == []
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == aside.message
    loud = tuple(one for one in made.families if one.effect is EffectKind.DATA)
    assert notes.aside(replace(made, families=loud)) == ()


def test_fingerprints_stay_when_lines_move() -> None:
    (note, *_) = notes.of_review(review(50))
    assert replace(note, line=99).fingerprint == note.fingerprint
    assert replace(note, message="else").fingerprint != note.fingerprint


def test_code_quality_has_what_gitlab_wants(broken: Project) -> None:
    ran = broken.run("validate", "-o", "codequality")
    assert ran.code == 1
    issues = json.loads(ran.out)
    assert [(one["check_name"], one["location"]["path"], one["location"]["lines"]["begin"]) for one in issues] == [
        ("MW306", "groups/other.yaml", 7),
        ("MW403", "plugins/app-1.0.0/main.tpl", 4),
    ]
    for one in issues:
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["description"]
    assert len({one["fingerprint"] for one in issues}) == len(issues)


def test_github_shows_ten_of_a_severity() -> None:
    (note, *_) = notes.of_review(review(50))
    many = [replace(note, line=line) for line in range(1, 26)]
    lines = machine.github(many)
    assert len(lines) == 10
    assert lines[-1] == "::error::16 more errors, see the log"


def test_commands_cannot_be_smuggled_into_annotations() -> None:
    (note, *_) = notes.of_review(review(50))
    hostile = replace(note, severity=Severity.ERROR, file="a,b:c", message="x\n::set-output name=a::b", hint="")
    assert machine.github([hostile]) == [
        f"::error title={note.rule},file=a%2Cb%3Ac,line={note.line},col=1::x%0A::set-output name=a::b"
    ]
