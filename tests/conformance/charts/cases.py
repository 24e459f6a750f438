"""Charts of ours, each about one rule of Helm's; what Helm makes of them is asked of Helm itself.

A case is files by name below the chart's folder, and the user's values. A file that is a map of files is packed. What
holds only for a chart that is loaded from a folder says so.
"""

import io
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Files: TypeAlias = Mapping[str, "str | bytes | Files"]


@dataclass(frozen=True, slots=True)
class Case:
    """A chart and values for it."""

    files: Files
    values: Mapping[str, Any] = field(default_factory=dict)
    folder_only: bool = False


def flat(files: Files) -> dict[str, bytes]:
    """The files of a chart as bytes, what is packed packed."""
    return {name: _bytes(content) for name, content in files.items()}


def _bytes(content: "str | bytes | Files") -> bytes:
    if isinstance(content, str):
        return content.encode()
    return content if isinstance(content, bytes) else archive(content)


def archive(files: Files, folder: str = "c") -> bytes:
    """A packed chart."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", compresslevel=1) as tar:
        for name, content in flat(files).items():
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return data.getvalue()


def unpack(files: Files, folder: Path) -> None:
    """Write the files of a chart."""
    for name, content in flat(files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _load() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        for name, case in yaml.load(path.read_text(), yaml.CSafeLoader).items():  # noqa: TID251 - bytes, and our own text
            assert name not in found, name
            found[name] = Case(**case)
    return found


CASES = _load()
