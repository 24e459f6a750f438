"""Packed charts: nothing in them leads out of the chart, and nothing unpacks without bound."""

import gzip
import io
import tarfile
from collections.abc import Callable

import pytest

from generator.engines.helm.charts import archive
from generator.engines.helm.charts.archive import Budget, unpacked
from generator.engines.helm.charts.errors import ChartError

CHART = ("c/Chart.yaml", b"apiVersion: v2\nname: c\nversion: 1.0.0\n")


def packed(*files: tuple[str, bytes], change: Callable[[tarfile.TarInfo], object] = lambda _: None) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            change(info)
            tar.addfile(info, io.BytesIO(content))
    return data.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ChartError) as caught:
        unpacked(data)
    return str(caught.value)


def test_names_are_below_the_folder() -> None:
    files = unpacked(packed(CHART, ("c/templates/x.yaml", b"x"), ("other/./y", b"y"), ("c\\a\\b", b"z")))
    assert files == {"Chart.yaml": CHART[1], "templates/x.yaml": b"x", "y": b"y", "a/b": b"z"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("c//etc/passwd", "absolute paths"),
        ("c/../../x", "references parent directory"),
        ("c/..", "references parent directory"),
        ("c/a/../../../x", "references parent directory"),
        ("alone", "outside the base directory"),
        ("c/C:/x", "illegally named files"),
        ("Chart.yaml/x", "chart yaml not in base directory"),
    ],
)
def test_names_that_lead_out(name: str, said: str) -> None:
    assert said in refusal(packed((name, b"x")))


def test_links_are_empty() -> None:
    def link(info: tarfile.TarInfo) -> None:
        info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0

    assert unpacked(packed(("c/x", b""), change=link)) == {"x": b""}


def extended(info: tarfile.TarInfo) -> None:
    info.type = tarfile.XHDTYPE


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "maximum file size" in refusal(packed(("c/x", bytes(archive.LARGEST_FILE + 1))))
    with pytest.raises(ChartError, match="maximum size"):
        unpacked(packed(*((f"c/{index}", bytes(1000)) for index in range(20))), Budget(10_000))
    monkeypatch.setattr(archive, "_OVERHEAD", 1 << 16)
    bomb = packed(("c/x", bytes(64 << 20)), change=extended)
    with pytest.raises(ChartError, match="maximum size"):
        unpacked(bomb, Budget(1 << 20))


GARBAGE = {
    "nothing": b"",
    "a letter": b"x",
    "text": b"x" * 100,
    "a header": b"\x1f\x8b\x08" + bytes(7),
    "cut off": packed(CHART)[:-20],
    "no files": packed(),
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
def test_garbage(data: bytes) -> None:
    with pytest.raises(ChartError):
        unpacked(data)


def test_several_members_are_one_stream() -> None:
    whole = gzip.decompress(packed(CHART))
    assert unpacked(gzip.compress(whole[:700]) + gzip.compress(whole[700:])) == {"Chart.yaml": CHART[1]}
