"""What a group wants of backups, held against what its plugin can do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Collector, Diagnostic, Label, Severity
from generator.model.plugin import Backup
from generator.model.values import Value
from generator.stages.expand.expansion import Expansion
from generator.yamlio.locate import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A backup that can be made."""

    plugin: Backup
    provider: str
    bucket: str
    path: str
    """Inside the bucket, without the date: prefix, environment and group. Two bundles never share one."""

    schedule: str
    time_zone: str = ""
    endpoint: str = ""
    region: str = ""
    secret: str = ""
    """The Secret whose keys are the provider's environment variables."""

    service_account: str = ""
    retention: Mapping[str, int] = field(default_factory=dict)

    @property
    def uploads_itself(self) -> bool:
        """Whether the plugin's own command uploads, rather than mwgen's."""
        return self.provider in self.plugin.upload_commands


def read(of: Expansion) -> Wish | None:
    """The group's backup; None where it wants none.

    Raises:
        DiagnosticError: everything that is missing.
    """
    said = of.plan.backup
    if said.get("enabled") is not True:
        return None
    found, plugin = Collector(), of.plan.plugin
    own = plugin.backup
    elsewhere = own is not None and bool(own.topologies) and of.plan.topology not in own.topologies
    if own is None or not plugin.can("backup") or not own.saves or elsewhere:
        found.add(_mistake(of, "MW336", ("enabled",), *_unable(of)))
        found.raise_errors()
        return None
    destination = _map(said.get("destination"))
    provider, bucket = _text(destination, "provider"), _text(destination, "bucket")
    if not provider or not bucket:
        missing = " and no ".join(name for name in ("provider", "bucket") if not _text(destination, name))
        found.add(
            _mistake(
                of, "MW337", ("destination",), f"the backup's destination has no {missing}",
                "say where backups go: destination: {provider: s3, bucket: NAME}",
            )
        )  # fmt: skip
    elif provider not in own.providers:
        offered = ", ".join(own.providers) or "none"
        found.add(
            _mistake(
                of, "MW338", ("destination", "provider"),
                f"plugin {plugin.name} {plugin.version} cannot save to {provider}", f"it can save to: {offered}",
                own.place / "providers",
            )
        )  # fmt: skip
    if provider == "minio" and not _text(destination, "endpoint"):
        found.add(
            _mistake(
                of, "MW337", ("destination",), "minio needs an endpoint: it is nowhere in particular",
                "add it: endpoint: https://minio.example.com",
            )
        )  # fmt: skip
    schedule = _text(said, "schedule") or own.schedule
    if not schedule:
        found.add(
            _mistake(
                of, "MW339", ("enabled",), "neither the group nor its plugin says when the backup is made",
                'say when: schedule: "17 2 * * *"',
            )
        )  # fmt: skip
    found.raise_errors()
    prefix = _text(destination, "prefix")
    return Wish(
        plugin=own,
        provider=provider,
        bucket=bucket,
        path="/".join(part for part in (prefix, of.plan.key.environment, of.plan.key.group) if part),
        schedule=schedule,
        time_zone=_text(said, "timeZone"),
        endpoint=_text(destination, "endpoint"),
        region=_text(destination, "region"),
        secret=_text(destination, "secretRef"),
        service_account=_text(destination, "serviceAccount"),
        retention={**own.retention, **_map(said.get("retention"))},
    )


def notes(wish: Wish, of: Expansion) -> list[Diagnostic]:
    """What the group asks for and nobody does."""
    asked = _map(of.plan.backup.get("retention"))
    if not (wish.uploads_itself and any(asked.values())):
        return []
    plugin = of.plan.plugin
    return [
        _mistake(
            of,
            "MW342",
            ("retention",),
            f"nobody keeps to the retention: plugin {plugin.name} uploads to {wish.provider} by a command of its own",
            "delete old backups by a rule of the bucket, or let the plugin use mwgen's upload",
            wish.plugin.place / "uploadCommands" / wish.provider,
            severity=Severity.WARNING,
        )
    ]


def check_volume(wish: Wish, mounted: Mapping[str, Any] | None, of: Expansion) -> None:
    """Refuse to save a volume that is not there.

    Raises:
        DiagnosticError: the plugin saves a volume, and the bundle has none that outlives its pods.
    """
    modes = {wish.plugin.access, *([wish.plugin.restore_access] if wish.plugin.restores else [])}
    if "volume" in modes and mounted is None:
        found = Collector()
        found.add(
            _mistake(
                of, "MW341", ("enabled",), "there is no claim whose data could be saved or brought back",
                "turn storage on, or the backup off", wish.plugin.place / "mode",
            )
        )  # fmt: skip
        found.raise_errors()


def _unable(of: Expansion) -> tuple[str, str]:
    plugin = of.plan.plugin
    title = f"plugin {plugin.name} {plugin.version}"
    if plugin.backup is None:
        return f"{title} has no backup", "turn backup.enabled off for this group"
    if not plugin.can("backup"):
        return f"{title} has not the capability backup", "turn backup.enabled off for this group"
    if not plugin.backup.saves:
        return f"{title} has no command that makes a backup", "give it backup.commands.backup"
    where = ", ".join(plugin.backup.topologies)
    return f"{title} makes no backup in topology {of.plan.topology}, only in: {where}", "turn backup.enabled off here"


def _mistake(
    of: Expansion,
    code: str,
    pointer: tuple[str, ...],
    message: str,
    hint: str,
    also: Place | None = None,
    *,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    return Diagnostic(
        code=code,
        message=message,
        severity=severity,
        primary=Label(of.stated("backup", *pointer).span()),
        secondary=(Label(also.span(key=True), "says the plugin"),) if also else (),
        hint=hint,
        subject=str(of.plan.key),
    )


def _map(value: Value) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")
