"""The texts of a plugin's own document that are templates: expressions, commands, arguments.

They belong to the plugin's program, as its templates do, so they see the same values and named templates. A text
without a template's marks is taken as it is, and never compiled.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from generator.engines.base import TemplateSource
from generator.model.plugin import Backup, HighAvailability, Plugin
from generator.yamlio.locate import Place, text_span

_MARKS = {"gotemplate": ("{{",), "jinja2": ("{{", "{%", "{#")}


def sources(plugin: Plugin) -> list[TemplateSource]:
    """The document's templates, for the program of the plugin's engine."""
    return [
        TemplateSource(name=str(place), text=text, span=partial(text_span, place))
        for place, text in _texts(plugin)
        if is_template(text, plugin)
    ]


def _texts(plugin: Plugin) -> Iterator[tuple[Place, str]]:
    for alert in plugin.alerts:
        yield alert.place / "expr", alert.expr
    if plugin.exporter:
        yield from _each(plugin.exporter.place / "args", plugin.exporter.args)
        yield from _entries(plugin.exporter.place / "env", plugin.exporter.env)

    if plugin.high_availability:
        yield from _failover(plugin.high_availability)
    if plugin.backup:
        yield from _backup(plugin.backup)


def _failover(found: HighAvailability) -> Iterator[tuple[Place, str]]:
    detection = found.passive.role_detection if found.passive else None
    if detection:
        yield detection.place / "command", detection.command
    for hook in (found.active.command, found.active.check, found.active.verify) if found.active else ():
        if hook:
            yield hook.place / "command", hook.command
            yield from _each(hook.place / "args", hook.args)


def _backup(found: Backup) -> Iterator[tuple[Place, str]]:
    commands = {
        "backup": found.backup_command,
        "restore": found.restore_command,
        "live": found.live_command,
        "empty": found.empty_command,
    }
    yield from _entries(found.place / "commands", commands)
    yield from _each(found.place / "commands" / "backup", found.backup_program)
    yield from _each(found.place / "commands" / "restore", found.restore_program)
    yield from _entries(found.place / "uploadCommands", found.upload_commands)
    yield from _entries(found.place / "downloadCommands", found.download_commands)
    yield from _entries(found.place / "env", found.env)


def _each(place: Place, texts: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    for number, text in enumerate(texts):
        yield place / number, text


def _entries(place: Place, texts: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    for key, text in texts.items():
        yield place / key, text


def is_template(text: str, plugin: Plugin) -> bool:
    """Whether the text has a mark of the plugin's engine."""
    return any(mark in text for mark in _MARKS[plugin.engine])
