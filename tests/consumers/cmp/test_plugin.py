"""Argo CD itself runs the plugin: its sidecar's server on its socket, asked by its repo-server's own code.

`main.go` beside this file is both, made of Argo CD's packages; `.ci/install` builds it as `argocd-cmp`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.load import document
from tests.e2e.doors.sidecar import MWGEN, REVISION, Sidecar

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy/argocd"
STARTED = 20.0
"""Seconds that the server may take to start on a busy machine."""


@dataclass(frozen=True)
class ArgoCD:
    """A sidecar's server that runs, and a repository that its repo-server has checked out."""

    program: str
    sockets: Path
    repository: Path

    def ask(self, verb: str, path: str = ".", *, seconds: float = 60, **request: Any) -> dict[str, Any]:
        """What comes back for an Application with that *path*."""
        told = {
            "name": "the-app", "namespace": "middleware", "path": path, "revision": REVISION, "kubeVersion": "1.31.4",
            "apiVersions": ["v1", "apps/v1"], "exclude": [".git/*"], "seconds": seconds, **request,
        }  # fmt: skip
        done = subprocess.run(
            [self.program, verb, str(self.repository)],
            input=json.dumps(told).encode(),
            env={**os.environ, "ARGOCD_PLUGINSOCKFILEPATH": str(self.sockets)},
            capture_output=True,
            check=True,
            timeout=120,
        )
        answer = json.loads(done.stdout)
        assert isinstance(answer, dict)
        return answer

    def objects(self, path: str = ".", **request: Any) -> list[Any]:
        """The objects that Argo CD has read."""
        answer = self.ask("manifests", path, **request)
        assert "error" not in answer, answer["error"]
        return [json.loads(one) for one in answer["manifests"]]


def served(program: str, config: Path, folder: Path) -> Iterator[ArgoCD]:
    """Starts the server for the plugin in the file *config*."""
    sockets = Path(tempfile.mkdtemp(prefix="cmp-"))  # a socket's path may have 107 characters
    (folder / "config").mkdir()
    shutil.copyfile(config, folder / "config/plugin.yaml")
    (folder / "tmp").mkdir()
    repository = Sidecar.of(ROOT, folder / "repository", ["plugins", "groups", "out", "mwgen.yaml"]).folder
    (repository / ".git").mkdir()
    (repository / ".git/HEAD").write_text("not even a repository\n")
    surroundings = {
        "PATH": f"{Path(MWGEN).parent}:/usr/bin:/bin",
        "TMPDIR": str(folder / "tmp"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ARGOCD_PLUGINSOCKFILEPATH": str(sockets),
        "ARGOCD_CMP_WORKDIR": str(folder / "work"),
    }
    log = folder / "server.log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [program, "serve", "--config-dir-path", str(folder / "config")], env=surroundings, stderr=written
        )
    try:
        end = time.monotonic() + STARTED
        while not (sockets / "mwgen.sock").exists():
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield ArgoCD(program, sockets, repository)
    finally:  # at SIGTERM it only removes its socket
        server.kill()
        server.wait()
        shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture(scope="module")
def argocd(require_tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArgoCD]:
    """With the plugin that Applications name."""
    yield from served(require_tool("argocd-cmp"), DEPLOY / "plugin.yaml", tmp_path_factory.mktemp("named"))


@pytest.fixture(scope="module")
def discovering(require_tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArgoCD]:
    """With the plugin that Argo CD finds by itself."""
    yield from served(require_tool("argocd-cmp"), DEPLOY / "plugin-discover.yaml", tmp_path_factory.mktemp("found"))


NAMED = {"name": "mwgen"}
BUNDLES = sorted(path.parent.relative_to(ROOT / "out").as_posix() for path in ROOT.glob("out/*/*/bundle.lock"))


def held(bundle: str) -> list[Any]:
    """The objects in a bundle's files, by path."""
    lock = json.loads((ROOT / "out" / bundle / "bundle.lock").read_bytes())
    paths = sorted(ROOT / "out" / bundle / one["path"] for one in lock["objects"])
    return [document(SourceFile(path.name, path.read_text())).value for path in paths]


def in_order(objects: list[Any]) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in objects)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_argo_cd_reads_of_the_plugin_what_stands_in_the_files(bundle: str, argocd: ArgoCD) -> None:
    environment, group = bundle.split("/")
    named = [{"name": "group", "string": group}, {"name": "environment", "string": environment}]
    read = argocd.objects("groups", plugin={**NAMED, "parameters": named})
    assert in_order(read) == in_order(held(bundle))


def test_the_path_says_which_bundle(argocd: ArgoCD) -> None:
    assert in_order(argocd.objects("out/prod/orders-cache", plugin=NAMED)) == in_order(held("prod/orders-cache"))


def test_parameters_and_env_reach_the_values(argocd: ArgoCD) -> None:
    plugin = {
        **NAMED,
        "parameters": [{"name": "values.redisConfig", "map": {"maxmemory": "777mb"}}],
        "env": [{"name": "values.terminationGracePeriodSeconds", "value": "44"}],
    }
    text = json.dumps(argocd.objects("out/prod/orders-cache", plugin=plugin))
    assert "maxmemory 777mb" in text
    assert '"terminationGracePeriodSeconds": 44' in text


def test_the_interface_gets_parameters_and_their_defaults(argocd: ArgoCD) -> None:
    answer = argocd.ask("parameters", "out/prod/orders-cache", plugin=NAMED)
    listed = {one["name"]: one for one in answer["parameters"]}
    assert listed["group"]["string"] == "orders-cache"
    assert listed["values.redisConfig.maxmemory"]["string"] == "1500mb"
    assert (
        "group orders-cache, values (groups/caches/orders-cache.yaml:"
        in listed["values.redisConfig.maxmemory"]["tooltip"]
    )
    assert listed["values.networkPolicy.allowFrom"]["collectionType"] == "array"
    assert listed["values.networkPolicy.allowFrom"]["array"] == ['{"namespace": "orders"}']


def test_an_error_is_a_line_that_fits(argocd: ArgoCD) -> None:
    plugin = {**NAMED, "parameters": [{"name": "group", "string": "order-cache"}]}
    answer = argocd.ask("manifests", plugin=plugin)
    assert "`mwgen cmp generate` failed exit status 1: error[MW319]: there is no group" in answer["error"]
    assert 'did you mean "orders-cache"?' in answer["error"]
    assert len(answer["error"]) < 400
    assert "manifests" not in answer


def test_broken_parameters_are_an_error(argocd: ArgoCD) -> None:
    answer = argocd.ask("manifests", plugin={**NAMED, "parameters": [{"name": "values.redisConfig"}]})
    assert "error[MW805]: parameter values.redisConfig has none or several" in answer["error"]


def test_at_the_deadline_the_plugin_is_stopped_and_the_next_one_is_served(argocd: ArgoCD) -> None:
    answer = argocd.ask("manifests", "out/prod/orders-cache", plugin=NAMED, seconds=0.3)
    if "error" in answer:
        assert "Traceback" not in answer["error"]
    assert argocd.objects("out/prod/orders-cache", plugin=NAMED)


def test_only_a_part_of_the_repository_is_told_apart(argocd: ArgoCD) -> None:
    answer = argocd.ask("manifests", "groups/caches", plugin=NAMED, generatePaths="/groups")
    assert "error[MW801]: neither this folder nor any above it has a mwgen.yaml" in answer["error"]
    named = [{"name": "group", "string": "orders-cache"}, {"name": "environment", "string": "prod"}]
    read = argocd.objects(
        "groups/caches", plugin={**NAMED, "parameters": named}, generatePaths="/plugins;/groups;/out;/mwgen.yaml"
    )
    assert in_order(read) == in_order(held("prod/orders-cache"))


def test_a_named_plugin_is_asked_about_nothing_else(argocd: ArgoCD) -> None:
    answer = argocd.ask("manifests", "out/prod/orders-cache", directory={"recurse": True})
    assert answer["type"] == "Directory"


def test_discovery_finds_the_root_and_leaves_rendered_bundles_alone(discovering: ArgoCD) -> None:
    named = [{"name": "group", "string": "orders-cache"}, {"name": "environment", "string": "prod"}]
    found = discovering.ask("manifests", ".", plugin={"parameters": named})
    assert found["type"] == "Plugin"
    rendered = discovering.ask("manifests", "out/prod/orders-cache", directory={"recurse": True})
    assert rendered["type"] == "Directory"
    assert sorted(found["manifests"]) == sorted(rendered["manifests"])


def test_the_patch_puts_the_sidecar_beside_argo_cds_own_containers(require_tool: Callable[[str], str]) -> None:
    """Against the Deployment that Argo CD of this version ships: every volume is there, and nothing else changes."""
    module = [require_tool("go"), "list", "-m", "-f", "{{.Dir}}", "github.com/argoproj/argo-cd/v3"]
    folder = subprocess.run(
        module, cwd=Path(__file__).parent, capture_output=True, check=True, text=True
    ).stdout.strip()
    shipped = Path(folder, "manifests/base/repo-server/argocd-repo-server-deployment.yaml")
    patch = ["--type=strategic", f"--patch-file={DEPLOY / 'repo-server-patch.yaml'}", "-o=json"]
    command = [require_tool("kubectl"), "patch", "--local", f"--filename={shipped}", *patch]
    patched = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["spec"]["template"]["spec"]
    before = document(SourceFile("shipped", shipped.read_text())).value["spec"]["template"]["spec"]
    sidecar, *others = sorted(patched["containers"], key=lambda one: bool(one["name"] != "mwgen"))
    assert sidecar["name"] == "mwgen"
    assert [one["name"] for one in others] == [one["name"] for one in before["containers"]]
    volumes = {one["name"] for one in patched["volumes"]}
    assert {one["name"] for one in sidecar["volumeMounts"]} <= volumes
    assert volumes == {one["name"] for one in before["volumes"]} | {"mwgen-tmp"}
    paths = {one["mountPath"] for container in before["containers"] for one in container["volumeMounts"]}
    assert {"/var/run/argocd", "/home/argocd/cmp-server/plugins"} <= paths | {
        one["mountPath"] for one in before["initContainers"][0]["volumeMounts"]
    }


def test_the_image_has_what_the_plugin_runs() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    assert "USER 999" in lines
    assert "COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml" in lines
    assert lines[-1] == 'ENTRYPOINT ["/var/run/argocd/argocd-cmp-server"]'
    (program,) = re.findall(r"compileall .*\$\(python -c '(.*)'\)", "\n".join(lines))
    compiled = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert Path(compiled.strip(), "os.py").is_file(), "Python's own library has no bytecode in the base image"
    for name in ("plugin.yaml", "plugin-discover.yaml"):
        plugin = document(SourceFile(name, (DEPLOY / name).read_text())).value
        assert plugin["metadata"] == {"name": "mwgen"}
        assert "version" not in plugin["spec"]
