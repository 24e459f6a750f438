"""The files of a commit, straight from git's objects: nothing is checked out.

The same rules as in the working tree hold for what is found and what is refused. What differs is the bytes'
source: these are the committed ones, before any line-end conversion of a checkout.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside import files
from generator.outside.git.repository import Repository, clean_folders
from generator.outside.process import Dialogue

_LINK = "120000"
_FOLDER = "040000"
_BATCH = 100  # ids asked for at once: 41 bytes each (65 for SHA-256)


@dataclass(slots=True)
class GitTree:
    """The files at a commit; a `generator.model.tree.Tree`. Close it, or use it in a `with`: it holds a process.

    `tree` is the id of the commit or tree whose top is the root. See `open_tree`.
    """

    repository: Repository
    tree: str
    suffixes: tuple[str, ...] = files.DEFINITION_SUFFIXES
    limit: int = files.LARGEST_FILE
    _listed: dict[str, tuple[int, str]] = field(default_factory=dict, repr=False)
    """The place in `_order` and the blob's id of every plain file that was listed."""
    _order: list[str] = field(default_factory=list, repr=False)
    _next: int = field(default=0, repr=False)
    """The place that follows the last one fetched: who reads in order is served in order."""
    _ahead: dict[str, bytes] = field(default_factory=dict, repr=False)
    """What was fetched before it was asked for."""
    _dialogue: Dialogue | None = field(default=None, repr=False)

    def files(self, *folders: str) -> Sequence[str]:
        """As `WorkingTree.files`. A submodule in *folders* is a mistake: its files are in another repository."""
        return self._files(folders, self.suffixes)

    def everything(self, folder: str) -> Sequence[str]:
        """As `WorkingTree.everything`."""
        return self._files((folder,), ("",))

    def _files(self, folders: Sequence[str], suffixes: tuple[str, ...]) -> Sequence[str]:
        found: list[str] = []
        problems: list[Diagnostic] = []
        for entry in self.repository.entries(self.tree, folders or (".",)):
            path = entry.path
            *above, name = path.split("/")
            hidden = name.startswith(".") and (name != files.HELMIGNORE or suffixes != ("",))
            if hidden or any(part.startswith(".") for part in above):
                continue
            if entry.kind == "commit":
                problems.append(_submodule(path))
            elif entry.mode == _LINK:
                wrong = self._linked(path)
                if wrong:
                    problems.append(wrong)
                elif path.endswith(suffixes):
                    found.append(path)
            elif path.endswith(suffixes):
                if files.UNSPEAKABLE.search(path):
                    problems.append(files.unspeakable(path))
                    continue
                if path not in self._listed:
                    self._listed[path] = (len(self._order), entry.id)
                    self._order.append(path)
                found.append(path)
        if problems:
            raise DiagnosticError(*sorted(problems, key=lambda problem: problem.sort_key))
        return sorted(found)

    def read(self, path: str) -> bytes:
        """As `WorkingTree.read`. Fast for files that were listed, when read in the order of listing."""
        if path in self._ahead:
            return self._ahead.pop(path)
        place, known = self._listed.get(path, (-1, ""))
        if not known and (not files.inside(path) or files.UNSPEAKABLE.search(path)):
            raise files.leads_out(path)
        if place == self._next:
            self._fetch_ahead()
            if path in self._ahead:
                return self._ahead.pop(path)
        elif known:
            self._next = place + 1
        self._ask(known or f"{self.tree}:{path}")
        answer = self._answer()
        match answer.state:
            case "blob":
                return answer.content
            case "large":
                raise files.too_large(path, answer.size, self.limit)
            case "symlink":
                raise files.leads_out(path)
            case "missing" if known:
                message = f"the content of {path} is missing in the repository's objects"
                raise files.problem("MW710", path, message, "`git fsck` tells what else is")
            case "tree" | "commit":
                raise files.problem("MW120", path, f"{path} is not a file")
            case _:
                raise FileNotFoundError(path)

    def contents(self, paths: Sequence[str]) -> dict[str, bytes]:
        """What stands in those of *paths* that are files, many at a time; whatever else they are is left out."""
        found: dict[str, bytes] = {}
        for start in range(0, len(paths), _BATCH):
            batch = [path for path in paths[start : start + _BATCH] if files.inside(path) and "\n" not in path]
            self._ask(*(f"{self.tree}:{path}" for path in batch))
            for path in batch:
                answer = self._answer()
                if answer.state == "blob":
                    found[path] = answer.content
                elif answer.state == "large":
                    raise files.too_large(path, answer.size, self.limit)
        return found

    def close(self) -> None:
        """End the process. The tree may still be used: it starts a new one."""
        if self._dialogue:
            self._dialogue.close()
            self._dialogue = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fetch_ahead(self) -> None:
        """Fetch the next files of the listing.

        A question and its answer cost two switches between processes, ten times the work itself. Anything out
        of the ordinary is left for `read` to meet again.
        """
        batch = self._order[self._next : self._next + _BATCH]
        self._next += len(batch)
        self._ahead.clear()
        self._ask(*(self._listed[name][1] for name in batch))
        for name in batch:
            answer = self._answer()
            if answer.state == "blob":
                self._ahead[name] = answer.content
            elif answer.state == "large":
                return

    def _linked(self, path: str) -> Diagnostic | None:
        """What is wrong with a symbolic link, if it concerns us at all."""
        self._ask(f"{self.tree}:{path}")
        state = self._answer().state
        if state == "tree":
            return files.linked_folder(path)
        if state in {"blob", "large"} or not path.endswith(self.suffixes):
            return None
        return files.leads_out(path).diagnostics[0] if state == "symlink" else files.leads_nowhere(path)

    def _ask(self, *names: str) -> None:
        """Ask git for objects. Together the names are far smaller than a pipe's buffer."""
        if self._dialogue is None:
            batch = self.repository.command("cat-file", "--batch", "--follow-symlinks")
            self._dialogue = Dialogue(batch)
        self._dialogue.ask("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))

    def _answer(self) -> "_Answer":
        """What the next name that was asked for is. After a `large` one the program is gone, and its answers."""
        assert self._dialogue
        words = self._dialogue.line().decode("utf-8", "replace").rsplit(" ", 2)
        if words[-1] == "missing":
            return _Answer("missing")
        if len(words) == 2:  # a kind of link, and the length of the text that follows
            self._dialogue.exactly(int(words[1]) + 1)
            return _Answer(words[0])
        size = int(words[2])
        if size > self.limit:
            self.close()
            return _Answer("large", size=size)
        return _Answer(words[1], self._dialogue.exactly(size + 1)[:-1], size)


class _Answer(NamedTuple):
    """What git says of a name, links followed.

    `state` is `blob`, `tree`, `commit`; `symlink` for a link that leads out of the tree; `dangling`, `loop`,
    `notdir`, `missing`; and `large` for a blob over the limit. `size` is in bytes.
    """

    state: str
    content: bytes = b""
    size: int = 0


def open_tree(repository: Repository, revision: str, below: str = "") -> GitTree:
    """The files at *revision*, seen from the folder *below* of the repository (empty: its root)."""
    commit = repository.resolve(revision)
    folder = "/".join(part for part in below.split("/") if part not in {"", "."})
    if not folder:
        return GitTree(repository, commit)
    listed = repository.run("ls-tree", "-d", "-z", "--full-tree", commit, "--", *clean_folders((folder,)))
    about = listed.split(b"\t")[0].decode().split(" ")
    if about[0] != _FOLDER:
        raise DiagnosticError(Diagnostic(code="MW713", message=f"there is no folder {folder} in {revision}"))
    return GitTree(repository, about[2])


def _submodule(path: str) -> Diagnostic:
    return files.diagnostic(
        "MW714",
        path,
        f"{path} is a submodule: its files are in another repository, not in commits of this one",
        "copy the definitions into this repository, or work on the checked out files",
    )
