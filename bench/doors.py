"""How long Argo CD waits for the plugin: a process start to the manifests of one group, out of N.

`python -m bench.doors 2000` makes a fleet of that many groups in a temporary folder and starts `mwgen cmp generate` in
it again and again, without and with compiled templates kept from the run before; CPU seconds are the process's own,
whatever else the machine does.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MWGEN = Path(sys.executable).with_name("mwgen")
FLEET = Path(__file__).with_name("fleet.py")


def started(folder: Path, group: str, cache: str) -> tuple[float, float]:
    """Wall and CPU seconds of one start."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    done = subprocess.run(
        [MWGEN, "cmp", "generate"],
        cwd=folder / "groups",
        env={"PATH": "/nowhere", "ARGOCD_APP_PARAMETERS": "null", "ARGOCD_ENV_GROUP": group, "XDG_CACHE_HOME": cache},
        capture_output=True,
        check=True,
    )
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stdout.startswith(b"apiVersion: ")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("groups", type=int, nargs="?", default=2000)
    parser.add_argument("--repeats", type=int, default=15)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "fleet")
        subprocess.run([sys.executable, FLEET, str(wanted.groups), folder], check=True, capture_output=True)
        (folder / "mwgen.yaml").touch()
        files = sorted(path for path in folder.glob("groups/*/*.yaml") if "kind: Group" in path.read_text())
        group = files[len(files) // 2].stem
        for title, cache in (("no cache", ""), ("templates kept", f"{place}/cache")):
            runs = [started(folder, group, cache) for _ in range(wanted.repeats)]
            wall, cpu = (statistics.median(one) for one in zip(*runs, strict=True))
            print(f"{title:15} wall {wall:.2f} s, CPU {cpu:.2f} s (medians of {wanted.repeats})")


if __name__ == "__main__":
    main()
