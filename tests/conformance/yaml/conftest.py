"""The real readers and writers, which everything here is compared with."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.yaml.referee import Referee, build


@pytest.fixture(scope="session")
def go(require_tool: Callable[[str], str]) -> Referee:
    """The Go libraries."""
    return Referee(build(require_tool("go")))
