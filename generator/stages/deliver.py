"""What the tools need that apply bundles: files below `.delivery`, made by the target, written as YAML."""

from collections.abc import Callable, Sequence

from generator.model import delivery
from generator.model.group import Environment
from generator.model.order import Operation
from generator.model.outcome import EnvironmentOutcome
from generator.model.plan import Plan
from generator.model.settings import Settings
from generator.stages.assemble import ObjectFile
from generator.targets import TARGETS
from generator.targets.base import Delivered, Files, Placed, Site
from generator.yamlio.dump import dump


def bundle(plan: Plan, made: Sequence[ObjectFile | Placed], operation: Operation) -> Files:
    """The files for one bundle, by path relative to the output folder."""
    environment = plan.environment
    delivered = Delivered(
        key=plan.key,
        namespace=plan.namespace,
        cluster=environment.cluster,
        plugin=plan.plugin.name,
        labels=plan.labels,
        state=plan.state,
        policy=plan.deletion_policy,
        order=plan.orders.of(operation),
        after=plan.after,
        tier=plan.tier,
        delivery=plan.delivery,
        objects=tuple(Placed(resource=one.resource, wave=one.wave, path=one.path) for one in made),
    )
    return TARGETS[environment.target].bundle(delivered)


def environment(
    name: str, declared: Environment | None, settings: Settings, read: Callable[[str], bytes | None], *, used: bool
) -> EnvironmentOutcome:
    """What becomes of the files that the bundles of an environment share; none of them stays where it is not *used*.

    What *declared* says (None: nothing does) counts now; what stands there from before, the record says.
    """
    target = declared.target if declared else Environment(name=name, place=None).target
    site = Site(name=name, delivery=settings.delivered(declared.delivery if declared else None))
    wanted = written(TARGETS[target].environment(site)) if used else {}
    if wanted:
        wanted[delivery.record_path(target, name)] = delivery.record(wanted)
    held = {path for each in TARGETS for path in delivery.recorded(each, name, read)}
    return EnvironmentOutcome(
        name=name,
        files=tuple(sorted(wanted)),
        write={path: data for path, data in wanted.items() if read(path) != data},
        remove=tuple(sorted(path for path in held - wanted.keys() if read(path) is not None)),
    )


def written(files: Files) -> dict[str, bytes]:
    """The files' bytes."""
    return {path: dump(body).encode() for path, body in sorted(files.items())}
