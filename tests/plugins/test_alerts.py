"""Every alert of the catalogue, at series that fire it and at series that do not: Prometheus' own tool decides.

The cases stand in `alerts/PLUGIN.yaml`: under the name of an alert a list, of which every case gives the series, and
what the alert `says` where it fires. A series is a metric, or a metric with labels; its value is a number that stays,
or what Prometheus' tests call an expanding notation, without the number of samples: `0+6` grows by six every half a
minute. What a case has besides:

    why      what the case is about
    from     when its condition holds at the latest (0s): `for` later the alert fires. Half a minute before its `for` is
             over it never does.
    labels   what the alert carries, where that is not all that its first series does

Every series belongs to the group's first pod, unless its labels say otherwise.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.yamlio.dump import dump
from generator.yamlio.load import decode, documents
from tests.harness import Project
from tests.plugins.test_catalogue import PLUGINS, ROOT

pytestmark = pytest.mark.e2e

CASES = Path(__file__).with_name("alerts")
STEP = 30
"""Seconds between two samples, and between two evaluations."""

SOAK = 60 * 60
"""Seconds for which what must not fire is watched, besides the alert's own `for`."""

Case = Mapping[str, Any]
Rule = Mapping[str, Any]


def read(path: Path) -> Any:
    (document,) = documents(decode(path.name, path.read_bytes()))
    return document.value


def cases(plugin: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = read(CASES / f"{plugin}.yaml")
    return found


def rules(plugin: str, root: Path) -> list[Rule]:
    """The rules of a group of the plugin that is called `it`."""
    project = Project(root)
    shutil.copytree(ROOT / "plugins" / plugin, root / "plugins" / plugin)
    project.environment("test", target="plain", namespace="middleware", apiVersions=["monitoring.coreos.com/v1"])
    project.group("it", plugin, environments=[{"name": "test"}], **cases(plugin).get("group", {}))
    project.run("generate").sound()
    (file,) = (root / "out").rglob("prometheusrule-it.yaml")
    return [rule for group in read(file)["spec"]["groups"] for rule in group["rules"]]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_alert_has_a_case_that_fires_it_and_one_that_does_not(plugin: str, tmp_path: Path) -> None:
    told = cases(plugin)["alerts"]
    assert {one["alert"] for one in rules(plugin, tmp_path)} == set(told)
    for alert, own in told.items():
        assert {"says" in case for case in own} == {True, False}, alert


@pytest.mark.parametrize("plugin", PLUGINS)
def test_alerts_fire_when_they_should(plugin: str, tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    promtool = require_tool("promtool")
    found = {one["alert"]: one for one in rules(plugin, tmp_path)}
    (tmp_path / "rules.yaml").write_text(dump({"groups": [{"name": "it", "rules": [*found.values()]}]}))
    tests = [
        test
        for alert, own in cases(plugin)["alerts"].items()
        for case in own
        for test in (firing(found[alert], case) if "says" in case else quiet(found[alert], case))
    ]
    step = f"{STEP}s"
    document = {"rule_files": ["rules.yaml"], "evaluation_interval": step, "tests": tests}
    (tmp_path / "test.yaml").write_text(dump(document))
    command = [promtool, "test", "rules", str(tmp_path / "test.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def firing(rule: Rule, case: Case) -> list[Mapping[str, Any]]:
    """Promtool's tests of a case that fires: when it begins to, with which words; and that other groups' do not."""
    early = seconds(rule.get("for", "0s")) - STEP
    when = early + STEP + seconds(case.get("from", "0s"))
    first = labelled(next(iter(case["series"])))[1]
    labels = {**case.get("labels", first), **rule["labels"]}
    fires = {"exp_labels": labels, "exp_annotations": {"summary": case["says"]}}
    return [
        moment_test(rule, case, {early: [], when: [fires]}),
        moment_test(rule, case, {when: []}, middleware_io_group="another"),
    ]


def quiet(rule: Rule, case: Case) -> list[Mapping[str, Any]]:
    """Promtool's test of a case that does not fire, at any of twenty moments."""
    end = seconds(rule.get("for", "0s")) + SOAK
    return [moment_test(rule, case, {round(end * part / 20 / STEP) * STEP: [] for part in range(21)})]


def moment_test(rule: Rule, case: Case, moments: Mapping[int, list[Any]], **labels: str) -> Mapping[str, Any]:
    """One test of promtool's: the case's series, and which alerts are to fire at some moments, in seconds."""
    steps = max(moments) // STEP
    return {
        "name": f"{rule['alert']}: {case.get('why', 'fires')}",
        "interval": f"{STEP}s",
        "input_series": [
            {"series": series(one, **labels), "values": values(value, steps)} for one, value in case["series"].items()
        ],
        "alert_rule_test": [
            {"alertname": rule["alert"], "eval_time": f"{moment}s", "exp_alerts": wanted}
            for moment, wanted in moments.items()
            if moment >= 0
        ],
    }


def labelled(text: str) -> tuple[str, dict[str, str]]:
    """A series' metric, and its labels: those that it names, and those of the group's first pod."""
    metric, _, inner = text.partition("{")
    own = dict(re.findall(r'(\w+)="([^"]*)"', inner))
    pod = own.get("pod", "it-0")
    always = {"namespace": "middleware", "middleware_io_group": "it", "pod": pod, "instance": f"{pod}:metrics"}
    return metric, {**always, **own}


def series(text: str, **labels: str) -> str:
    metric, own = labelled(text)
    inner = ",".join(f"{name}={json.dumps(value)}" for name, value in {**own, **labels}.items())
    return f"{metric}{{{inner}}}"


def values(value: object, steps: int) -> str:
    """A value for every step, from the first on."""
    text = str(value)
    return text if "x" in text or " " in text else f"{text}x{steps}"


def seconds(text: str) -> int:
    """A duration as Prometheus writes it."""
    return sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in re.findall(r"(\d+)([hms])", text))
