"""One bundle while it is expanded: its plan, its texts, and objects made like those of a careful template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.engines import base
from generator.engines.base import Program, RenderContext
from generator.model.plan import Plan
from generator.model.resource import MadeFrom, Resource, ResourceId
from generator.model.values import Object, Value, at
from generator.stages.expand import texts
from generator.yamlio.locate import Place


@dataclass(frozen=True, slots=True)
class Expansion:
    """What every part of the expansion works with."""

    plan: Plan
    programs: Mapping[str, Program]
    """By engine."""

    context: Callable[[str], RenderContext]
    """What the texts of a component may know."""

    def text(self, place: Place, text: str, component: str, extra: Mapping[str, Any] | None = None) -> str:
        """What the *text* at *place* gives with the values of *component*, and the *extra* ones.

        Raises:
            DiagnosticError: a mistake in it, at its line.
        """
        plugin = self.plan.plugin
        if not texts.is_template(text, plugin):
            return text
        context = self.context(component)
        if extra:
            context = replace(context, values={**context.values, **extra})
        return self.programs[plugin.engine].render(str(place), context)

    def value(self, component: str, *pointer: str) -> Value:
        """A value of *component*; None where there is none."""
        return at(dict(self.context(component).values), pointer)

    def resource(
        self,
        kind: tuple[str, str],
        name: str,
        component: str,
        place: Place,
        *,
        labels: Mapping[str, str] | None = None,
        **fields: Any,
    ) -> Resource:
        """An object with the recommended labels, and *labels* above them.

        Args:
            kind: its apiVersion and kind.
            name: its name.
            component: the component that it belongs to.
            place: what in the plugin's document asks for it.
            labels: more labels.
            fields: what the object has besides metadata, such as `spec`.
        """
        own = {**base.labels(self.context(component)), "app.kubernetes.io/component": component, **(labels or {})}
        body: Object = {
            "apiVersion": kind[0],
            "kind": kind[1],
            "metadata": {"name": name, "namespace": self.plan.namespace, "labels": own},
            **fields,
        }
        return Resource(id=ResourceId.of(body), body=body, component=component, origin=MadeFrom(place=place))

    def stated(self, *pointer: str | int) -> Place:
        """Where the group, or the nearest of its bases that does, says what is at *pointer* of the spec."""
        places = [place.child(*pointer) for place in self.plan.spec_places]
        return next((place for place in reversed(places) if place.exists()), places[-1])
