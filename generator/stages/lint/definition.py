"""Rules about what a plugin says of itself: images, versions, alerts, backup."""

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Label
from generator.model.plugin import Plugin, Runtime
from generator.stages.expand.promql import metrics
from generator.stages.lint.known_metrics import REMARKS, is_unknown, nearest
from generator.stages.lint.subject import Subject, note, warning
from generator.yamlio.locate import Place, text_span

_TAG = re.compile(r"@sha256:|:[^/:]+$")
_WHOLE_FOLDER = re.compile(
    r"--recursive|-r\b|upload-batch|rsync|/backup/?(\*|\s|$)|/backup/?[\"']|MW_BACKUP_DIR\}?/?[\"']?(\*|\s|$)"
)


def is_pinned(image: str) -> bool:
    """Whether an image says which one it is: a digest, or a tag other than `latest`."""
    return bool(_TAG.search(image)) and not image.endswith(":latest")


def images(subject: Subject) -> Iterator[Diagnostic]:
    """Images of versions: there, and pinned."""
    plugin = subject.plugin
    for version, image in plugin.images.items():
        for name, reference in ({"": image} if isinstance(image, str) else image).items():
            if not is_pinned(reference):
                place = subject.spec / "images" / version
                yield unpinned(reference, Label((place / name if name else place).span()))
    for place, version in versions_without_images(plugin):
        yield warning(
            "MW234", f"there is no image for version {version}", place,
            "add it to images, or take the version out: groups that choose it have no image",
        )  # fmt: skip


def unpinned(image: str, label: Label) -> Diagnostic:
    """That an image may be another one tomorrow."""
    return warning(
        "MW233",
        f"the image {image} is not pinned: what runs changes without a commit",
        label,
        "give it the tag of a release, or a digest",
    )


def versions_without_images(plugin: Plugin) -> Iterator[tuple[Place, str]]:
    """The runtime versions that no image is given for, of a plugin that gives images."""
    for number, runtime in enumerate(plugin.runtimes if plugin.images else ()):
        for index, version in enumerate(runtime.versions):
            if version not in plugin.images and f"{runtime.name}/{version}" not in plugin.images:
                yield plugin.place / "spec" / "runtimes" / number / "versions" / index, version


def versions(subject: Subject) -> Iterator[Diagnostic]:
    """Versions that no group gets to: none but the first of a runtime should be without a way in."""
    plugin = subject.plugin
    if not plugin.migrations:
        return
    for number, runtime in enumerate(plugin.runtimes):
        for index, version in _later(runtime):
            if version not in plugin.migrations:
                yield warning(
                    "MW235",
                    f"no group can be upgraded to {version}: migrateFrom has no entry for it",
                    subject.spec / "runtimes" / number / "versions" / index,
                    f'say where one may come from: "{version}": ["{runtime.versions[index - 1]}"]',
                    Label((subject.spec / "compatibility" / "migrateFrom").span(key=True), "the ways that there are"),
                )


def _later(runtime: Runtime) -> Iterator[tuple[int, str]]:
    yield from list(enumerate(runtime.versions))[1:]


def alerts(subject: Subject) -> Iterator[Diagnostic]:
    """Alerts on metrics that somebody measures."""
    plugin = subject.plugin
    if plugin.alerts and plugin.exporter is None and any(one.scoped for one in plugin.alerts):
        named = sorted({metric for one in plugin.alerts if one.scoped for metric in _metrics(one.expr)})
        yield warning(
            "MW240",
            "there are alerts, and no exporter: nothing says where their metrics come from"
            + (f" ({', '.join(named)})" if named else ""),
            subject.spec / "monitoring",
            "describe it: exporter: {port: …, image: …}; or say scoped: false of alerts on other metrics",
            key=True,
        )
    for alert in plugin.alerts:
        for metric in _metrics(alert.expr):
            if is_unknown(metric):
                start = alert.expr.find(metric)
                near = nearest(metric)
                yield warning(
                    "MW239",
                    f"alert {alert.name}: no exporter has the metric {metric}",
                    text_span(alert.place / "expr", start, start + len(metric)),
                    "; ".join([f"did you mean {near}?", *([REMARKS[near]] if near in REMARKS else [])])
                    if near
                    else "the alert never fires",
                )


def _metrics(expr: str) -> tuple[str, ...]:
    """The metrics of an expression; none of a template, or of what is no PromQL, which rendering tells."""
    try:
        return metrics(expr)
    except ValueError:
        return ()


def backup(subject: Subject) -> Iterator[Diagnostic]:
    """A backup that can be brought back, from each place that it may be in."""
    found, spec = subject.plugin.backup, subject.spec / "backup"
    if found is None:
        return
    if not found.mode:
        yield warning(
            "MW252", "the backup does not say how it reaches the data; on their volume is taken", spec,
            "say it: mode: network, volume or exec", key=True,
        )  # fmt: skip
    own = found.upload_commands
    for number, provider in enumerate(found.providers):
        if own and provider not in own:
            yield warning(
                "MW249",
                f"there is no uploadCommand for {provider}, and there is one for {', '.join(own)}: "
                "mwgen's own way is taken for it, and puts backups elsewhere",
                spec / "providers" / number,
                "add it, or leave uploading to mwgen: no uploadCommands at all",
            )
    for provider, command in own.items():
        place = spec / "uploadCommands" / provider
        if found.restores and provider not in found.download_commands:
            yield warning(
                "MW251", f"what is uploaded to {provider} cannot be fetched: there is no downloadCommand for it", place,
                "add it, or leave both to mwgen", key=True,
            )  # fmt: skip
        if "sha256" in found.backup_command and "sha256" not in command and not _WHOLE_FOLDER.search(command):
            yield warning(
                "MW250", f"the checksum is not uploaded to {provider}: a restore has nothing to check", place,
                "upload the folder, not single files; or leave uploading to mwgen, which does checksums", key=True,
            )  # fmt: skip
    for field, commands in (("uploadCommands", own), ("downloadCommands", found.download_commands)):
        for provider, command in commands.items():
            if re.search(r"\bgsutil\b", command):
                yield note(
                    "MW253", "gsutil is superseded by `gcloud storage`", spec / field / provider,
                    "such as: gcloud storage cp",
                )  # fmt: skip
