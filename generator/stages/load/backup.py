"""`spec.backup` of a plugin, and of a group."""

import re
from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Label, Severity
from generator.model.plugin import Backup
from generator.stages.load import fields
from generator.stages.objects.syntax import cron_mistake
from generator.yamlio.cursor import Cursor, parsed

PROVIDERS = ("s3", "gcs", "azure", "minio")
_MODES = ("network", "volume", "exec")
_COMMANDS = ("backup", "restore", "live", "empty")
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_PREFIX = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._=-]*(/[A-Za-z0-9_][A-Za-z0-9._=-]*)*\Z")


def backup(cursor: Cursor) -> Backup:
    """How data are saved and brought back."""
    commands, programs = cursor.optional("commands", _commands) or (dict.fromkeys(_COMMANDS, ""), {})
    result = Backup(
        providers=cursor.each("providers", lambda entry: entry.choice(*PROVIDERS)),
        backup_command=commands["backup"],
        restore_command=commands["restore"],
        live_command=commands["live"],
        empty_command=commands["empty"],
        backup_program=programs.get("backup", ()),
        restore_program=programs.get("restore", ()),
        upload_commands=cursor.optional("uploadCommands", _by_provider, {}),
        download_commands=cursor.optional("downloadCommands", _by_provider, {}),
        schedule=cursor.optional("schedule", schedule, ""),
        mode=cursor.one_of("mode", *_MODES, default=""),
        restore_mode=cursor.one_of("restoreMode", *_MODES, default=""),
        component=cursor.optional("component", str, ""),
        topologies=cursor.each("topologies", str),
        image=cursor.optional("image", str, ""),
        images=cursor.optional("images", _by_provider, {}),
        env=cursor.mapping("env", str),
        secret_env=cursor.mapping("secretEnv", str),
        resources=cursor.optional("resources", fields.free_map, {}),
        timeout=cursor.optional("timeout", fields.duration, ""),
        retention=cursor.optional("retention", _retention, {}),
        restore_each=cursor.optional("restoreEach", bool, default=False),
        place=cursor.place,
    )
    cursor.no_other_fields()
    if not cursor.found.failed:
        _agree(cursor, result)
        if not result.saves:
            cursor.found.add(
                Diagnostic(
                    code="MW264",
                    message="nothing says how data are saved: no backup is made",
                    severity=Severity.WARNING,
                    primary=Label((cursor.place / "commands").span(key=True)),
                    hint="give commands.backup, or take backup out",
                    field=str(cursor.place),
                )
            )
    return result


def _agree(cursor: Cursor, found: Backup) -> None:
    """Report what excludes each other."""
    for name, program, access in (
        ("backup", found.backup_program, found.access),
        ("restore", found.restore_program, found.restore_access),
    ):
        if program and access == "exec":
            cursor.at("commands", name).fail("what runs inside of a pod is a text for its shell, not a list")
    if found.restore_each and found.restore_access != "volume":
        cursor.at("restoreEach").fail("only on volumes has every instance data of its own: restoreMode must be volume")


def _commands(cursor: Cursor) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Those for a shell; and the programs, which are lists, and need none."""
    programs = {name: cursor.each(name, _word) for name in ("backup", "restore") if cursor.at(name).is_a(list)}
    texts = {name: "" if name in programs else cursor.optional(name, str, "") for name in _COMMANDS}
    cursor.no_other_fields()
    return texts, programs


def _word(cursor: Cursor) -> str:
    return cursor.read(str)


def _by_provider(cursor: Cursor) -> dict[str, str]:
    result = {name: text for name in PROVIDERS if (text := cursor.optional(name, str, ""))}
    cursor.no_other_fields()
    return result


def _retention(cursor: Cursor) -> dict[str, int]:
    result = {name: number for name in ("keepLast", "keepDays") if (number := cursor.optional(name, _count, 0))}
    cursor.no_other_fields()
    return result


def _count(cursor: Cursor) -> int:
    number = cursor.read(int)
    if number < 0:
        cursor.fail("a number of backups or days cannot be negative")
    return number


def schedule(cursor: Cursor) -> str:
    """When something happens, as cron has it."""
    text = cursor.read(str)
    if not cursor.found.failed and (mistake := cron_mistake(text)):
        cursor.fail(f'"{text}" {mistake}', code="MW231", hint='minute, hour, day, month, weekday: "17 2 * * *"')
    return text


# --- a group's choices -----------------------------------------------------------------------------------------------


def choices(cursor: Cursor) -> Mapping[str, Any]:
    """`spec.backup` of a group, as written: bases and group are merged later."""
    cursor.optional("enabled", bool)
    cursor.optional("schedule", schedule)
    cursor.optional("timeZone", str)
    cursor.optional("destination", _destination)
    cursor.optional("retention", _retention)
    cursor.no_other_fields()
    return cursor.read(dict)


def _destination(cursor: Cursor) -> None:
    cursor.one_of("provider", *PROVIDERS, default="")
    cursor.optional("bucket", parsed(_bucket))
    cursor.optional("prefix", parsed(_prefix))
    for name in ("endpoint", "region", "secretRef", "serviceAccount"):
        cursor.optional(name, str)
    cursor.no_other_fields()


def _bucket(text: str) -> str:
    if not _BUCKET.match(text):
        raise ValueError(f'"{text}" is no name of a bucket or container: letters, digits, ".", "_" and "-"')
    return text


def _prefix(text: str) -> str:
    if not _PREFIX.match(text):
        raise ValueError(f'"{text}" is no path in a bucket: names with "/" between them, none at the ends')
    return text
