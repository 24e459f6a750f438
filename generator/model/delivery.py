"""How bundles get from git to a cluster: what repositories and environments say to Argo CD and to Flux."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

Said = TypeVar("Said")

FOLDER = ".delivery"
"""Below the output folder: what the tools need that apply bundles. No environment can have that name."""

RECORD = "environment.lock"
"""Beside the files that the bundles of an environment share: which these are. No tool reads it as a manifest."""

_FORMAT = 1


class Form(StrEnum):
    """Who tells Argo CD of an environment's Applications."""

    APPLICATIONS = "Applications"
    """Whoever runs it: they are only written."""

    APP_OF_APPS = "AppOfApps"
    """One Application more, which applies the others, in waves."""

    APPLICATION_SET = "ApplicationSet"
    """An ApplicationSet, which makes them from their files and rolls changes out tier by tier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgoSettings:
    """What Applications say. None and empty: not said."""

    namespace: str = ""
    """Where Applications live."""

    project: str = ""
    form: Form | None = None
    automated: bool | None = None
    prune: bool | None = None
    self_heal: bool | None = None
    retries: int | None = None
    """How often a sync that failed is tried again."""

    sync_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FluxSettings:
    """What Kustomizations say. Empty: not said."""

    namespace: str = ""
    """Where Kustomizations live."""

    source: str = ""
    """A source that is there already: `KIND/NAME`, or `NAME` of a GitRepository; empty: one is written."""

    parent: str = ""
    """A Kustomization that is there already and applies those that are written; empty: one is written."""

    secret: str = ""
    """With the credentials for the GitRepository that is written."""

    interval: str = ""
    retry_interval: str = ""
    timeout: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where bundles are fetched from, and how they are applied."""

    repo_url: str = ""
    revision: str = ""
    path: str = ""
    """The output folder's contents as the repository at `repo_url` has them; `.` where they are at its root."""

    argocd: ArgoSettings = field(default_factory=ArgoSettings)
    flux: FluxSettings = field(default_factory=FluxSettings)

    def over(self, lower: "Delivery") -> "Delivery":
        """This, and what *lower* says where this says nothing."""
        return _over(self, lower)

    def at(self, *parts: str) -> str:
        """The path in the repository of what stands at *parts* below the output folder."""
        return "/".join(part for part in (self.path, *parts) if part != ".")


DEFAULTS = Delivery(
    revision="main",
    argocd=ArgoSettings(
        namespace="argocd",
        project="default",
        form=Form.APPLICATIONS,
        automated=True,
        prune=True,
        self_heal=True,
        retries=5,
    ),
    flux=FluxSettings(namespace="flux-system", interval="10m", retry_interval="2m", timeout="5m"),
)
"""What holds where nobody says anything. The path is then the output folder; a repository has no default."""


def record_path(target: str, environment: str) -> str:
    """Where the record of an environment's files is, relative to the output folder."""
    return f"{FOLDER}/{target}/{environment}/{RECORD}"


def record(paths: Iterable[str]) -> bytes:
    """The record of the files *paths*."""
    return (json.dumps({"lockVersion": _FORMAT, "files": sorted(paths)}, indent=2) + "\n").encode()


def recorded(target: str, environment: str, read: Callable[[str], bytes | None]) -> list[str]:
    """The files that an environment's record lists, itself included; none where there is no record."""
    path = record_path(target, environment)
    data = read(path)
    if data is None:
        return []
    try:
        listed = json.loads(data)["files"]
    except (ValueError, KeyError, TypeError):
        listed = []
    return [path, *(one for one in listed if _is_shared(one, target, environment))]


def _is_shared(path: object, target: str, environment: str) -> bool:
    """Whether a record may speak of the file: somebody may have changed the record."""
    own = f"{FOLDER}/{target}/{environment}/"
    return isinstance(path, str) and path.startswith(own) and ".." not in path.split("/")


def _over(own: Said, lower: Said) -> Said:
    """A dataclass of settings whose fields that say nothing say what those of *lower* do."""
    assert is_dataclass(own)
    assert not isinstance(own, type)
    changes: dict[str, Any] = {}
    for one in fields(own):
        mine, below = getattr(own, one.name), getattr(lower, one.name)
        if is_dataclass(mine):
            changes[one.name] = _over(mine, below)
        elif mine in (None, "", ()):
            changes[one.name] = below
    return replace(own, **changes)
