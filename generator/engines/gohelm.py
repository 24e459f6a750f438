"""The default engine: Go templates in Helm's dialect, under mwgen's protocol.

A plugin's templates are one program, as the templates of a chart are: what one defines, all can include. What differs
from a chart: a value that is missing where it is printed is an error (unless the template guards it), clock and
randomness are refused, and a template that changes its values changes them for nobody else.
"""

import marshal
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.diagnostics import DiagnosticError
from generator.engines.base import SECONDS, RenderContext, RenderedLine, TemplateSource, Timer, deadline
from generator.engines.faults import template_fault
from generator.engines.helm import (
    Limits,
    Missing,
    Program,
    TemplateError,
    UnitStore,
    capabilities,
    check_files,
    compile_program,
)

FOLDER = "templates/"
"""Before a template's name inside the program, as in a chart: a `define` of the same name is another thing."""

BUILT_IN = {
    "middleware": """\
{{- define "middleware.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Values.name }}
app.kubernetes.io/component: {{ .Values.component }}
{{- end -}}
{{- define "middleware.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Values.name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: mwgen
middleware.io/plugin: {{ .Chart.Name }}
{{- end -}}
""",
}
"""Named templates that every plugin has. Selectors are immutable: no version is among their labels. Component and
group are not among the labels of the second, because templates add them beside it."""


LIMITS = Limits()
"""Of one rendering, times the plugin's budget."""


class Budget(NamedTuple):
    """What one rendering may use."""

    limits: Limits
    seconds: float
    timer: Timer | None

    def started(self) -> tuple[Limits, Callable[[], bool] | None]:
        """For a rendering that starts now."""
        return self.limits, deadline(self.timer, self.seconds)


class GoTemplate:
    """Compiles templates of Helm's dialect; compiled code may outlive the process in *store*."""

    def __init__(self, store: UnitStore | None = None, timer: Timer | None = None) -> None:
        self._store = store
        self._timer = timer

    def compile(
        self, sources: Sequence[TemplateSource], constants: Sequence[Mapping[str, Any]] = (), budget: int = 1
    ) -> "GoProgram":
        """All *sources* as one program, for values that are made of *constants* and more.

        Raises:
            DiagnosticError: the first syntax error of each template.
        """
        by_name = {FOLDER + source.name: source for source in sources}
        texts = {name: source.text for name, source in by_name.items()}
        try:
            program = compile_program(texts, built_in=BUILT_IN, missing=Missing.GUARDED, store=self._store)
        except TemplateError:
            errors = check_files(texts, missing=Missing.GUARDED)
            raise DiagnosticError(*(template_fault(error, by_name) for error in errors)) from None
        return GoProgram(program, by_name, constants, Budget(LIMITS.times(budget), SECONDS * budget, self._timer))


class GoProgram:
    """Compiled templates."""

    def __init__(
        self,
        program: Program,
        sources: Mapping[str, TemplateSource],
        constants: Sequence[Mapping[str, Any]],
        budget: Budget,
    ) -> None:
        self._program = program
        self._budget = budget
        self._sources = sources
        self._constants = constants
        self._known: dict[int, dict[str, Any]] = {}
        """Every map inside the constants, converted, by identity; the constants live as long as this does."""
        self._recent: dict[int, tuple[Any, dict[str, Any]]] = {}
        """Maps that bundles were given of late, converted, by identity; with the maps themselves, which thus live."""
        self._latest: tuple[RenderContext, dict[str, Any]] | None = None
        """The latest context, and the root value for it."""
        for constant in constants:
            _convert(constant, {}, self._known)

    def render(self, template: str, context: RenderContext) -> str:
        """The text that *template* gives."""
        try:
            limits, over = self._budget.started()
            return self._program.render(FOLDER + template, self._root(context), limits=limits, deadline=over)
        except TemplateError as error:
            raise DiagnosticError(template_fault(error, self._sources)) from None

    def trace(self, template: str, context: RenderContext) -> tuple[str, Sequence[RenderedLine]]:
        """The text, and which place wrote what."""
        text, written = self._program.render_traced(FOLDER + template, self._root(context), limits=self._budget.limits)
        return text, [
            RenderedLine(offset=one.offset, template=one.name.removeprefix(FOLDER), position=one.pos) for one in written
        ]

    def _root(self, context: RenderContext) -> dict[str, Any]:
        """The root value: made once for the templates of a component, unless one of them could change it."""
        if self._latest is not None and self._latest[0] is context:
            return self._latest[1]
        values: dict[str, Any] = {
            "Values": self._converted(context.values),
            "Components": {
                name: {**own, "values": self._converted(context.component_values.get(name, {}))}
                for name, own in context.components.items()
            },
        }
        if self._program.mutates:
            values = marshal.loads(marshal.dumps(values, _UNSHARED))  # noqa: S302 - written by ourselves
        cluster = capabilities(
            **({"version": context.kube_version} if context.kube_version else {}),
            api_versions=context.api_versions or None,
        )
        root = {
            **values,
            "Capabilities": cluster,
            "Chart": {
                "Name": context.plugin,
                "Version": context.plugin_version,
                "AppVersion": context.runtime_version,
            },
            "Release": {
                "Name": context.name,
                "Namespace": context.namespace,
                "Service": "mwgen",
                "Revision": 1,
                "IsInstall": True,
                "IsUpgrade": False,
            },
        }
        if not self._program.mutates:
            self._latest = (context, root)
        return root

    def _converted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """*values* converted. A bundle's templates share them, so the same ones come here many times in a row."""
        kept = self._recent.get(id(values))
        if kept is None:
            if len(self._recent) > _RECENT:
                self._recent.clear()
            return _converted(values, self._known, self._recent)
        return kept[1]


_UNSHARED = 2
"""The version of Python's own format in which what stands at two places is read back as two."""

_RECENT = 500
"""Maps that are remembered: those of a few bundles, whose components and templates share them."""


def _converted(
    values: Mapping[str, Any], known: Mapping[int, dict[str, Any]], recent: dict[int, tuple[Any, dict[str, Any]]]
) -> dict[str, Any]:
    """As `_convert`; maps that are *recent* are not converted again, and those that are become recent."""
    kept = known.get(id(values))
    if kept is not None:
        return kept
    recalled = recent.get(id(values))
    if recalled is not None:
        return recalled[1]
    result: dict[str, Any] = {}
    for key, value in values.items():
        kind = value.__class__
        if kind is str or kind is bool or value is None:
            result[key] = value
        elif kind is dict:
            result[key] = _converted(value, known, recent)
        else:
            result[key] = _convert(value, known)
    recent[id(values)] = (values, result)
    return result


def _convert(value: Any, known: Mapping[int, Any], found: dict[int, Any] | None = None) -> Any:
    """A copy of *value* in the types that Helm's values have: numbers are float64 (sigs.k8s.io/yaml, via JSON).

    Maps that are *known*, by identity, are not converted again; *found* gets every map that is.
    """
    kind = value.__class__
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return float(value)
    if kind is list:  # before Mapping: an abstract class is slow to answer
        return [_convert(inner, known, found) for inner in value]
    if kind is dict or isinstance(value, Mapping):
        result = known.get(id(value))
        if result is None:
            result = {key: _convert(inner, known, found) for key, inner in value.items()}
            if found is not None:
                found[id(value)] = result
        return result
    if isinstance(value, Sequence):
        return [_convert(inner, known, found) for inner in value]
    return value
