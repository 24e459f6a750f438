"""Flux: the order is in the `dependsOn` of one Kustomization per component, and nowhere in the objects.

One for each component, never for each wave: an object that moved to another Kustomization would be deleted by the one
and made anew by the other. So a new order changes `dependsOn` alone.

Four sorts of Kustomizations, by what waits for what:

- the parent applies all others of the environment. The first stages wait for it, since a commit that changes an order
  changes the Kustomizations, too: with the old `dependsOn`, a component might go before its time.
- a component's: its folder, after the components of the stage before.
- a group's: nothing to apply; it is ready when all of the group's components are. Groups that depend on it wait for it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import kinds, order
from generator.model.delivery import FOLDER, Delivery
from generator.model.group import DeletionPolicy, State
from generator.model.resource import Resource, annotations_of, labels_of
from generator.model.values import Object
from generator.targets.base import MANAGED, Delivered, Files, Placed, Site, annotated, is_kept, joined

PRUNE = "kustomize.toolkit.fluxcd.io/prune"
SUBSTITUTE = "kustomize.toolkit.fluxcd.io/substitute"
_DISABLED = "disabled"

_KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/v1"
_SOURCE = "source.toolkit.fluxcd.io/v1"
_SOURCE_INTERVAL = "1m"
_SCP = re.compile(r"(?P<user>[^\s/:@]+)@(?P<host>[^\s/:]+):(?P<path>\S+)")
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


class Flux:
    """Objects stay as they are, so that an order change moves and touches none of them."""

    def written(self, resource: Resource, wave: int | None, policy: DeletionPolicy) -> Object:
        """The object, kept from being deleted and from having its text changed where that would do harm."""
        del wave
        body = resource.body
        said = {*annotations_of(body), *labels_of(body)}
        changes: dict[str, str] = {}
        if PRUNE not in said and is_kept(resource, policy):
            changes[PRUNE] = _DISABLED
        if SUBSTITUTE not in said and _is_damaged(body):
            changes[SUBSTITUTE] = _DISABLED
        return annotated(body, changes)

    def enlarged(self, body: Object) -> Object:
        """The object itself: Flux applies on the server's side, which needs no annotation."""
        return body

    def bundle(self, bundle: Delivered) -> Files:
        """A Kustomization for the group, and one for each of its components that has objects."""
        if not (bundle.delivery.repo_url or bundle.delivery.flux.source):
            return {}
        key = bundle.key
        folder = f"{_folder(key.environment)}/groups/{key.group}"
        components = _by_component(bundle)
        return {
            f"{folder}/group.yaml": _group(bundle, list(components)),
            **{
                f"{folder}/component-{name}.yaml": _component(bundle, name, placed, waiting)
                for name, (placed, waiting) in components.items()
            },
        }

    def environment(self, site: Site) -> Files:
        """The source, the parent, and an empty folder for Kustomizations that only wait."""
        settings, folder = site.delivery, _folder(site.name)
        if not (settings.repo_url or settings.flux.source):
            return {}
        files: Files = {
            f"{folder}/ready/kustomization.yaml": {
                "apiVersion": "kustomize.config.k8s.io/v1beta1",
                "kind": "Kustomization",
                "resources": [],
            }
        }
        name = _own(site.name)
        if not settings.flux.source:
            files[f"{folder}/root/gitrepository-{name}.yaml"] = _git_repository(site, name)
        if not settings.flux.parent:
            files[f"{folder}/root/kustomization-{name}.yaml"] = _parent(site, name)
        return files


def _folder(environment: str) -> str:
    return f"{FOLDER}/flux/{environment}"


def _own(environment: str) -> str:
    """The name of what an environment has one of."""
    return joined("mwgen", environment)


def _is_damaged(value: Any) -> bool:
    """Whether a text in *value* would not survive Flux's variable substitution (fluxcd/pkg, envsubst)."""
    if isinstance(value, str):
        return "${" in value or "$$" in value
    if isinstance(value, Mapping):
        return any(_is_damaged(key) or _is_damaged(inner) for key, inner in value.items())
    return isinstance(value, (list, tuple)) and any(map(_is_damaged, value))


# --- a bundle's ------------------------------------------------------------------------------------------------------


def _by_component(bundle: Delivered) -> dict[str, tuple[list[Placed], tuple[str, ...]]]:
    """By component that has objects: these, and the components that it waits for."""
    held: dict[str, list[Placed]] = {}
    for one in bundle.objects:
        held.setdefault(one.resource.component, []).append(one)
    stages = _stages(bundle.order, sorted(held))
    before = {name: stages[number - 1] if number else () for number, stage in enumerate(stages) for name in stage}
    return {name: (held[name], before[name]) for name in sorted(held)}


def _stages(given: order.Order, components: Sequence[str]) -> list[tuple[str, ...]]:
    """The stages of *components* alone; whoever an order leaves out is in its last one."""
    waves = order.waves(given, components)
    numbers = sorted({wave or 0 for wave in waves.values()})
    return [tuple(name for name in components if (waves[name] or 0) == number) for number in numbers]


def _component(bundle: Delivered, name: str, placed: Sequence[Placed], before: Sequence[str]) -> Object:
    key = bundle.key
    if before:
        waits = [joined(key.environment, key.group, one) for one in before]
    else:
        waits = [_parent_name(bundle), *(joined(key.environment, other) for other in bundle.after)]
    wave = order.waves(bundle.order, [name])[name]
    waited = [one for one in placed if one.wave == wave and _settles(one, bundle.state)]
    spec: Object = {"wait": True} if len(waited) == len(placed) else _checks(waited)
    return _kustomization(bundle, (name,), bundle.delivery.at(key.folder, name), waits, spec)


def _group(bundle: Delivered, components: Sequence[str]) -> Object:
    key = bundle.key
    waits = [joined(key.environment, key.group, name) for name in components] or [_parent_name(bundle)]
    return _kustomization(bundle, (), bundle.delivery.at(_folder(key.environment), "ready"), waits, {"wait": False})


def _settles(one: Placed, state: State) -> bool:
    """Whether the object gets ready (by kstatus) without anything that comes later.

    One that was put into another wave than its component's does not: a claim that binds with its first consumer, a
    suspended Job. While a group is stopped nothing binds a claim that is new.
    """
    id_ = one.resource.id
    if id_[:2] == ("batch", "Job"):
        return (one.resource.body.get("spec") or {}).get("suspend") is not True
    return id_[:2] != ("", "PersistentVolumeClaim") or state is State.RUNNING


def _checks(waited: Sequence[Placed]) -> Object:
    """Health checks of those that can be waited for, since `wait` would wait for all."""
    worth = [one for one in waited if _is_worth_waiting(one)]
    if not worth:
        return {"wait": False}
    return {"wait": False, "healthChecks": [*map(_health_check, worth)]}


def _is_worth_waiting(one: Placed) -> bool:
    """Whether it takes its time to get ready; most built-in kinds are ready as soon as they are there."""
    group, kind = one.resource.id[:2]
    return kinds.has_health_check(group, kind) or not kinds.is_built_in(group, kind)


def _health_check(one: Placed) -> dict[str, str]:
    id_ = one.resource.id
    check = {"apiVersion": one.resource.body["apiVersion"], "kind": id_.kind, "name": id_.name}
    return {**check, "namespace": id_.namespace} if id_.namespace else check


def _kustomization(
    bundle: Delivered, name: Sequence[str], path: str, waits: Sequence[str], more: Mapping[str, Any]
) -> Object:
    key, settings = bundle.key, bundle.delivery
    labels = {
        **bundle.labels,
        **MANAGED,
        "middleware.io/environment": key.environment,
        "middleware.io/group": key.group,
        "middleware.io/plugin": bundle.plugin,
        **({"middleware.io/component": name[0]} if name else {}),
    }
    orphan = {"deletionPolicy": "Orphan"} if bundle.policy is DeletionPolicy.PROTECT else {}
    return {
        "apiVersion": _KUSTOMIZATION,
        "kind": "Kustomization",
        "metadata": {
            "name": joined(key.environment, key.group, *name),
            "namespace": settings.flux.namespace,
            "labels": labels,
        },
        "spec": {
            **_spec(settings, key.environment, path),
            "dependsOn": [{"name": one} for one in waits],
            **orphan,
            **more,
        },
    }


def _parent_name(bundle: Delivered) -> str:
    return bundle.delivery.flux.parent or _own(bundle.key.environment)


# --- an environment's ------------------------------------------------------------------------------------------------


def _spec(settings: Delivery, environment: str, path: str) -> Object:
    own = settings.flux
    kind, _, name = own.source.rpartition("/")
    source = {"kind": kind or "GitRepository", "name": name or _own(environment)}
    return {
        "interval": own.interval,
        "retryInterval": own.retry_interval,
        "timeout": own.timeout,
        "prune": True,
        "path": f"./{path}",
        "sourceRef": source,
    }


def _parent(site: Site, name: str) -> Object:
    path = site.delivery.at(_folder(site.name), "groups")
    return {
        "apiVersion": _KUSTOMIZATION,
        "kind": "Kustomization",
        "metadata": _metadata(site, name),
        # It must not wait: what it applies waits for it.
        "spec": {**_spec(site.delivery, site.name, path), "wait": False},
    }


def _git_repository(site: Site, name: str) -> Object:
    settings = site.delivery
    spec: Object = {
        "interval": _SOURCE_INTERVAL,
        "url": _address(settings.repo_url),
        "ref": _ref(settings.revision),
    }
    if settings.flux.secret:
        spec["secretRef"] = {"name": settings.flux.secret}
    return {"apiVersion": _SOURCE, "kind": "GitRepository", "metadata": _metadata(site, name), "spec": spec}


def _metadata(site: Site, name: str) -> Object:
    labels = {**MANAGED, "middleware.io/environment": site.name}
    return {"name": name, "namespace": site.delivery.flux.namespace, "labels": labels}


def _address(url: str) -> str:
    """The address as a URL, which Flux demands: `git@host:path` is `ssh://git@host/path`."""
    short = _SCP.fullmatch(url)
    return f"ssh://{short['user']}@{short['host']}/{short['path'].lstrip('/')}" if short else url


def _ref(revision: str) -> dict[str, str]:
    if revision.startswith("refs/"):
        return {"name": revision}
    return {"commit": revision} if _COMMIT.fullmatch(revision) else {"branch": revision}
