"""What differs and tells a reader nothing: which fields those are, and which values are one to a cluster."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from generator.model import quantity
from generator.model.resource import ResourceId
from generator.model.review import Noise

_ANNOTATIONS: Final[tuple[tuple[re.Pattern[str], Noise], ...]] = (
    (re.compile(r"argocd\.argoproj\.io/sync-wave|kustomize\.toolkit\.fluxcd\.io/depends-on"), Noise.ORDER),
    (re.compile(r"middleware\.io/(?:plugin|values|template)-hash|checksum/.+"), Noise.CHECKSUM),
    (re.compile(r"helm\.sh/chart|middleware\.io/plugin-version"), Noise.VERSION),
)
_ORDER_FIELDS: Final[Mapping[tuple[str, str], frozenset[tuple[str, ...]]]] = {
    ("kustomize.config.k8s.io", "Kustomization"): frozenset({("resources",)}),
    ("kustomize.toolkit.fluxcd.io", "Kustomization"): frozenset(
        {("spec", "dependsOn"), ("spec", "healthChecks"), ("spec", "wait")}
    ),
}
"""Fields by which a target is told an order, by API group and kind; what is below them, too."""

_TIER: Final = "middleware.io/tier"
_LABELS: Final = re.compile(r"app\.kubernetes\.io/version|helm\.sh/chart|chart|middleware\.io/plugin-version")

_QUANTITY_MAPS: Final = frozenset({"capacity", "limits", "overhead", "requests"})
"""Maps whose values are quantities, wherever they stand."""

_BUILT_IN_QUANTITY_MAPS: Final = frozenset({"default", "defaultRequest", "hard", "max", "maxLimitRequestRatio", "min"})
"""And those of a ResourceQuota and a LimitRange."""

_QUANTITY_FIELDS: Final = frozenset({"divisor", "sizeLimit"})
_WITH_UNIT: Final = re.compile(r"[0-9.]+(?:[KMGTPE]i|[kMGTPE])")

_PROBES: Final = frozenset({"livenessProbe", "readinessProbe", "startupProbe"})
_SPECS: Final = frozenset({"spec"})
_DEFAULTS: Final[Mapping[str, tuple[Any, frozenset[str]]]] = {
    "defaultMode": (420, frozenset()),
    "dnsPolicy": ("ClusterFirst", _SPECS),
    "failureThreshold": (3, _PROBES),
    "internalTrafficPolicy": ("Cluster", _SPECS),
    "periodSeconds": (10, _PROBES),
    "podManagementPolicy": ("OrderedReady", _SPECS),
    "protocol": ("TCP", frozenset()),
    "publishNotReadyAddresses": (False, _SPECS),
    "readOnly": (False, frozenset()),
    "revisionHistoryLimit": (10, _SPECS),
    "schedulerName": ("default-scheduler", _SPECS),
    "sessionAffinity": ("None", _SPECS),
    "successThreshold": (1, _PROBES),
    "terminationGracePeriodSeconds": (30, _SPECS),
    "terminationMessagePath": ("/dev/termination-log", frozenset()),
    "terminationMessagePolicy": ("File", frozenset()),
    "timeoutSeconds": (1, _PROBES),
    "volumeMode": ("Filesystem", _SPECS),
}
"""What the API server fills in where a field is left out, and below which fields it does (none: wherever built-in
kinds have the name): to say so in a manifest changes nothing."""


def noise_of(steps: tuple[Any, ...]) -> Noise | None:
    """Why a change of the field at *steps* is noise, whatever the values; None where it is none."""
    if len(steps) < 3 or not isinstance(steps[-1], str) or steps[-3] != "metadata":
        return None
    if steps[-2] == "annotations":
        return _annotation(steps[-1])
    if steps[-2] == "labels" and steps[-1] == _TIER:
        return Noise.ORDER
    if steps[-2] == "labels" and _LABELS.fullmatch(steps[-1]):
        return Noise.VERSION
    return None


def is_order(id_: ResourceId, steps: tuple[Any, ...]) -> bool:
    """Whether a field of the object is about when something is applied."""
    fields = _ORDER_FIELDS.get(id_[:2], ())
    return steps[:1] in fields or steps[:2] in fields


@lru_cache(maxsize=10_000)
def _annotation(name: str) -> Noise | None:
    return next((kind for pattern, kind in _ANNOTATIONS if pattern.fullmatch(name)), None)


def same_meaning(steps: tuple[Any, ...], old: Any, new: Any, *, built_in: bool) -> bool:
    """Whether two scalars at *steps* are one to a cluster: quantities by their amount.

    In a custom resource only amounts with a unit count as quantities: what others mean is its operator's business.
    """
    if isinstance(old, bool) or isinstance(new, bool):
        return False
    if not isinstance(old, str | int | float) or not isinstance(new, str | int | float):
        return False
    holders = _QUANTITY_MAPS | _BUILT_IN_QUANTITY_MAPS if built_in else _QUANTITY_MAPS
    field = len(steps) > 1 and (steps[-2] in holders or steps[-1] in _QUANTITY_FIELDS)
    units = not built_in and all(_WITH_UNIT.fullmatch(str(value)) for value in (old, new))
    if not (field or units) or "data" in steps[:1]:
        return False
    try:
        return quantity.parse(old) == quantity.parse(new)
    except quantity.QuantityError:
        return False


def is_default(steps: tuple[Any, ...], value: Any, *, built_in: bool) -> bool:
    """Whether a field with *value* says no more than its absence."""
    if not built_in or steps[0] in {"data", "stringData", "binaryData", "metadata"}:
        return False
    if value is None or value in ({}, []):
        # An empty selector selects everything, an empty list of rules allows nothing: only maps of settings are safe.
        return value is None or steps[-1] in {"annotations", "labels", "resources", "securityContext", "strategy"}
    default, parents = _DEFAULTS.get(steps[-1], (None, frozenset())) if isinstance(steps[-1], str) else (None, _SPECS)
    below = not parents or (len(steps) > 1 and steps[-2] in parents)
    return default is not None and below and type(value) is type(default) and value == default
