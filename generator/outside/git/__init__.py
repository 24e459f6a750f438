"""git: finding a repository, reading commits, committing the output. GitPython is used in `facts` alone.

Names are imported when they are asked for: who only looks where the repository is need not wait for all the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.outside.git.commit import Committed, Identity, Message, Terms, commit_tree
    from generator.outside.git.repository import Head, Repository
    from generator.outside.git.tree import GitTree, open_tree

__all__ = [
    "Committed",
    "GitTree",
    "Head",
    "Identity",
    "Message",
    "Repository",
    "Terms",
    "commit_tree",
    "open_tree",
]

_WHERE = {
    **dict.fromkeys(("Committed", "Identity", "Message", "Terms", "commit_tree"), "commit"),
    **dict.fromkeys(("Head", "Repository"), "repository"),
    **dict.fromkeys(("GitTree", "open_tree"), "tree"),
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
