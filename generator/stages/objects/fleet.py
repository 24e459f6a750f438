"""What bundles have in common with others on their cluster: what only one can have, and what all of them add up to.

A bundle says both of itself while it is made; whoever sees all bundles holds them against each other (`validate`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from generator.model import kinds, quantity
from generator.model.resource import Resource
from generator.stages.objects.structs import maps
from generator.stages.objects.whole import spec

QUOTAS: Final = ("cpu", "memory", "storage", "pods")
"""What an environment may bound."""


def exclusive(resources: Iterable[Resource]) -> tuple[str, ...]:
    """What the objects want to have alone on their cluster, such as `node port 30080/TCP`, sorted."""
    return tuple(sorted({claim for one in resources for claim in _claims(one)}))


def _claims(one: Resource) -> Iterator[str]:
    fields = spec(one.body)
    if one.id[:2] == ("", "Service"):
        for _, port in maps(fields.get("ports")):
            if port.get("nodePort"):
                yield f"node port {port['nodePort']}/{port.get('protocol') or 'TCP'}"
        if fields.get("loadBalancerIP"):
            yield f"load balancer address {fields['loadBalancerIP']}"
    elif one.id[:2] == ("networking.k8s.io", "Ingress"):
        for _, rule in maps(fields.get("rules")):
            http = rule.get("http")
            for _, path in maps(http.get("paths") if isinstance(http, Mapping) else None):
                if rule.get("host"):
                    yield f"address {rule['host']}{path.get('path') or '/'}"


def demand(resources: Sequence[Resource]) -> dict[str, Fraction]:
    """What the objects request: processors, bytes of memory and of storage, pods. Jobs are not counted."""
    total: dict[str, Fraction] = dict.fromkeys(QUOTAS, Fraction(0))
    for one in resources:
        fields = spec(one.body)
        if one.id[:2] == ("", "PersistentVolumeClaim"):
            total["storage"] += _requested(fields, "storage")
        template = kinds.pod_template(one.body) if one.id.kind in ("Deployment", "StatefulSet") else None
        if template is None:
            continue
        replicas = fields.get("replicas")
        count = replicas if isinstance(replicas, int) else 1
        total["pods"] += count
        for _, container in maps(spec(template).get("containers")):
            for name in ("cpu", "memory"):
                total[name] += count * _requested(container, name)
        for _, claim in maps(fields.get("volumeClaimTemplates")):
            total["storage"] += count * _requested(spec(claim), "storage")
    return {name: amount for name, amount in total.items() if amount}


def _requested(holder: Mapping[str, Any], name: str) -> Fraction:
    """A request; where there is none, the limit, as the API server has it."""
    resources = holder.get("resources")
    for field in ("requests", "limits"):
        amounts = resources.get(field) if isinstance(resources, Mapping) else None
        amount = amounts.get(name) if isinstance(amounts, Mapping) else None
        if isinstance(amount, (str, int, float)):
            return quantity.parse(amount)
    return Fraction(0)
