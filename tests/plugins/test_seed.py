"""The seed's own example, linted: every one of its defects is told, at its line, and nothing else.

`seed.txt` is what is said. `DEFECTS` says which known defect each of it is about. Two things that look like defects
are none, and are not told: the octal `0755` is a number that Kubernetes takes, and `6.2` among the versions that one
may come from is a runtime of an earlier plugin version.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.harness import Project

HERE = Path(__file__).parent
SEED = HERE.parent / "golden/seed/input/plugins"
SAID = HERE / "seed.txt"

PLUGIN, DEPLOYMENT = "redis/plugin.yaml", "redis/redis-deployment-tpl.yaml"

DEFECTS: dict[str, list[tuple[str, str, str]]] = {
    "a port is read, and network.port is the value": [("MW232", DEPLOYMENT, ".Values.port")],
    "b middlewareBin has no value": [("MW403", DEPLOYMENT, ".Values.middlewareBin")],
    "c the role is never found": [
        ("MW236", PLUGIN, 'command: "redis-cli role"'),
        ("MW236", PLUGIN, 'command: "redis-cli role"'),
    ],
    "d the failover is refused, and nobody notices": [
        ("MW237", PLUGIN, 'command: "redis-cli"'),
        ("MW238", PLUGIN, 'args: ["failover"'),
    ],
    "e alerts on metrics that nobody has": [
        ("MW240", PLUGIN, "monitoring:"),
        ("MW239", PLUGIN, "redis_used_memory_bytes"),
        ("MW239", PLUGIN, "redis_max_memory"),
        ("MW239", PLUGIN, "redis_master_link_status"),
    ],
    "f a file mounted read-only that is written to, and never changes": [
        ("MW241", DEPLOYMENT, "- |"),
        ("MW242", DEPLOYMENT, "subPath: redis.conf"),
        ("MW228", PLUGIN, "- configReload"),
    ],
    "g configuration in the pod template": [("MW243", DEPLOYMENT, ".Values.redisConfig")],
    "h replicas that share one claim": [("MW244", DEPLOYMENT, "claimName:")],
    "i scripts that nobody renders": [("MW581", DEPLOYMENT, "name: redis-tool-scripts")],
    "j an agent that is not pinned, and has no redis-cli": [
        ("MW233", DEPLOYMENT, "image: middleware/agent2:latest"),
        ("MW248", DEPLOYMENT, 'value: "redis-cli role"'),
    ],
    "l providers that nothing uploads to": [("MW249", PLUGIN, "- azure"), ("MW249", PLUGIN, "- minio")],
    "m no way to 8.0": [("MW235", PLUGIN, '- "8.0"')],
    "o no probes, no limits, no rights": [
        ("MW245", DEPLOYMENT, "- name: agent1"),
        ("MW246", DEPLOYMENT, "- name: agent1"),
        ("MW247", DEPLOYMENT, "- name: agent1"),
    ],
    "a backup that cannot come back, by unknown ways, unchecked": [
        ("MW252", PLUGIN, "backup:"),
        ("MW250", PLUGIN, "s3: |"),
        ("MW250", PLUGIN, "gcs: |"),
        ("MW251", PLUGIN, "s3: |"),
        ("MW251", PLUGIN, "gcs: |"),
        ("MW253", PLUGIN, "gcs: |"),
    ],
    "what the golden case adds to the seed: a folder of data that is no value": [
        ("MW232", "redis/redis-config-tpl.yaml", ".Values.dataPath")
    ],
}  # fmt: skip


@pytest.fixture
def seed(tmp_path: Path) -> Project:
    shutil.copytree(SEED, tmp_path / "plugins")
    (tmp_path / "groups").mkdir()
    return Project(tmp_path)


def test_what_is_said(seed: Project, *, update_golden: bool) -> None:
    ran = seed.run("plugins", "lint", "redis")
    if update_golden:
        SAID.write_text(ran.err, encoding="utf-8")
    assert ran.err == SAID.read_text(encoding="utf-8")
    assert ran.code == 1


def test_every_defect_and_nothing_else(seed: Project) -> None:
    ran = seed.run("plugins", "lint", "redis", "-o", "json")
    told = json.loads(ran.out)["diagnostics"]
    got = sorted((one["code"], one["place"]["file"].removeprefix("plugins/")) for one in told)
    assert got == sorted((code, file) for rows in DEFECTS.values() for code, file, _ in rows)
    for one in told:
        line = seed.read(one["place"]["file"]).split("\n")[one["place"]["line"] - 1]
        expected = [text for rows in DEFECTS.values() for code, _, text in rows if code == one["code"]]
        assert any(text in line for text in expected), (one["code"], line)


def test_each_has_a_reason_and_a_fix(seed: Project) -> None:
    told = json.loads(seed.run("plugins", "lint", "redis", "-o", "json").out)["diagnostics"]
    assert all(one.get("hint") and one["message"] for one in told)


def test_groups_do_not_hide_anything(tmp_path: Path) -> None:
    """The golden case's group gives a value that the plugin lacks."""
    shutil.copytree(SEED.parent, tmp_path / "seed")
    ran = Project(tmp_path / "seed").run("plugins", "lint", "redis")
    assert ran.err == SAID.read_text(encoding="utf-8")


MENDED = {
    'command: "redis-cli role"': 'command: "redis-cli info replication"',
    'command: "redis-cli"\n        args: ["failover", "--timeout", "30s"]': (
        'command: "redis-cli"\n        args: ["-e", "failover", "timeout", "30000"]'
    ),
    "redis_used_memory_bytes / redis_max_memory": "redis_memory_used_bytes / (redis_memory_max_bytes > 0)",
    "redis_master_link_status": "redis_master_link_up",
    "agent_up": "redis_up",
    "    - configReload\n": "",
    '      "7.4":\n        - "7.2"\n': '      "7.4":\n        - "7.2"\n      "8.0":\n        - "7.4"\n',
    "  backup:\n    providers:\n      - s3\n      - gcs\n      - azure\n      - minio\n": (
        "  backup:\n    mode: volume\n    providers: [s3, gcs, azure, minio]\n"
    ),
    "    - name: redis\n      versions:": "    - name: redis\n      bin: /usr/local/bin/redis-server\n      versions:",
    "  monitoring:\n": "  exporter: {port: 9121, image: oliver006/redis_exporter:v1.91.1}\n  monitoring:\n",
}


def test_mended_by_the_hints_the_plugin_is_silent(seed: Project) -> None:
    """What is left afterwards is about the deployment template alone."""
    text = seed.read("plugins/redis/plugin.yaml")
    for old, new in MENDED.items():
        assert old in text, old
        text = text.replace(old, new)
    text = re.sub(r"    uploadCommands:\n(?:      .*\n)+", "", text)
    seed.write("plugins/redis/plugin.yaml", text)
    told = json.loads(seed.run("plugins", "lint", "redis", "-o", "json").out)["diagnostics"]
    assert {one["place"]["file"] for one in told} <= {f"plugins/{DEPLOYMENT}", "plugins/redis/redis-config-tpl.yaml"}
