"""Committing after a run, or by itself: what was done, told to people."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from generator.diagnostics import Diagnostic, Label, Severity, SourceFile, Span
from generator.entrypoints.report import deliver
from generator.entrypoints.report.style import style_for
from generator.entrypoints.revisions import below, repository_of
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import BundleKey, Lock
from generator.model.outcome import Kept
from generator.outside.files import PathChanges
from generator.outside.git.pack import Packed
from generator.outside.output import Output
from generator.outside.pending import Pending
from generator.pipeline.commit import commit as commit_output

Doubts: TypeAlias = Callable[[], PathChanges]
"""How definitions differ from HEAD: to be called once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a run that has just written the output knows of it."""

    locks: Mapping[BundleKey, Lock | None] = field(default_factory=dict)
    """Of the bundles that it looked at."""

    kept: Sequence[Kept] = ()
    """Files whose blobs are compressed already."""

    doubts: "Doubts | None" = None
    """Definitions that are not committed, as git has been asked for them; None: it is to be asked."""


def say(space: Workspace, subject: str, *, hooks: bool, report_format: str, prepared: Prepared | None = None) -> None:
    """Commit, and tell what was done: on standard output for people, on standard error beside other formats."""
    repository = repository_of(space)
    folder = below(space, repository, space.settings.out)
    pending = Pending(repository, folder)
    paths = pending.paths()
    if paths != []:
        doubts = prepared.doubts if prepared else None
        with nullcontext(doubts) if doubts else asked(space) as answer:
            doubt = uncommitted(answer(), "the commit will hold output without its source")
            if doubt:
                deliver.diagnostics([replace(doubt, severity=Severity.WARNING)], "text")
    fresh = Output(str(space.root), space.settings.out)
    fresh.know(prepared.locks if prepared else {})
    packed = Packed.of(prepared.kept, folder, repository.algorithm()) if prepared and prepared.kept else None
    done = commit_output(
        repository, folder, fresh, space.settings, paths=paths, packed=packed, subject=subject, hooks=hooks
    )
    pending.committed()
    stream = sys.stdout if report_format == "text" else sys.stderr
    if done is None:
        stream.write("nothing to commit\n")
        return
    made, title = done
    counts = made.changes
    numbers = f"{len(counts.added)} added, {len(counts.changed)} changed, {len(counts.removed)} removed"
    stream.write(f"{style_for(stream)(made.id[:12], 'yellow')} {title} ({numbers})\n")


@contextmanager
def asked(space: Workspace) -> Iterator[Doubts]:
    """Have git look for definitions that are not committed, while the caller does something else."""
    repository = repository_of(space)
    commit = repository.head().commit
    if commit is None:
        yield PathChanges
        return
    folders = [*space.settings.plugins, *space.settings.groups]
    with repository.asked_since(commit, *(below(space, repository, one) for one in folders)) as answer:
        yield answer


def uncommitted(changes: PathChanges, so: str) -> Diagnostic | None:
    """Definitions that are not committed themselves, and what comes of it: an error. None where there are none."""
    paths = [*changes.added, *changes.changed, *changes.removed]
    if not paths:
        return None
    which = f"{paths[0]} and {len(paths) - 1} more differ" if len(paths) > 1 else f"{paths[0]} differs"
    return Diagnostic(
        code="MW716",
        message=f"{which} from HEAD: {so}",
        primary=Label(Span(SourceFile(paths[0], ""), 0, 0)),
        hint="commit the definitions, too",
    )
