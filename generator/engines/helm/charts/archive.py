"""Packed charts: a gzipped tar read from memory, within bounds, and nothing in it that points out of the chart."""

import io
import zlib
from typing import Final

from generator.engines.gotemplate.text import quote
from generator.engines.helm.charts.errors import ChartError
from generator.pattern import pattern

LARGEST_CHART: Final = 100 << 20
"""Bytes of all files of a chart, unpacked, with those of the archives in it."""

LARGEST_FILE: Final = 5 << 20
"""Bytes of one file of a chart."""

_OVERHEAD: Final = 32 << 20  # bytes of the tar that are no file's: headers and padding
_MOST_FILES: Final = 100_000
_CHUNK: Final = 1 << 16
_DRIVE: Final = pattern(r"[a-zA-Z]:/")
_SMALLEST: Final = 10  # bytes of a gzip header
_MAGIC: Final = b"\x1f\x8b\x08"
BOM: Final = b"\xef\xbb\xbf"


class Budget:
    """What is left of the bytes that a chart may unpack to."""

    __slots__ = ("bytes",)

    def __init__(self, size: int = LARGEST_CHART) -> None:
        self.bytes = size

    def spend(self, size: int) -> None:
        """Account for so many bytes.

        Raises:
            ChartError: they are too many.
        """
        self.bytes -= size
        if self.bytes < 0:
            raise ChartError(f"decompressed chart is larger than the maximum size {LARGEST_CHART}")


class _Unzipped(io.RawIOBase):
    """What a gzip stream of any number of members unpacks to, and no more of it than is asked for."""

    def __init__(self, data: bytes, limit: int) -> None:
        super().__init__()
        self._rest = data
        self._left = limit
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override] # a writable buffer is one
        while True:
            got = self._member.decompress(self._rest, min(len(buffer), _CHUNK))
            self._rest = self._member.unconsumed_tail or self._member.unused_data
            if got:
                self._left -= len(got)
                if self._left < 0:
                    raise ChartError(f"decompressed chart is larger than the maximum size {LARGEST_CHART}")
                buffer[: len(got)] = got
                return len(got)
            if not self._member.eof:
                if not self._rest:
                    raise zlib.error("unexpected EOF")
            elif self._rest:
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            else:
                return 0


def is_archive(data: bytes) -> bool:
    """Whether it looks like a packed chart."""
    return data.startswith(_MAGIC)


def unpacked(data: bytes, budget: Budget | None = None) -> dict[str, bytes]:
    """The files of a packed chart, by their names below its folder.

    Raises:
        ChartError: it is no archive, too large, or has a file outside the chart's folder.
    """
    import tarfile

    budget = Budget() if budget is None else budget
    if len(data) < _SMALLEST:
        raise ChartError("unexpected EOF" if data else "EOF")
    if not is_archive(data):
        raise ChartError("gzip: invalid header")
    files: dict[str, bytes] = {}
    stream = io.BufferedReader(_Unzipped(data, budget.bytes + _OVERHEAD))
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for count, entry in enumerate(tar):
                if count > _MOST_FILES:
                    raise ChartError(f"chart archive has more than {_MOST_FILES} files")
                if entry.isdir():
                    continue
                name = _name(entry.name)
                if entry.size > LARGEST_FILE:
                    message = f"decompressed chart file {quote(entry.name)} is larger than the maximum file size"
                    raise ChartError(f"{message} {LARGEST_FILE}")
                budget.spend(entry.size)
                content = tar.extractfile(entry) if entry.isreg() else None
                files[name] = content.read().removeprefix(BOM) if content else b""
    except (tarfile.TarError, zlib.error, EOFError, UnicodeError, ValueError) as error:
        raise ChartError(f"unable to load chart archive: {error}") from None
    if not files:
        raise ChartError("no files in chart archive")
    return files


def _name(full: str) -> str:
    """The name below the chart's folder, which is the first part of the *full* name, whatever it is called."""
    delimiter = "\\" if "\\" in full else "/"
    first, _, rest = full.partition(delimiter)
    rest = rest.replace(delimiter, "/")
    if rest.startswith("/"):
        raise ChartError("chart illegally contains absolute paths")
    name = cleaned(rest)
    if name == ".":
        raise ChartError(f"chart illegally contains content outside the base directory: {quote(full)}")
    if name.startswith(".."):
        raise ChartError("chart illegally references parent directory")
    if _DRIVE.match(name):
        raise ChartError("chart contains illegally named files")
    if first == "Chart.yaml":
        raise ChartError("chart yaml not in base directory")
    return name


def cleaned(path: str) -> str:
    """The shortest way to say a relative path (Go's `path.Clean`)."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or "."
