"""Rules over the objects of one bundle, and over all bundles of a run. They change nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from fractions import Fraction

from generator.diagnostics import Diagnostic, Label, Severity, Span
from generator.model import quantity
from generator.model.bundle import BundleKey
from generator.model.group import Environment, Group
from generator.model.outcome import Outcome
from generator.model.plan import Plan
from generator.model.resource import Resource, ResourceId
from generator.stages.blame import Blame


def bundle(
    resources: Sequence[Resource], plan: Plan, allow_secrets: Sequence[str], blame: Blame
) -> Iterator[Diagnostic]:
    """What is wrong with one bundle: two objects of one identity, and Secrets with data."""
    first: dict[ResourceId, Resource] = {}
    for resource in resources:
        other = first.setdefault(resource.id, resource)
        if other is not resource:
            yield Diagnostic(
                code="MW521",
                message=f"{_makers(resource, other)} {resource.id}",
                primary=Label(_name(resource, blame), resource.origin.title),
                secondary=(Label(_name(other, blame), other.origin.title),),
                hint="give one of them another name, or `nameSuffix: true` to its component",
                resource=str(resource.id),
                subject=str(plan.key),
            )
        yield from _plain_secret(resource, plan, allow_secrets, blame)


def _name(resource: Resource, blame: Blame) -> Span:
    return blame.of(resource, ("metadata", "name")).primary.span


def _plain_secret(resource: Resource, plan: Plan, allowed: Sequence[str], blame: Blame) -> Iterator[Diagnostic]:
    body = resource.body
    if resource.id.group or resource.id.kind != "Secret" or not (body.get("data") or body.get("stringData")):
        return
    if not acknowledged(allowed, plan.key, resource.id):
        yield Diagnostic(
            code="MW522",
            message=f"Secret {resource.id.name} would put its data into git",
            primary=blame.of(resource, ("data" if body.get("data") else "stringData",)).primary,
            hint="refer to a Secret that exists, or list it under allowPlainSecrets in mwgen.yaml",
            resource=str(resource.id),
            subject=str(plan.key),
        )


def acknowledged(patterns: Iterable[str], key: BundleKey, resource: ResourceId | None = None) -> bool:
    """Whether a pattern `environment/group` or `environment/group/Kind/name` covers the bundle or the object."""
    names = [str(key)] if resource is None else [str(key), f"{key}/{resource.kind}/{resource.name}"]
    return any(_matches(pattern, name) for pattern in patterns for name in names)


def _matches(pattern: str, name: str) -> bool:
    wanted, found = pattern.split("/"), name.split("/")
    return len(wanted) == len(found) and all(map(fnmatchcase, found, wanted))


def identities(outcomes: Sequence[Outcome], plans: Mapping[BundleKey, Plan]) -> Iterator[Diagnostic]:
    """Objects that are in two bundles on one cluster."""
    owners: dict[tuple[str, ResourceId], BundleKey] = {}
    for outcome in outcomes:
        for entry in outcome.lock.objects if outcome.lock else ():
            other = owners.setdefault((outcome.cluster, entry.id), outcome.key)
            if other != outcome.key:
                yield Diagnostic(
                    code="MW523",
                    message=f"{entry.id} is in {other} and in {outcome.key}, on one cluster",
                    primary=Label((plans[outcome.key].place / "metadata" / "name").span()),
                    secondary=(Label((plans[other].place / "metadata" / "name").span(), f"{other} is made here"),),
                    hint="give the groups different namespaces or names, or the environments different clusters",
                    resource=str(entry.id),
                    subject=str(outcome.key),
                )


def claims(outcomes: Sequence[Outcome], plans: Mapping[BundleKey, Plan]) -> Iterator[Diagnostic]:
    """What two bundles want to have alone on one cluster: a node's port, an address."""
    owners: dict[tuple[str, str], BundleKey] = {}
    for outcome in outcomes:
        for claim in outcome.exclusive:
            other = owners.setdefault((outcome.cluster, claim), outcome.key)
            if other != outcome.key:
                yield Diagnostic(
                    code="MW585",
                    message=f"{outcome.key} and {other} both want {claim}, on one cluster",
                    primary=Label((plans[outcome.key].place / "metadata" / "name").span()),
                    secondary=(Label((plans[other].place / "metadata" / "name").span(), f"{other} is made here"),),
                    hint="give one of them another one",
                    subject=str(outcome.key),
                )


def quotas(outcomes: Sequence[Outcome], environments: Mapping[str, Environment]) -> Iterator[Diagnostic]:
    """Environments whose groups request more than there is; *outcomes* are those of all bundles."""
    for environment in environments.values():
        own = [one for one in outcomes if one.key.environment == environment.name]
        for name, bound in environment.quota.items():
            total = sum((one.demand.get(name, Fraction(0)) for one in own), Fraction(0))
            if total > quantity.parse(bound) and environment.place is not None:
                most = sorted(own, key=lambda one: one.demand.get(name, Fraction(0)), reverse=True)[:3]
                yield Diagnostic(
                    code="MW586",
                    message=f"the groups of {environment.name} request {_amount(name, total)} of {name} together, and"
                    f" the quota is {bound}",
                    severity=Severity.WARNING,
                    primary=Label((environment.place / "spec" / "quota" / name).span()),
                    hint="the largest are "
                    + ", ".join(
                        f"{one.key.group} ({_amount(name, one.demand[name])})" for one in most if name in one.demand
                    ),
                )


def _amount(name: str, amount: Fraction) -> str:
    """As people say it: whole pods, processors with at most three digits behind the point, bytes in Gi."""
    if name in ("memory", "storage"):
        return f"{round(float(amount / 2**30), 2):g}Gi"
    return f"{round(float(amount), 3):g}"


def circles(groups: Mapping[str, Group]) -> Iterator[Diagnostic]:
    """Groups that depend on one another in a circle, each circle once."""
    settled: set[str] = set()
    depends = {name: _depends_on(groups, name) for name in groups}
    for start in groups:
        trail = [start]
        stack = [iter(depends[start])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                settled.add(trail.pop())
            elif following in trail:
                yield _circle(trail[trail.index(following) :], groups)
            elif following not in settled and following in depends:
                trail.append(following)
                stack.append(iter(depends[following]))


def _depends_on(groups: Mapping[str, Group], name: str) -> tuple[str, ...]:
    """What the group depends on, by itself or by its bases; nothing where its bases are no sound chain."""
    seen: list[str] = []
    one = groups.get(name)
    while one is not None and one.name not in seen:
        if one.depends_on is not None:
            return one.depends_on
        seen.append(one.name)
        one = groups.get(one.extends)
    return ()


def _circle(members: Sequence[str], groups: Mapping[str, Group]) -> Diagnostic:
    first = members.index(min(members))
    ordered = [*members[first:], *members[:first]]
    return Diagnostic(
        code="MW318",
        message=f"dependsOn goes round in a circle: {' → '.join([*ordered, ordered[0]])}",
        primary=Label((groups[ordered[0]].place / "spec" / "dependsOn").span()),
        hint="no group of the circle could ever be applied first",
    )


def _makers(one: Resource, other: Resource) -> str:
    if one.origin.template and other.origin.template:
        return "two templates render"
    return f"{other.origin.title} and {one.origin.title} both make"
