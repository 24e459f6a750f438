"""The second engine: Jinja2, under the same protocol, with the same values.

Templates see `Values`, `Release`, `Chart`, `Capabilities` and `Components` as templates of Helm's dialect do, and the
maps `labels` and `selector_labels`. A plugin's Jinja2 templates can include and import one another by name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile, Span
from generator.engines.base import RenderContext, RenderedLine, TemplateSource, labels, selector_labels
from generator.engines.jinja.environment import FILE_PREFIX, MOST_TEXT, LimitError, Sandbox


class Jinja2:
    """Compiles templates of Jinja2."""

    def compile(self, sources: Sequence[TemplateSource], constants: Sequence[Mapping[str, Any]] = ()) -> "JinjaProgram":
        """All *sources* as one program. Raises DiagnosticError with every syntax error."""
        del constants  # values are used as they are
        by_name = {source.name: source for source in sources}
        environment = Sandbox({name: source.text for name, source in by_name.items()})
        found = Collector()
        found.each(lambda source: _compiled(environment, source), sources)
        found.raise_errors()
        return JinjaProgram(environment, by_name)


class JinjaProgram:
    """Compiled templates; the sandbox compiles each once and keeps it."""

    def __init__(self, environment: Sandbox, sources: Mapping[str, TemplateSource]) -> None:
        self._environment = environment
        self._sources = sources

    def render(self, template: str, context: RenderContext) -> str:
        """The text that *template* gives."""
        return "".join(text for text, _ in self._pieces(template, context))

    def trace(self, template: str, context: RenderContext) -> tuple[str, Sequence[RenderedLine]]:
        """The text, and the template's line for each piece of it and for each line inside a piece."""
        texts: list[str] = []
        lines: list[RenderedLine] = []
        offset = 0
        starts = SourceFile("", self._sources[template].text).line_starts()
        for text, line in self._pieces(template, context):
            position = starts[min(line, len(starts)) - 1]
            lines.append(RenderedLine(offset=offset, template=template, position=position))
            texts.append(text)
            offset += len(text)
        return "".join(texts), lines

    def _pieces(self, name: str, context: RenderContext) -> Iterator[tuple[str, int]]:
        template = self._environment.get_template(name)
        written = 0
        try:
            self._environment.steps.restart()
            stream = template.root_render_func(template.new_context(_scope(context)))
            for text in stream:
                written += len(text)
                if written > MOST_TEXT:
                    raise LimitError(f"the template writes more than {MOST_TEXT:,} characters")
                yield text, _line_of(template, stream)
        except RecursionError:
            raise DiagnosticError(_diagnostic(self._sources[name], 1, "macros or includes nest without end")) from None
        except (TemplateError, SecurityError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            raise DiagnosticError(self._located(error, name)) from None

    def _located(self, error: Exception, name: str) -> Diagnostic:
        """The error at the innermost template line that was running."""
        self._environment_traceback(error)
        line = 1
        for file, number in _template_frames(error.__traceback__):
            name, line = file, number
        return _diagnostic(self._sources[name], line, str(error))

    def _environment_traceback(self, error: Exception) -> None:
        """Let Jinja2 put template lines into the traceback of *error*."""
        try:
            self._environment.handle_exception()
        except type(error) as again:
            error.__traceback__ = again.__traceback__


def _compiled(environment: Sandbox, source: TemplateSource) -> Template:
    try:
        return environment.get_template(source.name)
    except TemplateSyntaxError as error:
        raise DiagnosticError(_diagnostic(source, error.lineno, error.message or "syntax error")) from None
    except TemplateError as error:
        raise DiagnosticError(_diagnostic(source, 1, str(error))) from None


def _scope(context: RenderContext) -> dict[str, Any]:
    return {
        "Values": context.values,
        "Release": {"Name": context.name, "Namespace": context.namespace, "Service": "mwgen"},
        "Chart": {
            "Name": context.plugin,
            "Version": context.plugin_version,
            "AppVersion": context.runtime_version,
        },
        "Capabilities": {"KubeVersion": context.kube_version, "APIVersions": list(context.api_versions)},
        "Components": {
            name: {**facts, "values": context.component_values.get(name, {})}
            for name, facts in context.components.items()
        },
        "labels": labels(context),
        "selector_labels": selector_labels(context),
    }


def _line_of(template: Template, stream: Any) -> int:
    frame = stream.gi_frame
    return template.get_corresponding_lineno(frame.f_lineno) if frame else 1


def _template_frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(FILE_PREFIX):
            yield file.removeprefix(FILE_PREFIX), trace.tb_lineno
        trace = trace.tb_next


def _diagnostic(source: TemplateSource, line: int, message: str) -> Diagnostic:
    return Diagnostic(
        code="MW401",
        message=f"template {source.name}: {message}",
        primary=Label(_line_span(source, line)),
    )


def _line_span(source: TemplateSource, line: int) -> Span:
    starts = SourceFile("", source.text).line_starts()
    start = starts[min(line, len(starts)) - 1]
    end = source.text.find("\n", start)
    text = source.text[start : end if end >= 0 else len(source.text)]
    start += len(text) - len(text.lstrip())
    locate: Callable[[int, int], Span] | None = source.span
    if locate is None:
        return Span(SourceFile(source.name, source.text), start, start + len(text.strip()))
    return locate(start, start + len(text.strip()))
