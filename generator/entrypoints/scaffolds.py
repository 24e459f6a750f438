"""Files that the package holds for repositories that begin."""

from importlib.resources.abc import Traversable


def contents(folder: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    """The path below *folder* and the bytes of every file, by path."""
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += contents(entry, f"{prefix}{entry.name}/")
        else:
            found.append((f"{prefix}{entry.name}", entry.read_bytes()))
    return sorted(found)
