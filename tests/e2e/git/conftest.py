from pathlib import Path

import pytest

from tests.e2e.git.sandbox import Sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """An empty repository; nothing committed yet. Its folder has a space and an umlaut in its name."""
    return Sandbox.create(tmp_path / "the repö")
