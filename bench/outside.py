"""What the outside world costs for 10,000 groups: reading, replacing the output, committing it, remembering.

    python bench/outside.py [FOLDER]      a folder on the file system in question; a temporary one by default

Prints seconds, the best of three where a step can be repeated. The input is 10,000 definitions in a hundred folders;
the output 60,000 files of about 1.1 KB in 10,000 bundles. Everything is made below FOLDER and removed afterwards.
"""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from unittest import mock

from generator.model.bundle import BundleKey
from generator.outside.cache import Cache, open_cache
from generator.outside.files import Snapshot, WorkingTree
from generator.outside.git import Message, Repository, commit_tree, open_tree
from generator.outside.index import Bundle, Definition, Edge, Index, Memory, Update, digest, open_index
from generator.outside.replace import differing, replace

GROUPS = 10_000
LATER = 10_000_000_000


def manifest(group: int, part: int, version: int) -> bytes:
    lines = (
        f"  key{key}: {hashlib.md5(f'{group}.{part}.{key}.{version}'.encode()).hexdigest()}\n" for key in range(25)
    )
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: g{group}-{part}\ndata:\n{''.join(lines)}".encode()


def output(version: int, groups: range = range(GROUPS), parts: tuple[int, ...] = tuple(range(6))) -> dict[str, bytes]:
    names = [*(f"{'storage' if part < 2 else 'compute'}/kind-{part}.yaml" for part in range(5)), "bundle.lock"]
    return {
        f"prod/group-{group:05}/{names[part]}": manifest(group, part, version) for group in groups for part in parts
    }


def measure(name: str, work: Callable[[], object], times: int = 1) -> None:
    best = min(timed(work) for _ in range(times))
    print(f"{name:<58} {best:9.4f}", flush=True)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def reading(root: Path) -> None:
    for group in range(GROUPS):
        folder = root / f"groups/team-{group % 100}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"group-{group:05}.yaml").write_bytes(manifest(group, 0, 0))
    tree = WorkingTree(str(root))
    measure("list 10,000 definitions", lambda: tree.files("groups"), 3)
    measure("snapshot of 10,000 definitions", lambda: tree.snapshot("groups"), 3)
    measure("read 10,000 definitions", lambda: [tree.read(path) for path in tree.files("groups")], 3)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "groups")
    git(root, "commit", "--quiet", "--message=definitions")
    repository = found(root)

    def read_commit() -> None:
        with open_tree(repository, "HEAD") as commit:
            for path in commit.files("groups"):
                commit.read(path)

    measure("read 10,000 definitions of a commit", read_commit, 3)
    measure("what changed since a commit", lambda: repository.changed_since("HEAD", "groups"), 3)
    measure("find the repository", lambda: Repository.find(str(root / "groups")), 3)
    measure("head of the repository", repository.head, 3)


def replacing(out: str) -> None:
    first, second = output(0), output(1)
    replacing_as(out, first, second, "")
    with mock.patch("generator.outside.staging.flush"):
        replacing_as(out, first, second, ", without flush")
    measure("replace a hundred bundles, one swap", lambda: replace(out, output(3, range(100)), carried=10**9))
    measure("find what differs among 60,000 files", lambda: differing(out, second), 3)


def replacing_as(out: str, first: Mapping[str, bytes], second: Mapping[str, bytes], how: str) -> None:
    shutil.rmtree(out, ignore_errors=True)
    measure(f"write 60,000 files{how}", lambda: replace(out, first))
    measure(f"replace 60,000 files{how}", lambda: replace(out, second))
    bundle, hundred, wide = output(2, range(42, 43)), output(2, range(100)), output(2, parts=(3,))
    measure(f"replace one bundle{how}", lambda: replace(out, bundle), 3)
    measure(f"replace a hundred bundles{how}", lambda: replace(out, hundred), 3)
    measure(f"replace one file in each bundle{how}", lambda: replace(out, wide))


def committing(root: Path) -> None:
    out, repository, version = str(root / "out"), found(root), iter(range(10, 1000))
    shutil.rmtree(out)

    def commit(changes: Mapping[str, bytes], *, named: bool = True) -> Callable[[], object]:
        replace(out, changes)
        paths = [f"out/{path}" for path in changes] if named else None
        return lambda: commit_tree(repository, ("out",), Message(subject="Render"), paths=paths)

    measure("commit 60,000 new files", commit(output(next(version))))
    # Its time says nothing: each run needs a change of its own, which is made first.
    for groups, name in ((range(1), "one bundle"), (range(100), "a hundred bundles")):
        best = min(timed(commit(output(next(version), groups))) for _ in range(5))
        print(f"{'commit ' + name:<58} {best:9.4f}")
        best = min(timed(commit(output(next(version), groups), named=False)) for _ in range(3))
        print(f"{'commit ' + name + ', looked for':<58} {best:9.4f}")
    measure("commit one file in each bundle", commit(output(next(version), parts=(3,))))
    measure("commit nothing", commit({}), 3)
    measure("commit nothing, looked for", commit({}, named=False), 3)


def remembering(root: Path) -> None:
    tree, index = WorkingTree(str(root)), open_index(str(root / ".git/mwgen/index.sqlite"), "bench")
    seen = tree.snapshot("groups")
    snapshot = Snapshot(seen.files, seen.taken_ns + LATER)
    measure("store 10,000 inputs, bundles, and 60,000 objects", lambda: index.store(everything(tree, snapshot)))
    one = Update(snapshot=snapshot, bundles=dict([a_bundle(7)]))
    measure("store one bundle", lambda: index.store(one), 3)

    def ask(question: Callable[[Memory], object]) -> Callable[[], object]:
        return lambda: fresh(root).consult(question)

    measure("open, and nothing changed", ask(lambda memory: memory.changed_inputs(snapshot, tree.read)), 3)
    plugin, group = Definition("Plugin", "redis"), Definition("Group", "group-7")
    measure("bundles affected by a group", ask(lambda memory: memory.bundles_affected([group])), 3)
    measure("bundles affected by a plugin that all use", ask(lambda memory: memory.bundles_affected([plugin])), 3)
    measure("owners of six objects", ask(lambda memory: memory.owners(a_bundle(7)[1].objects)), 3)
    cache = open_cache(str(root), {"HOME": str(root.parent / "home")})
    keys = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(500)]
    measure("put 500 entries of 20 KB into the cache", lambda: fill(cache, keys))
    measure("get 500 entries from the cache", lambda: [cache.get(key) for key in keys], 3)


def fill(cache: Cache, keys: Sequence[str]) -> None:
    for key in keys:
        cache.put(key, b"x" * 20_000)


def everything(tree: WorkingTree, snapshot: Snapshot) -> Update:
    names = {path: Definition("Group", f"group-{number}") for number, path in enumerate(snapshot.files)}
    return Update(
        snapshot=snapshot,
        digests={path: digest(tree.read(path)) for path in snapshot.files},
        definitions={path: [name] for path, name in names.items()},
        edges={
            name: [Edge("plugin", Definition("Plugin", "redis")), Edge("extends", Definition("Group", "base"))]
            for name in names.values()
        },
        bundles=dict(map(a_bundle, range(GROUPS))),
        whole=True,
    )


def a_bundle(number: int) -> tuple[BundleKey, Bundle]:
    sources = (Definition("Group", f"group-{number}"), Definition("Environment", "prod"))
    objects = tuple(f"prod/v1/ConfigMap/g{number}-{part}" for part in range(6))
    bundle = Bundle(
        plugin="redis", plugin_version="2.1.0", sources=sources, inputs=bytes(16), stamp=bytes(16), objects=objects
    )
    return BundleKey("prod", f"group-{number}"), bundle


def fresh(root: Path) -> Index:
    return open_index(str(root / ".git/mwgen/index.sqlite"), "bench")


def found(root: Path) -> Repository:
    repository = Repository.find(str(root))
    assert repository
    return repository


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0")
    subprocess.run(("git", *identity, *arguments), cwd=root, check=True)


def main() -> None:
    os.environ.update({f"GIT_{role}_{part}": "bench" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")})
    with tempfile.TemporaryDirectory(prefix="mwgen-bench-", dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        root = Path(folder, "repository")
        reading(root)
        replacing(str(root / "out"))
        committing(root)
        remembering(root)
    print(f"{'largest resident size, MB':<58} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f}")


if __name__ == "__main__":
    main()
