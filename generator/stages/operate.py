"""Which operation a bundle undergoes, decided from the lock beside it; and whether its upgrade is allowed."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.diagnostics import Diagnostic, DiagnosticError, Label
from generator.model.bundle import Lock
from generator.model.group import State
from generator.model.order import Operation
from generator.model.plan import Plan
from generator.model.plugin import Migration


class UpgradeKind(StrEnum):
    """What is new for a group; several can come together."""

    HOT = "plugin hot upgrade"
    """Templates or values of the plugin changed; its major version and the runtime are the same."""

    MAJOR = "plugin major upgrade"
    RUNTIME = "runtime upgrade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens to a bundle."""

    operation: Operation
    """Whose order gives the waves. For an unchanged bundle: the operation of its lock."""

    changed: bool
    upgrades: tuple[UpgradeKind, ...] = ()


def decide(plan: Plan, lock: Lock | None, *, changed: bool, forced: Operation | None = None) -> Decision:
    """The operation, from what the lock remembers.

    *changed* says whether the content differs from what the lock holds, waves aside. Without a lock a group is
    provisioned, or, where it is to be stopped from the start, laid out in its `stop` order.
    """
    if forced:
        operation = forced
    elif lock is None or plan.state is not lock.state:
        operation = Operation.STOP if plan.state is State.STOPPED else Operation.PROVISION
    elif plan.runtime_version != lock.runtime_version:
        operation = Operation.UPGRADE
    elif changed:
        operation = Operation.UPDATE
    else:
        operation = lock.operation
    return Decision(operation=operation, changed=changed or lock is None, upgrades=_upgrades(plan, lock))


def _upgrades(plan: Plan, lock: Lock | None) -> tuple[UpgradeKind, ...]:
    if lock is None:
        return ()
    return upgrades(lock, plan.plugin.name, plan.plugin.version, plan.plugin_hash, plan.runtime_version)


def upgrades(lock: Lock, plugin: str, version: str, plugin_hash: str | None, runtime: str) -> tuple[UpgradeKind, ...]:
    """What is new for a bundle that gets this plugin version and runtime version."""
    if lock.plugin != plugin:
        return ()
    kinds: list[UpgradeKind] = []
    if major(version) != major(lock.plugin_version):
        kinds.append(UpgradeKind.MAJOR)
    elif lock.hashes.get("plugin") != plugin_hash:
        kinds.append(UpgradeKind.HOT)
    if lock.runtime_version != runtime:
        kinds.append(UpgradeKind.RUNTIME)
    return tuple(kinds)


def major(version: str) -> str:
    """The part of a semantic version whose change breaks things: `2` of 2.1.0, and `0.3` of 0.3.1."""
    numbers = version.split(".")
    return ".".join(numbers[:2]) if numbers[0] == "0" else numbers[0]


def check_runtime(plan: Plan, lock: Lock | None) -> None:
    """Refuse a runtime version that one cannot get to from the locked one.

    Raises:
        DiagnosticError: a downgrade, a version that `compatibility.migrateFrom` gives no way into (the message names
            the shortest allowed path, which is never taken silently), or a way that is more than another image.
    """
    if lock is None or lock.plugin != plan.plugin.name:
        return
    old, new = lock.runtime_version, plan.runtime_version
    if lock.runtime != plan.runtime:
        raise _refused(
            plan,
            "MW321",
            f"the runtime changes from {lock.runtime} to {plan.runtime}, which no upgrade can do",
            "make a new group for the new runtime and move the data over",
        )
    if old == new:
        return
    edge = next((way for way in plan.plugin.migrations.get(new, ()) if way.source == old), None)
    if edge is not None:
        if edge.method != "rolling":
            raise _refused(
                plan,
                "MW324",
                f'{plan.runtime} {old} → {new} is a migration of method "{edge.method}": another image alone '
                "would leave data that the new version cannot read",
                "make a new group with the new version and bring the data over by backup and restore",
                edge,
            )
        return
    path = migration_path(plan.plugin.migrations, old, new)
    if path:
        steps = " → ".join(path)
        raise _refused(
            plan,
            "MW323",
            f"{plan.runtime} {old} cannot become {new} in one step; the allowed path is {steps}",
            f'take one step at a time: set runtime.version to "{path[1]}" first, and commit it',
        )
    if version_order(new) < version_order(old):
        raise _refused(
            plan,
            "MW322",
            f"{plan.runtime} {old} → {new} is a downgrade, which the plugin does not allow",
            f'set runtime.version back to "{old}", or make a new group and restore a backup into it',
        )
    allowed = ", ".join(way.source for way in plan.plugin.migrations.get(new, ()))
    raise _refused(
        plan,
        "MW323",
        f"{plan.runtime} {old} cannot become {new}: the plugin allows "
        + (f"it only from {allowed}" if allowed else f"no upgrade into {new}, only fresh installations"),
        f'stay on "{old}", or add the way to compatibility.migrateFrom["{new}"] of plugin {plan.plugin.name}',
    )


def migration_path(migrations: Mapping[str, tuple[Migration, ...]], old: str, new: str) -> tuple[str, ...]:
    """The shortest path of allowed steps from *old* to *new*, both included; empty where there is none."""
    onward: dict[str, list[str]] = {}
    for target, ways in migrations.items():
        for way in ways:
            if way.method == "rolling":
                onward.setdefault(way.source, []).append(target)
    paths: deque[tuple[str, ...]] = deque([(old,)])
    seen = {old}
    while paths:
        path = paths.popleft()
        if path[-1] == new:
            return path
        for step in sorted(onward.get(path[-1], ()), key=version_order):
            if step not in seen:
                seen.add(step)
                paths.append((*path, step))
    return ()


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts runtime versions as people do: 9.6 before 10.1; a suffix after its number."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|[^\d.\-_+]+", version)
    )


def _refused(plan: Plan, code: str, message: str, hint: str, edge: Migration | None = None) -> DiagnosticError:
    secondary = (Label(edge.place.span(), "the plugin says how this step goes"),) if edge else ()
    return DiagnosticError(
        Diagnostic(
            code=code,
            message=message,
            primary=Label(plan.runtime_place.span(), "this version is asked for" if plan.runtime_stated else ""),
            secondary=secondary,
            hint=hint,
            subject=str(plan.key),
        )
    )
