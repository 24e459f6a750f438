"""The socket for template engines: texts in, a program out, and programs render."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from generator.dataclass import dataclass, field
from generator.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSource:
    """A template as a plugin's author wrote it."""

    name: str
    """Unique within the program."""

    text: str
    span: Callable[[int, int], Span] | None
    """Where the code points from … to of the text stand; None for what mwgen itself brings along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """All that a template may know. Equal contexts give equal text."""

    values: Mapping[str, Any]
    """`.Values`."""

    name: str
    """`.Release.Name`."""

    namespace: str
    plugin: str
    """`.Chart.Name`."""

    plugin_version: str
    runtime_version: str
    """`.Chart.AppVersion`."""

    components: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """`.Components`: what one component's templates may know of the others, but for their values."""

    component_values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The values of every component, which are `.Components.NAME.values`."""

    chart_values: Mapping[str, Any] = field(default_factory=dict)
    """What beats a chart's own values: of all components, with nulls, and without what mwgen provides."""

    kube_version: str = ""
    api_versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedLine:
    """Which place of which template wrote the output from an offset on."""

    offset: int
    """Into the rendered text, in code points."""

    template: str
    position: int
    """Into the template's text, in code points."""


SECONDS = 1.0
"""Processor time that one rendering may take, times the plugin's budget. Counts end what is endless before that, and
the same on every machine; the clock is for what takes long without many steps."""

Timer = Callable[[float], Callable[[], bool]]
"""Starts to run for so many seconds of processor time; what it gives says whether they are over."""


def deadline(timer: Timer | None, seconds: float) -> Callable[[], bool] | None:
    """Says whether the time of a rendering that begins now is over; None where nothing bounds it."""
    return timer(seconds) if timer is not None else None


class CodeStore(Protocol):
    """Keeps compiled code by a digest of what it was compiled from. Nobody else may be able to write to it."""

    def get(self, key: str) -> bytes | None:
        """What was put under *key*, if it is still there."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Keep *content* under *key*, if that is possible."""
        ...


class Program(Protocol):
    """Compiled templates. Immutable: shared by all groups, and by worker processes after a fork."""

    def render(self, template: str, context: RenderContext) -> str:
        """The text that *template* gives. Raises DiagnosticError at the template's line."""
        ...

    def trace(self, template: str, context: RenderContext) -> tuple[str, Sequence[RenderedLine]]:
        """The same text, and where each part of it was written; slower, for explaining errors."""
        ...


class Engine(Protocol):
    """A template language."""

    def compile(
        self, sources: Sequence[TemplateSource], constants: Sequence[Mapping[str, Any]] = (), budget: int = 1
    ) -> Program:
        """All of a plugin's templates as one program.

        Args:
            sources: the templates.
            constants: maps of which values will be made: the plugin's defaults. What an engine must convert in
                them, it can convert once; values share what no layer overrides.
            budget: how many times the usual limits a rendering may use.

        Raises:
            DiagnosticError: every mistake in the templates.
        """
        ...


def selector_labels(context: RenderContext) -> dict[str, str]:
    """`middleware.selectorLabels`: what never changes while an object lives; selectors are immutable."""
    return {
        "app.kubernetes.io/name": context.plugin,
        "app.kubernetes.io/instance": context.name,
        "app.kubernetes.io/component": context.values["component"],
    }


def labels(context: RenderContext) -> dict[str, str]:
    """`middleware.labels`: the recommended labels, but for the component and group, which templates add."""
    return {
        "app.kubernetes.io/name": context.plugin,
        "app.kubernetes.io/instance": context.name,
        "app.kubernetes.io/version": context.runtime_version,
        "app.kubernetes.io/managed-by": "mwgen",
        "middleware.io/plugin": context.plugin,
    }
