"""Where a repository's root is."""

import os
from pathlib import Path

from generator.model.settings import SETTINGS_FILE


def find_root(start: Path) -> Path:
    """The nearest folder from *start* upwards with a `mwgen.yaml`, else with a `.git`, else *start* itself."""
    folders = [start, *start.parents]
    for marker in (SETTINGS_FILE, ".git"):
        for folder in folders:
            if os.path.lexists(folder / marker):
                return folder
    return start
