"""The mistakes that authors of plugins make, and what each is told: every folder of `bad-plugins` is one of them.

A case is a repository with one mistake (or a few of a kind): `bad-plugins/sound` with other files over it.
`diagnostics.txt` is all that `mwgen plugins lint` says or, where the repository has groups, `mwgen validate`.
"""

import re
import shutil
from pathlib import Path

import pytest

from tests.harness import Project, Ran

FOLDER = Path(__file__).parent / "bad-plugins"
SOUND = FOLDER / "sound"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir() and path != SOUND)
HEAD = re.compile(r"^(?:error|warning|note)\[MW\d{3}\]: .+$", re.MULTILINE)
PLACE = re.compile(r"^ +--> (?:plugins|groups)/[\w./-]+:\d+:\d+$", re.MULTILINE)
HINT = re.compile(r"^ +(?:\|.*)?= hint: .+$", re.MULTILINE)


def told(case: Path, folder: Path) -> Ran:
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    shutil.copytree(case, folder, dirs_exist_ok=True)
    return Project(folder).run(*(("validate",) if (case / "groups").is_dir() else ("plugins", "lint")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_told_with_its_place_and_a_fix(case: Path, tmp_path: Path, *, update_golden: bool) -> None:
    ran = told(case, tmp_path)
    expected = case / "diagnostics.txt"
    if update_golden:
        expected.write_text(ran.err, encoding="utf-8")
    assert ran.err == expected.read_text(encoding="utf-8")
    assert ran.code == 1
    heads = HEAD.findall(ran.err)
    assert heads
    for part in ran.err.split("\n\n")[: len(heads)]:
        assert PLACE.search(part), part
        assert HINT.search(part), part


def test_without_the_mistake_nothing_is_told(tmp_path: Path) -> None:
    assert told(SOUND, tmp_path).sound().err == ""


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 40
