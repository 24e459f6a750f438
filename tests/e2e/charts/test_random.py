"""Random charts: the same bytes, the same refusals and warnings as `helm template`. MWGEN_FUZZ=20000 asks for 2,000."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.charts.cases import unpack
from tests.conformance.fuzz.charts import random_chart
from tests.conformance.test_fuzz import COUNT
from tests.e2e.charts.commands import Answer, check, ours


@pytest.mark.e2e
@pytest.mark.parametrize("seed", range(COUNT // 10))
def test_as_helm(seed: int, helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, values, options = random_chart(seed)
    unpack(files, tmp_path / "c")
    (tmp_path / "v.yaml").write_text(values)
    args = ["rel", "c", "-f", "v.yaml", *options]
    mine, helms = ours(args, tmp_path, monkeypatch), helm(args, tmp_path)
    if mine.refused and helms.refused:
        return  # of several mistakes Helm names one at random, and warns of what it came by
    check(mine, helms)
