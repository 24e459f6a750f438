"""A tree of source files, wherever it stands: in a folder, or in a commit."""

from collections.abc import Sequence
from typing import Protocol


class Tree(Protocol):
    """Files by path; paths are relative to the repository's root, with forward slashes."""

    def files(self, *folders: str) -> Sequence[str]:
        """The definition files below *folders*, sorted."""
        ...

    def everything(self, folder: str) -> Sequence[str]:
        """Every file below a folder whose name does not begin with a dot, and a chart's `.helmignore`; sorted."""
        ...

    def read(self, path: str) -> bytes:
        """What stands in a file. Raises FileNotFoundError where there is none."""
        ...
