"""A chart on disk: a folder as Helm walks it, or a packed chart."""

import errno
import os
import stat
from collections.abc import Iterator

from generator.engines.gotemplate.text import from_bytes, quote
from generator.engines.helm.charts.archive import BOM, LARGEST_CHART, LARGEST_FILE, Budget, is_archive, unpacked
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.ignore import HELMIGNORE, Rules, rules
from generator.engines.helm.charts.log import Log, line
from generator.outside.answers import Watch

_DEEPEST = 64


def read_chart(path: str, log: Log, watch: Watch) -> tuple[dict[str, bytes], Budget]:
    """The files of the chart at *path*, by their names below its folder, and what its archives may still unpack to.

    What is read is noted in *watch*.

    Raises:
        ChartError: there is none, or it has files that no chart may have.
    """
    place = _plain(path)
    budget = Budget()
    try:
        if os.path.isdir(place):
            return dict(_walk(place, log, watch)), budget
        content = _read(place) if os.stat(place).st_size <= LARGEST_CHART else b""
    except OSError as error:
        raise ChartError(_said(path, error)) from None
    watch.file(path, content)
    if not is_archive(content):
        what = "seems to be a YAML file, but expected a gzipped archive"
        if not path.endswith((".yaml", ".yml")):
            what = "does not appear to be a gzipped archive"
        raise ChartError(f"file '{path}' {what}")
    return unpacked(content, budget), budget


def _plain(path: str) -> str:
    """The path without what leads nowhere: as pathlib has it, which would take long to load."""
    parts = "/".join(part for part in path.split("/") if part not in ("", "."))
    return f"/{parts}" if path.startswith("/") else parts or "."


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _said(path: str, error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return f"path {quote(path)} not found"
    return f"{error.strerror}: {path}"


def _walk(folder: str, log: Log, watch: Watch) -> Iterator[tuple[str, bytes]]:
    """Every file that is not ignored; links are followed, as Helm does."""
    if not os.path.exists(f"{folder}/Chart.yaml"):
        raise ChartError("Chart.yaml file is missing", path="Chart.yaml")
    try:
        content = _read(f"{folder}/{HELMIGNORE}")
        watch.file(f"{folder}/{HELMIGNORE}", content)
        ignored = rules(from_bytes(content))
    except FileNotFoundError:
        ignored = rules()
    yield from _below(folder, "", ignored, log, watch)


def _below(folder: str, above: str, ignored: Rules, log: Log, watch: Watch) -> Iterator[tuple[str, bytes]]:
    if above.count("/") > _DEEPEST:
        raise ChartError(f"folders nested more than {_DEEPEST} deep", path=above)
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda one: os.fsencode(one.name))
    watch.folder(folder, (one.name for one in entries))
    for entry in entries:
        name = above + from_bytes(os.fsencode(entry.name))
        try:
            state = entry.stat()
        except OSError as error:
            raise ChartError(f"error evaluating symlink {entry.path}: {error.strerror}", path=name) from None
        if entry.is_symlink():
            resolved = os.path.realpath(entry.path)
            message = "found symbolic link in path. Contents of linked file included and used"
            log(line("INFO", message, path=os.path.join(os.getcwd(), entry.path), resolved=resolved))
        is_folder = stat.S_ISDIR(state.st_mode)
        if ignored.ignores(name, folder=is_folder):
            continue
        path = entry.path
        if is_folder:
            yield from _below(path, f"{name}/", ignored, log, watch)
        elif not stat.S_ISREG(state.st_mode):
            raise ChartError(f"cannot load irregular file {path} as it has file mode type bits set", path=name)
        elif state.st_size > LARGEST_FILE:
            size = f"the maximum file size {LARGEST_FILE}"
            raise ChartError(f"chart file {quote(entry.name)} is larger than {size}", path=name)
        else:
            content = _read(path)
            watch.file(entry.path, content)
            yield name, content.removeprefix(BOM)
