"""Prometheus' own tool accepts every rule of this repository, and an alert fires for its own group only."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.yamlio.dump import dump
from generator.yamlio.load import decode, documents

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.e2e


def rules() -> Iterator[tuple[str, Any]]:
    for path in sorted((ROOT / "out").rglob("prometheusrule-*.yaml")):
        (document,) = documents(decode(path.relative_to(ROOT).as_posix(), path.read_bytes()))
        yield document.place.file.path, document.value


RULES = dict(rules())


@pytest.fixture
def promtool(require_tool: Callable[[str], str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    path = require_tool("promtool")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([path, *arguments], capture_output=True, text=True, check=False, timeout=60)

    return run


def test_there_are_rules_of_every_plugin_with_alerts() -> None:
    plugins = {rule["metadata"]["labels"]["middleware.io/plugin"] for rule in RULES.values()}
    assert plugins >= {"redis", "postgresql", "memcached"}


@pytest.mark.parametrize("path", RULES)
def test_promtool_accepts_them(
    path: str, tmp_path: Path, promtool: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(dump(RULES[path]["spec"]))
    done = promtool("check", "rules", "--lint=all", "--lint-fatal", str(file))
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_alert_is_its_group_s_own(tmp_path: Path, promtool: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Two groups, two rule files; one of them is down."""
    files = []
    for name in ("orders-cache", "sessions"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(dump(RULES[f"out/prod/{name}/exporter/prometheusrule-{name}.yaml"]["spec"]))
        files.append(str(file))

    def series(group: str, up: str) -> dict[str, str]:
        labels = {"namespace": "middleware", "middleware_io_group": group, "pod": f"{group}-0"}
        inner = ",".join(f"{name}={json.dumps(value)}" for name, value in labels.items())
        return {"series": f"redis_up{{{inner}}}", "values": up}

    labels = {
        "severity": "critical",
        "middleware_io_group": "orders-cache",
        "middleware_io_plugin": "redis",
        "namespace": "middleware",
        "pod": "orders-cache-0",
    }
    fired = {"exp_labels": labels, "exp_annotations": {"summary": "Redis orders-cache-0 does not answer"}}
    test = {
        "rule_files": files,
        "evaluation_interval": "30s",
        "tests": [
            {
                "interval": "30s",
                "input_series": [series("orders-cache", "0x10"), series("sessions", "1x10")],
                "alert_rule_test": [
                    {"eval_time": "30s", "alertname": "RedisDown", "exp_alerts": []},
                    {"eval_time": "2m", "alertname": "RedisDown", "exp_alerts": [fired]},
                ],
            }
        ],
    }
    (tmp_path / "test.yaml").write_text(dump(test))
    done = promtool("test", "rules", str(tmp_path / "test.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr
