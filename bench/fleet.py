"""A repository like one that a platform team has after some years: twelve plugins, and as many groups as asked for.

`python bench/fleet.py 1000 DIR` writes 1,000 groups, each of which goes to one environment and renders six objects:
exactly 1,000 bundles and 6,000 manifests, about 1.4 KB each. Groups are dealt out over the plugins and over four
environments. Everything follows from the numbers: the same command writes the same bytes, and the same commit.

`--single-plugin` gives every group the same plugin, so that a change of it concerns them all.
`--touch-group DIR` and `--touch-plugin DIR` make the smallest change that such a file usually gets.
"""

import argparse
import json
import os
import re
import subprocess
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path

DATA = Path(__file__).with_name("fleet_data")
ENVIRONMENTS = ("eu-prod", "eu-staging", "us-prod", "us-staging")
TEAMS = ("billing", "catalog", "checkout", "identity", "ledger", "orders", "search", "shipping")
USES = ("cache", "events", "index", "jobs", "locks", "queue", "sessions", "store")
PER_FOLDER = 100
"""Groups in one folder: people do not keep ten thousand files side by side."""

SHAPES: Mapping[str, tuple[str, ...]] = {
    "claims": ("serviceaccount", "config", "headless", "service", "statefulset", "pdb"),
    "claim": ("serviceaccount", "config", "headless", "service", "statefulset", "pvc"),
    "stateless": ("serviceaccount", "config", "headless", "service", "deployment", "pdb"),
}
"""The templates of a plugin, by what it keeps: claims made by a StatefulSet, one claim of its own, or nothing."""

COMPONENTS = {"claims": ("config", "server"), "claim": ("storage", "compute"), "stateless": ("", "")}
"""What comes first and what second; a plugin without components is one by itself."""

ORDERS = {
    "claims": "{provision: [config, server], stop: [server, config], update: [], upgrade: [config, server]}",
    "claim": "{provision: [storage, compute], stop: [compute, storage], update: [[storage, compute]], upgrade: []}",
    "stateless": "{}",
}

KINDS = {
    "serviceaccount": "ServiceAccount", "config": "ConfigMap", "headless": "Service", "service": "Service",
    "statefulset": "StatefulSet", "deployment": "Deployment", "pdb": "PodDisruptionBudget",
    "pvc": "PersistentVolumeClaim",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Make:
    """How one of the plugins looks."""

    name: str
    shape: str
    port: int
    versions: tuple[str, ...]
    extra_ports: Mapping[str, int] = field(default_factory=dict)
    settings: int = 12
    """Lines of configuration."""

    files: bool = False
    """Templates in files of their own; otherwise in Template ConfigMaps."""

    templated_env: bool = False
    """Values that are templates themselves (`tpl`)."""


PLUGINS = (
    Make(name="redis", shape="claims", port=6379, versions=("7.2", "7.4", "8.2"), settings=18, files=True),
    Make(name="postgresql", shape="claims", port=5432, versions=("15", "16", "17"), settings=32),
    Make(
        name="rabbitmq", shape="claims", port=5672, versions=("4.0", "4.1"), extra_ports={"dist": 25672, "epmd": 4369}
    ),
    Make(name="memcached", shape="stateless", port=11211, versions=("1.6",), settings=4, files=True),
    Make(name="nats", shape="claims", port=4222, versions=("2.10", "2.11"), extra_ports={"cluster": 6222}, settings=9),
    Make(name="etcd", shape="claims", port=2379, versions=("3.5", "3.6"), extra_ports={"peer": 2380}, files=True),
    Make(name="mariadb", shape="claim", port=3306, versions=("10.11", "11.4"), settings=24, templated_env=True),
    Make(name="zookeeper", shape="claims", port=2181, versions=("3.9",), extra_ports={"election": 3888, "peer": 2888}),
    Make(name="kafka", shape="claims", port=9092, versions=("3.9", "4.0"), extra_ports={"raft": 9093}, settings=28),
    Make(name="haproxy", shape="stateless", port=8404, versions=("3.0", "3.2"), settings=20, files=True),
    Make(name="minio", shape="claim", port=9000, versions=("2025.9",), extra_ports={"console": 9001}, settings=6),
    Make(name="mongodb", shape="claims", port=27017, versions=("7.0", "8.0"), settings=14, templated_env=True),
)


def write(root: Path, count: int, *, single_plugin: bool = False) -> str:
    """Write *count* groups and their plugins into the empty or absent folder *root*; return the commit's id."""
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty")
    made: set[Path] = set()
    for path, text in files(count, single_plugin=single_plugin):
        target = root / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_text(text, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    return commit(root, f"{count} groups")


def files(count: int, *, single_plugin: bool = False) -> Iterator[tuple[str, str]]:
    """Every file of the repository: its path below the root, and its text."""
    makes = PLUGINS[:1] if single_plugin else PLUGINS
    for make in makes:
        yield from _plugin_files(make)
    yield "groups/environments.yaml", "---\n".join(_environment(name) for name in ENVIRONMENTS)
    yield "groups/bases.yaml", "---\n".join(_base(make) for make in makes)
    for number in range(count):
        yield group_path(number), _group(number, makes[number % len(makes)])


def group_name(number: int) -> str:
    """The name of a group by its number, from 0."""
    return f"{TEAMS[number % len(TEAMS)]}-{USES[number // len(TEAMS) % len(USES)]}-{number:05d}"


def group_path(number: int) -> str:
    """The file of a group, relative to the root."""
    return f"groups/{number // PER_FOLDER:03d}/{group_name(number)}.yaml"


def environment_of(number: int) -> str:
    """The one environment to which a group goes."""
    return ENVIRONMENTS[(number + number // len(PLUGINS)) % len(ENVIRONMENTS)]


def touch_group(root: Path, number: int = 0) -> Path:
    """Change one value of one group, and return its file. Nothing is committed."""
    return _substitute(root / group_path(number), r"(maxConnections: )(\d+)")


def touch_plugin(root: Path, name: str = PLUGINS[0].name) -> Path:
    """Change one default of a plugin, which one object of each of its groups shows. Nothing is committed."""
    return _substitute(root / "plugins" / name / "plugin.yaml", r"(terminationGracePeriodSeconds: )(\d+)")


def commit(root: Path, message: str) -> str:
    """Commit everything below *root*; return the commit's id."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD").strip()


def git(root: Path, *arguments: str) -> str:
    """Run git in *root* with a fixed identity and date, and without this machine's settings."""
    settings = ("core.fsync=none", "core.looseCompression=0", "gc.auto=0", "commit.gpgsign=false")
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
    found = subprocess.run(
        ["git", *(part for one in settings for part in ("-c", one)), *arguments],
        cwd=root,
        env={"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **who},
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout


_WHO = {"NAME": "Fleet", "EMAIL": "fleet@example.com", "DATE": "2025-01-01T00:00:00+0000"}


def _substitute(path: Path, pattern: str) -> Path:
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, lambda found: f"{found[1]}{int(found[2]) + 1}", text, count=1)
    assert changed != text, path
    path.write_text(changed, encoding="utf-8")
    return path


# --- plugins ---------------------------------------------------------------------------------------------------------


def _plugin_files(make: Make) -> Iterator[tuple[str, str]]:
    folder = f"plugins/{make.name}"
    yield f"{folder}/plugin.yaml", _plugin(make)
    for name in ("helpers", *SHAPES[make.shape]):
        text = (DATA / f"{name}.tpl").read_text(encoding="utf-8").replace("PLUGIN", make.name)
        text = text.replace("VALUE", "tpl (toString $value) $" if make.templated_env else "$value")
        if make.files:
            yield f"{folder}/{name}.tpl", text
        else:
            yield f"{folder}/{name}.yaml", _template_config_map(make, name, text)


def _template_config_map(make: Make, name: str, text: str) -> str:
    head = f"""\
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {make.name}-{name}-tpl
          labels:
            middleware.io/plugin: {make.name}
            middleware.io/template: {name}
        data:
          template: |
        """
    return textwrap.dedent(head) + textwrap.indent(text, "    ")


def _plugin(make: Make) -> str:
    kept = make.shape != "stateless"
    storage = f"enabled: {_yes(kept)}, size: 10Gi, storageClass: standard, mountPath: /var/lib/{make.name}"
    extra_ports = ", ".join(f"{name}: {port}" for name, port in make.extra_ports.items())
    settings = [f"      setting-{number:02d}: value-{number * 7 % 100}" for number in range(1, make.settings)]
    return "\n".join(
        [
            "apiVersion: middleware.io/v1alpha1",
            "kind: Plugin",
            "metadata:",
            f"  name: {make.name}-plugin",
            f"  labels: {{middleware.io/plugin: {make.name}, middleware.io/version: v1.4.0}}",
            "spec:",
            f"  name: {make.name}",
            '  version: "1.4.0"',
            f'  description: "{make.name}, as the fleet runs it"',
            "  runtimes:",
            f"    - name: {make.name}",
            f"      versions: {json.dumps(make.versions)}",
            f'      default: "{make.versions[-1]}"',
            "  images:",
            *(line for version in make.versions for line in _images(make, version)),
            "  compatibility:",
            "    migrateFrom: " + json.dumps({new: [old] for old, new in pairwise(make.versions)}),
            "  capabilities: [scaling]",
            f"  orders: {ORDERS[make.shape]}",
            "  defaultValues:",
            "    replicas: 1",
            f"    network: {{port: {make.port}, type: ClusterIP}}",
            f"    extraPorts: {{{extra_ports}}}",
            f"    storage: {{{storage}}}",
            f"    ownClaim: {_yes(make.shape == 'claim')}",
            f"    ephemeral: {_yes(not kept)}",
            f"    publishNotReadyAddresses: {_yes(bool(make.extra_ports))}",
            "    terminationGracePeriodSeconds: 30",
            "    resources:",
            "      requests: {cpu: 250m, memory: 512Mi}",
            "      limits: {memory: 1Gi}",
            f"    args: [--config, /etc/{make.name}/{make.name}.conf]",
            '    env: {log-level: info, heap-fraction: "0.6"}',
            "    config:",
            "      maxConnections: 1000",
            *settings,
            "    podSecurityContext:",
            "      {runAsNonRoot: true, runAsUser: 1001, fsGroup: 1001, seccompProfile: {type: RuntimeDefault}}",
            "    containerSecurityContext:",
            "      {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}",
            "    livenessProbe: {initialDelaySeconds: 15, failureThreshold: 6}",
            "    readinessProbe: {periodSeconds: 5}",
            "    metrics:",
            "      enabled: true",
            "      port: 9100",
            "      resources:",
            "        requests: {cpu: 10m, memory: 32Mi}",
            "        limits: {memory: 64Mi}",
            "  templates:",
            *(_template(make, name) for name in ("helpers", *SHAPES[make.shape])),
            "",
        ]
    )


def _yes(condition: object) -> str:
    return "true" if condition else "false"


def _images(make: Make, version: str) -> tuple[str, ...]:
    registry = "registry.example.com/middleware"
    return (
        f'    "{version}":',
        f"      main: {registry}/{make.name}:{version}.3",
        f"      exporter: {registry}/{make.name}-exporter:1.9.0",
    )


def _template(make: Make, name: str) -> str:
    source = f"file: {name}.tpl" if make.files else f"configMapRef: {make.name}-{name}-tpl"
    first, second = COMPONENTS[make.shape]
    component = first if name in ("config", "serviceaccount", "pvc") else second
    belongs = f", component: {component}" if component and name in KINDS else ""
    optional = ", optional: true" if name in ("pdb", "pvc") else ""
    return f"    - {{name: {name}, {source}, type: {KINDS.get(name, 'Helper')}{belongs}{optional}}}"


# --- groups ----------------------------------------------------------------------------------------------------------


def _environment(name: str) -> str:
    region, _, stage = name.partition("-")
    return f"""\
apiVersion: middleware.io/v1alpha1
kind: Environment
metadata:
  name: {name}
spec:
  cluster: https://{name}.example.com:6443
  namespace: middleware-{stage}
  target: argocd
  registries:
    registry.example.com: {region}.registry.example.com
  storageClasses:
    standard: WaitForFirstConsumer
    fast: WaitForFirstConsumer
  values:
    nodeSelector: {{topology.kubernetes.io/region: {region}}}
"""


def _base(make: Make) -> str:
    return f"""\
apiVersion: middleware.io/v1alpha1
kind: Group
metadata:
  name: base-{make.name}
spec:
  abstract: true
  plugin: {{name: {make.name}, version: ^1.2}}
  values:
    annotations: {{example.com/owner: platform, example.com/runbook: "https://runbooks.example.com/{make.name}"}}
    tolerations:
      - {{key: dedicated, operator: Equal, value: middleware, effect: NoSchedule}}
"""


def _group(number: int, make: Make) -> str:
    replicas = 1 if make.shape == "claim" else (1, 3, 3, 5)[number // 5 % 4]
    parts = [
        f"""\
apiVersion: middleware.io/v1alpha1
kind: Group
metadata:
  name: {group_name(number)}
  labels: {{team: {TEAMS[number % len(TEAMS)]}, cost-center: "{1000 + number % 40}"}}
spec:
  extends: base-{make.name}
  runtime: {{name: {make.name}, version: "{make.versions[number // 3 % len(make.versions)]}"}}
  environments:
    - name: {environment_of(number)}
  secrets:
    auth: {{existingSecret: {group_name(number)}-auth}}
  values:
    replicas: {replicas}
    storage: {{size: {10 * (1 + number % 5)}Gi, storageClass: {"fast" if number % 3 == 0 else "standard"}}}
    resources:
      requests: {{cpu: {250 * (1 + number % 4)}m, memory: {512 * (1 + number % 4)}Mi}}
      limits: {{memory: {1024 * (1 + number % 4)}Mi}}
    config:
      maxConnections: {500 + number % 997}
      setting-01: tuned-{number}
"""
    ]
    if make.templated_env:
        parts.append('    env: {advertised-host: "{{ .Values.name }}.{{ .Values.namespace }}.svc"}\n')
    if number % 4 == 1:
        parts.append("    priorityClassName: middleware-high\n")
    if number % 7 == 2:
        parts.append("    users:\n      - {name: app, roles: [read, write]}\n      - {name: reports, roles: [read]}\n")
    if number % 10 == 9:
        earlier = (one for one in range(number - 1, -1, -1) if environment_of(one) == environment_of(number))
        parts += [f"  dependsOn: [{group_name(one)}]\n" for one in islice(earlier, 1)]
    if number % 40 == 17:
        parts.append("  state: Stopped\n")
    if number % 20 == 11:
        parts.append(
            "  patches:\n"
            "    - target: {kind: Service, name: .*-headless}\n"
            '      merge: {metadata: {annotations: {example.com/internal: "true"}}}\n'
        )
    return "".join(parts)


def main() -> None:
    """Write a fleet, or change one."""
    parser = argparse.ArgumentParser(description="Write a repository of many groups, to measure with.")
    parser.add_argument("count", type=int, nargs="?", help="how many groups, and so how many bundles")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("fleet"), help="an empty or absent folder")
    parser.add_argument("--single-plugin", action="store_true", help="every group uses the same plugin")
    parser.add_argument("--touch-group", type=Path, metavar="DIR", help="change one group of the fleet in DIR")
    parser.add_argument("--touch-plugin", type=Path, metavar="DIR", help="change the first plugin of the fleet in DIR")
    chosen = parser.parse_args()
    if chosen.touch_group:
        print(touch_group(chosen.touch_group))
    elif chosen.touch_plugin:
        print(touch_plugin(chosen.touch_plugin))
    elif chosen.count is None:
        parser.error("say how many groups")
    else:
        print(write(chosen.folder, chosen.count, single_plugin=chosen.single_plugin))


if __name__ == "__main__":
    main()
