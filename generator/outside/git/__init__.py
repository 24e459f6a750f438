"""git: finding a repository, reading commits, committing the output. GitPython is used in `facts` alone."""

from generator.outside.git.repository import Head, PathChanges, Repository
from generator.outside.git.tree import GitTree, open_tree

__all__ = ["GitTree", "Head", "PathChanges", "Repository", "open_tree"]
