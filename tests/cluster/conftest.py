"""A cluster without machines: it takes, refuses, defaults and stores objects as every cluster does.

No controller and no node runs: nothing starts, and nothing becomes ready. Flux's own is there for its tests alone.

Every process of the tests that runs one of these has a cluster of its own. They are few, and stand side by side where
tests are dealt out in runs of neighbours, so that one process has them all.
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cluster.servers import PATIENCE, Cluster, NotUpError, Servers

CRDS = Path(__file__).parents[1] / "tools" / "crds"
CRD_FILES = {
    "github.com/prometheus-operator/prometheus-operator": (
        "example/prometheus-operator-crd/*_podmonitors.yaml",
        "example/prometheus-operator-crd/*_prometheusrules.yaml",
        "example/prometheus-operator-crd/*_servicemonitors.yaml",
    ),
    "github.com/argoproj/argo-cd/v3": ("manifests/crds/*-crd.yaml",),
    "github.com/fluxcd/kustomize-controller": ("config/crd/bases/*.yaml",),
    "github.com/fluxcd/source-controller": ("config/crd/bases/*.yaml",),
}
"""Modules that have custom resource definitions, and where."""


@pytest.fixture(scope="session")
def cluster(require_tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One cluster for all tests, with the custom resources that our objects need."""
    programs = {name: require_tool(name) for name in ("etcd", "kube-apiserver", "kubectl", "go", "openssl")}
    servers = Servers(tmp_path_factory.mktemp("cluster"), programs)
    try:
        made = servers.start()
        definitions(made, programs["go"])
        yield made
    except NotUpError as error:
        pytest.fail(f"the cluster does not come up\n{error}")
    finally:
        servers.stop()


def definitions(cluster: Cluster, go: str) -> None:
    """Install the custom resource definitions, and wait until they are served."""
    found = subprocess.run(
        [go, "mod", "download", "-json", *CRD_FILES],
        cwd=CRDS,
        capture_output=True,
        text=True,
        check=True,
    )
    decoder, text, files = json.JSONDecoder(), found.stdout.strip(), []
    while text:
        module, end = decoder.raw_decode(text)
        text = text[end:].lstrip()
        for pattern in CRD_FILES[module["Path"]]:
            matches = sorted(Path(module["Dir"]).glob(pattern))
            assert matches, pattern
            files += matches
    answer = cluster.apply(files)
    assert answer.code == 0, answer.err
    # kubectl takes a definition whose conditions are null, as they are at first, for an error.
    patience = time.monotonic() + PATIENCE
    while cluster.run("wait", "--for=condition=Established", "crd", "--all", "--timeout=300s").code:
        assert time.monotonic() < patience, "the definitions are not served"
        time.sleep(0.2)
