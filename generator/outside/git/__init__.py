"""git: finding a repository, reading commits, committing the output. GitPython is used in `facts` alone."""

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
