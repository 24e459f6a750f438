"""Stands for `aws`, `gcloud`, `az` and `kubectl` on PATH, by the name that it is called by.

A bucket is a folder below $CLOUD. Every call is written to $CLOUD.calls, as JSON, one a line. Only what the scripts
use is there; anything else is an error, so that a slip in an argument cannot pass.
"""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CLOUD = Path(os.environ["CLOUD"])


def fail(why: str) -> int:
    sys.stderr.write(f"{sys.argv[0]}: {why}: {sys.argv[1:]}\n")
    return 1


def options(words: list[str], flags: set[str], valued: set[str]) -> tuple[list[str], dict[str, str]]:
    """Positional words, and options; an unknown one ends the program."""
    found: dict[str, str] = {}
    rest: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word in flags:
            found[word] = "yes"
        elif word in valued:
            found[word] = waiting.pop(0)
        elif word.startswith("--"):
            sys.exit(fail(f"no option {word}"))
        else:
            rest.append(word)
    return rest, found


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def place(url: str, scheme: str) -> Path:
    return CLOUD / url.removeprefix(scheme) if url.startswith(scheme) else Path(url)


def aws(words: list[str]) -> int:
    if words[:1] != ["s3"]:
        return fail("no such command")
    rest, given = options(words[2:], {"--only-show-errors", "--recursive"}, {"--exclude"})
    paths = [place(word, "s3://") for word in rest]
    match words[1]:
        case "cp" if "--recursive" in given:
            files = [one for one in below(paths[0]) if one.name != given.get("--exclude")]
            if not files and not paths[0].is_dir():
                return fail("no such folder")
            for one in files:
                copy(one, paths[1] / one.relative_to(paths[0]))
        case "cp":
            copy(*paths)
        case "ls" if rest[0].endswith("/"):
            if not paths[0].is_dir():
                return 1
            for one in sorted(paths[0].iterdir()):
                sys.stdout.write(
                    f"                           PRE {one.name}/\n" if one.is_dir() else f"1 1 1 {one.name}\n"
                )
        case "ls":
            return 0 if paths[0].is_file() else 1
        case "rm":
            shutil.rmtree(paths[0])
        case _:
            return fail("no such command")
    return 0


def gcloud(words: list[str]) -> int:
    if words[:1] != ["storage"]:
        return fail("no such command")
    rest, given = options(words[2:], {"--quiet", "--recursive"}, {"--exclude"})
    paths = [place(word, "gs://") for word in rest]
    match words[1]:
        case "rsync":
            pattern = given.get("--exclude")
            for one in below(paths[0]):
                name = str(one.relative_to(paths[0]))
                if not (pattern and re.match(pattern, name)):
                    copy(one, paths[1] / name)
        case "cp":
            copy(*paths)
        case "ls" if paths[0].is_dir():
            for one in sorted(paths[0].iterdir()):
                sys.stdout.write(f"{rest[0]}{one.name}{'/' * one.is_dir()}\n")
        case "ls":
            return 0 if paths[0].is_file() else 1
        case "rm":
            shutil.rmtree(paths[0])
        case _:
            return fail("no such command")
    return 0


AZURE = {
    "--source", "--destination", "--destination-path", "--pattern", "--container-name", "--name", "--file", "--prefix",
    "--delimiter", "--query", "--output",
}  # fmt: skip


def az(words: list[str]) -> int:
    if words[:2] != ["storage", "blob"]:
        return fail("no such command")
    _, given = options(words[3:], {"--only-show-errors", "--overwrite"}, AZURE)
    container = CLOUD / given.get("--container-name", "")
    match words[2]:
        case "upload-batch":
            source, target = Path(given["--source"]), CLOUD / given["--destination"] / given["--destination-path"]
            for one in below(source):
                copy(one, target / one.relative_to(source))
        case "upload":
            copy(Path(given["--file"]), container / given["--name"])
        case "download-batch":
            base = CLOUD / given["--source"]
            for one in below(base):
                if fnmatch.fnmatch(str(one.relative_to(base)), given["--pattern"]):
                    copy(one, Path(given["--destination"]) / one.relative_to(base))
        case "list":
            folder = container / given["--prefix"]
            for one in sorted(folder.iterdir()) if folder.is_dir() else ():
                sys.stdout.write(f"{given['--prefix']}{one.name}{'/' * one.is_dir()}\n")
        case "show":
            return 0 if (container / given["--name"]).is_file() else 3
        case "delete-batch":
            base = CLOUD / given["--source"]
            for one in below(base):
                if fnmatch.fnmatch(str(one.relative_to(base)), given["--pattern"]):
                    one.unlink()
            for folder in sorted((path for path in base.rglob("*") if path.is_dir()), reverse=True):
                if not any(folder.iterdir()):
                    folder.rmdir()
        case _:
            return fail("no such command")
    return 0


def kubectl(words: list[str]) -> int:
    """One pod, whose containers are this machine."""
    if words[0] == "get":
        sys.stdout.write("pod/only-0\n")
        return 0
    if words[0] == "exec":
        return subprocess.run(words[words.index("--") + 1 :], check=False).returncode
    return fail("no such command")


def main() -> int:
    name = Path(sys.argv[0]).name
    with Path(f"{CLOUD}.calls").open("a") as calls:
        calls.write(json.dumps([name, *sys.argv[1:]]) + "\n")
    return {"aws": aws, "gcloud": gcloud, "az": az, "kubectl": kubectl}[name](sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
