"""Isolation for every test, and the two options that the whole suite knows.

No test sees this machine's settings: HOME and the XDG folders are its own (and do not exist until something
makes them), git knows one identity and no system configuration, time is UTC, text is UTF-8, output has no
colour.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

GITCONFIG = """\
[user]
\tname = Tess Tester
\temail = tess@example.com
[init]
\tdefaultBranch = main
[commit]
\tgpgSign = false
[gc]
\tauto = 0
"""
HOME_VARIABLES = {
    "HOME": "",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}
# What these say depends on the machine or on who started the tests.
CLEARED_PREFIXES = ("GIT_", "ARGOCD_", "PARAM_", "INPUT_", "GITHUB_", "CI_", "MWGEN_", "LC_")
CLEARED = ("CI", "COLUMNS", "EMAIL", "FORCE_COLOR", "KUBECONFIG", "LANGUAGE", "PAGER", "SOURCE_DATE_EPOCH")
KEPT = ("MWGEN_REQUIRE_TOOLS",)
TEST_NUMBER = itertools.count()
FIXED = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "NO_COLOR": "1", "TERM": "dumb"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what golden tests got as what they want")


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def isolated_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The environment of the whole session, for fixtures that live longer than a test. Yields its folder."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "gitconfig").write_text(GITCONFIG)
    with pytest.MonkeyPatch.context() as patch:
        real_home = Path.home()
        # Go keeps its module and build caches below HOME: tests that build Go programs go on using them.
        patch.setenv("GOPATH", os.environ.get("GOPATH", str(real_home / "go")))
        patch.setenv("GOCACHE", os.environ.get("GOCACHE", str(real_home / ".cache/go-build")))
        for name in tuple(os.environ):
            if name not in KEPT and (name in CLEARED or name.startswith(CLEARED_PREFIXES)):
                patch.delenv(name)
        for name, value in FIXED.items():
            patch.setenv(name, value)
        for name, below in HOME_VARIABLES.items():
            patch.setenv(name, str(folder / "home" / below))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", str(folder / "gitconfig"))
        # A test outside any repository must not find the one that the temporary folder may lie in.
        patch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path_factory.getbasetemp()))
        yield folder


@pytest.fixture(autouse=True)
def home(isolated_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This test's own HOME; nothing is there until the test or the program makes it."""
    own = isolated_environment / "homes" / str(next(TEST_NUMBER))
    for name, below in HOME_VARIABLES.items():
        monkeypatch.setenv(name, str(own / below))
    return own


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """`require_tool("kubectl")` is its path.

    Where it is missing, that is a skip at a desk and a failure under MWGEN_REQUIRE_TOOLS=1.
    """

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and os.environ.get("MWGEN_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{name} is not installed, and MWGEN_REQUIRE_TOOLS=1 demands it")
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find
