"""An engine of ours that is Helm itself: what its own engine makes of the same templates and the same values.

Helm has no `.Components`; the templates are given it as a value. The templates that every plugin may include are
written here once more, as the reference describes them.
"""

import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.engines.base import CodeStore, RenderContext, RenderedLine, TemplateSource, Timer

BUILT_IN = """\
{{- define "middleware.labels" -}}
app.kubernetes.io/name: {{ .Values.helmPlugin }}
app.kubernetes.io/instance: {{ .Values.name }}
app.kubernetes.io/version: {{ .Values.runtime.version | quote }}
app.kubernetes.io/managed-by: mwgen
middleware.io/plugin: {{ .Values.helmPlugin }}
{{- end -}}
{{- define "middleware.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.helmPlugin }}
app.kubernetes.io/instance: {{ .Values.name }}
app.kubernetes.io/component: {{ .Values.component }}
{{- end -}}
"""


@dataclass(frozen=True, slots=True)
class HelmProgram:
    """A plugin's templates. Helm renders every file of a chart, so each template has a chart of its own."""

    texts: Mapping[str, str]
    charts: dict[str, Any] = field(default_factory=dict)

    def render(self, template: str, context: RenderContext) -> str:
        """The text that Helm makes of *template*."""
        values = {
            **context.values,
            "helmComponents": {
                name: {**facts, "values": context.component_values.get(name, {})}
                for name, facts in context.components.items()
            },
            "helmPlugin": context.plugin,
        }
        rendered = self._chart(template).render(
            json.loads(json.dumps(values)), name=context.name, namespace=context.namespace
        )
        return str(rendered["plugin/templates/the-template.yaml"])

    def trace(self, template: str, context: RenderContext) -> tuple[str, Sequence[RenderedLine]]:
        """The text alone: Helm keeps no trace."""
        return self.render(template, context), ()

    def _chart(self, template: str) -> Any:
        if template not in self.charts:
            from helm_python import Chart

            files = {
                "Chart.yaml": "apiVersion: v2\nname: plugin\nversion: 1.0.0\n",
                "templates/_built-in.tpl": BUILT_IN,
            }
            for name, text in self.texts.items():
                path = "the-template.yaml" if name == template else f"_{name}.tpl"
                files[f"templates/{path}"] = text.replace(".Components", ".Values.helmComponents")
            self.charts[template] = Chart.load_archive(_archive(files))
        return self.charts[template]


class HelmEngine:
    """Satisfies `generator.engines.base.Engine`, and stands in the table of engines: Helm keeps no compiled code."""

    def __init__(self, store: CodeStore | None = None, timer: Timer | None = None) -> None:
        del store, timer

    def compile(
        self, sources: Sequence[TemplateSource], constants: Sequence[Mapping[str, Any]] = (), budget: int = 1
    ) -> HelmProgram:
        """All of a plugin's templates."""
        del constants, budget
        return HelmProgram({source.name: source.text for source in sources})


def _archive(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for path, text in files.items():
            data = text.encode()
            entry = tarfile.TarInfo(f"plugin/{path}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()
