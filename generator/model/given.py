"""What a door knows besides the source: values that its caller sets, and facts about the cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.model.values import Pointer, Value

Text: TypeAlias = "str | Sequence[str] | Mapping[str, str]"
"""A value as a protocol that knows only texts brings it: one, a list, or a map of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenText:
    """A value whose type is still to be found: that of what it replaces."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenValue:
    """One value that the caller sets."""

    name: str
    """What the caller calls it, such as `values.redisConfig.maxmemory`."""

    pointer: Pointer
    """Where it goes; empty for the values as a whole."""

    value: "Value | GivenText"
    component: str = ""
    """For this component; empty: for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the caller says. The default is nothing."""

    origin: str = ""
    """What people call the place where the values stand, such as `the Application's parameters`."""

    values: tuple[GivenValue, ...] = ()
    """They win over everything in the source; of two for one place, the later one wins."""

    kube_version: str = ""
    """Of the cluster, for environments that declare neither this nor API versions."""

    api_versions: tuple[str, ...] = ()
    """Likewise."""

    namespace: str = ""
    """Where neither the group nor the environment names one."""
