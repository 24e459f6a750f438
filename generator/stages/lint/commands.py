"""Rules about commands of well-known programs: what they print, what they refuse, and whether they say so."""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.model.plugin import HookCommand, Plugin
from generator.stages.lint.subject import Subject, warning
from generator.yamlio.locate import Place


class _Sample(NamedTuple):
    """What a command prints, for one role each."""

    outputs: tuple[str, ...]
    instead: str = ""


_INFO = "# Replication\r\nrole:{}\r\nconnected_slaves:0\r\nmaster_failover_state:no-failover\r\n"
SAMPLES: dict[tuple[str, ...], _Sample] = {
    ("redis-cli", "role"): _Sample(
        ("master\n14\n\n", "slave\n127.0.0.1\n6379\nconnected\n14\n"),
        "redis-cli info replication prints role:master and role:slave",
    ),
    ("redis-cli", "info", "replication"): _Sample((_INFO.format("master"), _INFO.format("slave"))),
}
"""By program and words: recorded from real servers."""

_REDIS_VALUED = frozenset({"-h", "-p", "-a", "-n", "-s", "-u", "--user", "--pass", "-t", "-r", "-i"})
_FAILOVER = re.compile(r"failover( to \S+ \d+( force)?)?( abort)?( timeout \d+)?", re.IGNORECASE)


def roles(subject: Subject) -> Iterator[Diagnostic]:
    """The pattern finds a role in what the command prints."""
    found = subject.plugin.high_availability
    detection = found.passive.role_detection if found and found.passive else None
    if detection is None or not detection.parse_pattern:
        return
    commands: list[tuple[str, Sequence[str], Place]] = [(detection.command, (), detection.place / "command")]
    verify = found.active.verify if found and found.active else None
    if verify and verify.command and verify.expected_role:
        commands.append((verify.command, verify.args, verify.place / "command"))
    for command, args, place in commands:
        words = _words(command, args)
        sample = SAMPLES.get(_essence(words))
        if sample is None or any(re.search(detection.parse_pattern, one) for one in sample.outputs):
            continue
        shown = " / ".join(one.split("\n", 1)[0].strip() for one in sample.outputs)
        yield warning(
            "MW236",
            f"the pattern {detection.parse_pattern} finds no role in what {' '.join(words)} prints: {shown}",
            place,
            sample.instead or "change the pattern",
        )


def failover(subject: Subject) -> Iterator[Diagnostic]:
    """Commands to a Redis server whose refusal nobody would notice, or that it refuses for sure."""
    for hook in _hooks(subject.plugin):
        words = _words(hook.command, hook.args)
        if words[:1] != ["redis-cli"]:
            continue
        options, rest = _split(words[1:])
        place: Place = hook.place / ("args" if hook.args else "command")
        if rest and rest[0].lower() == "failover" and not _FAILOVER.fullmatch(" ".join(rest)):
            yield warning(
                "MW238",
                f"Redis refuses `{' '.join(rest)}`: ERR syntax error",
                place,
                "its form is FAILOVER [TO host port [FORCE]] [ABORT] [TIMEOUT milliseconds]",
            )
        if rest and "-e" not in options:
            yield warning(
                "MW237",
                "redis-cli succeeds even where the server answers with an error: nobody would notice",
                hook.place / "command",
                "add -e: redis-cli -e …",
            )


def _hooks(plugin: Plugin) -> Iterator[HookCommand]:
    active = plugin.high_availability.active if plugin.high_availability else None
    if active and active.enabled and active.command and active.command.enabled:
        yield active.command


def clients(plugin: Plugin) -> set[str]:
    """The programs that the plugin's commands about roles start."""
    found = plugin.high_availability
    detection = found.passive.role_detection if found and found.passive else None
    commands = [detection.command] if detection else []
    commands += [hook.command for hook in _hooks(plugin)]
    words = (_words(command, ()) for command in commands)
    return {one[0] for one in words if one and "/" not in one[0]} - {"sh", "bash", "test", "["}


def _words(command: str, args: Sequence[str]) -> list[str]:
    try:
        return [*shlex.split(command), *args]
    except ValueError:
        return []


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of redis-cli, and the command for the server: everything from its first word on."""
    options: list[str] = []
    waiting = list(words)
    while waiting and waiting[0].startswith("-"):
        options.append(waiting.pop(0))
        if options[-1] in _REDIS_VALUED and waiting:
            options.append(waiting.pop(0))
    return options, waiting


def _essence(words: Sequence[str]) -> tuple[str, ...]:
    if not words:
        return ()
    _, rest = _split(words[1:])
    return (words[0].rpartition("/")[2], *(one.lower() for one in rest))
