"""Paths with slashes, by the words alone: no file is looked at. On Linux, Go's path and path/filepath are one."""

from generator.engines.gotemplate.run import Run
from generator.engines.sprig.cost import LARGE, STEP


def base(path: str) -> str:
    """The last element; `.` of an empty path, `/` of one of slashes alone."""
    if not path:
        return "."
    return path.rstrip("/").rpartition("/")[2] or "/"


def dirname(run: Run, path: str) -> str:
    """All but the last element, cleaned."""
    head, slash, _ = path.rpartition("/")
    return clean(run, head + slash)


def ext(path: str) -> str:
    """What follows the last dot of the last element, the dot included."""
    _, dot, extension = path.rpartition("/")[2].rpartition(".")
    return dot + extension if dot else ""


def is_abs(path: str) -> bool:
    """Whether the path starts at the root."""
    return path.startswith("/")


def clean(run: Run, path: str) -> str:
    """The shortest path that means the same: no empty elements, no `.`, and `..` only at the start."""
    if len(path) > LARGE:
        run.spend(STEP * len(path))
    root = "/" if path.startswith("/") else ""
    kept: list[str] = []
    for element in path.split("/"):
        if element in ("", "."):
            continue
        if element != "..":
            kept.append(element)
        elif kept and kept[-1] != "..":
            kept.pop()
        elif not root:
            kept.append(element)
    return root + "/".join(kept) or "."
