"""Pairs of bundles, before and after, with the verdict that an expert would give: one file a case in `cases/`.

about: one sentence, what the trap is
before, after: the objects; left out, the bundle is not there
bundle: what else differs: `state`, `target`, `deletionPolicy`, `namespace`, `cluster`, `plugin`, `version`,
    `runtime`, `immutableValues`, each `[before, after]` or one value for both
components: [before, after], which component an object belongs to, by `Kind/name`
plugin: what the plugin knows: `reloads`, `dynamic`, `effects`
operation: of the change; update where it is left out
expect:
  effect: the gravest
  rules: all rules, with the object that each is about (`Kind/name rule`, or `rule` for the bundle)
  changes: {Kind/name: added | removed | changed | moved | renamed}; what differs in noise alone is not listed
  noise: {order: 1}
  way: words that the way to do it must have
  says, saysNot: words that some reason must have, and that none may have
  secret: texts that must not be anywhere
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic
from generator.model.bundle import BundleKey
from generator.model.group import DeletionPolicy, State
from generator.model.order import Operation
from generator.model.resource import ResourceId
from generator.model.review import BundleReview, EffectKind, Review, Side
from generator.stages.review import families
from generator.stages.review.effects import Knowledge, PluginRule
from generator.stages.review.half import Half, Held
from generator.stages.review.masks import Masker
from generator.stages.review.verdict import Case, verdict
from generator.yamlio.load import decode, document

FOLDER = Path(__file__).with_name("cases")
KEY = BundleKey("prod", "cache")
SALT = b"corpus"


@dataclass(frozen=True)
class Example:
    """One file."""

    name: str
    text: str
    data: Mapping[str, Any]

    @property
    def expected(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.data["expect"]
        return found

    def case(self, *, backwards: bool = False, still: bool = False) -> Case:
        """The pair to judge; *backwards* the other way round, *still* with its head on both sides."""
        sides = [_half(self.data, 0), _half(self.data, 1)]
        before, after = sides[::-1] if backwards else sides
        if still:
            before = after = after or before
        refused = self.data.get("refused")
        return Case(
            before=before,
            after=after,
            operation=Operation(self.data.get("operation", "update")),
            known=_knowledge(self.data.get("plugin") or {}),
            refused=Diagnostic(code=refused["code"], message=refused["message"]) if refused and not still else None,
            recorded=not still and _recorded(before) != _recorded(after),
        )

    def review(self) -> BundleReview:
        found = verdict(self.case(), Masker(SALT))
        assert found is not None
        return found


def whole(*bundles: BundleReview) -> Review:
    """A review of *bundles*."""
    folded = [families.folded(one) for one in bundles]
    return Review(
        base=Side(name="base", commit="a" * 40),
        head=Side(name="working tree"),
        bundles=families.marked(bundles, folded),
        families=families.families(bundles, folded),
    )


@cache
def examples() -> dict[str, Example]:
    """All cases, by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def _read(path: Path) -> Example:
    data = path.read_bytes()
    return Example(path.stem, data.decode(), document(decode(path.name, data)).value)


def objects(data: Mapping[str, Any], side: int) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] | None = data.get(("before", "after")[side])
    return found


def _half(data: Mapping[str, Any], side: int) -> Half | None:
    bodies = objects(data, side)
    if bodies is None:
        return None
    components = (data.get("components") or [{}, {}])[side]
    said = {name: each[side] if isinstance(each, list) else each for name, each in (data.get("bundle") or {}).items()}
    held = tuple(_held(body, components) for body in bodies)
    return Half(
        key=KEY,
        objects=held,
        plugin=said.get("plugin", "redis"),
        plugin_version=said.get("version", "1.0.0"),
        runtime="redis",
        runtime_version=said.get("runtime", "7.2"),
        state=State(said.get("state", "Running")),
        deletion_policy=DeletionPolicy(said.get("deletionPolicy", "Retain")),
        target=said.get("target", "argocd"),
        namespace=said.get("namespace", "ns"),
        cluster=said.get("cluster", ""),
        immutable_values=said.get("immutableValues", {}),
        order=(("storage",), ("server",)),
    )


def _held(body: dict[str, Any], components: Mapping[str, str]) -> Held:
    id_ = ResourceId.of(body)
    component = components.get(f"{id_.kind}/{id_.name}", "server")
    return Held(id=id_, component=component, path=f"{component}/{id_.kind}-{id_.name}.yaml".lower(), body=body)


def _knowledge(said: Mapping[str, Any]) -> Knowledge:
    return Knowledge(
        reloads=said.get("reloads", False),
        dynamic=tuple(said.get("dynamic", ())),
        rules=tuple(
            PluginRule(
                kind=one.get("kind", ""),
                name=one.get("name", ""),
                field=one.get("field", ""),
                effect=EffectKind(one["effect"]),
                reason=one.get("reason", ""),
                way=one.get("way", ""),
            )
            for one in said.get("effects", ())
        ),
    )


def _recorded(half: Half | None) -> Any:
    return half and (
        half.plugin, half.plugin_version, half.runtime_version, half.state, half.deletion_policy, half.target,
        half.namespace, half.cluster, half.immutable_values,
    )  # fmt: skip


def rules(one: BundleReview) -> Iterator[str]:
    """Each effect as cases write it."""
    for effect in one.effects:
        yield f"{effect.object.kind}/{effect.object.name} {effect.rule}" if effect.object else effect.rule
