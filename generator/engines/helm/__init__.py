"""Helm's dialect of Go's templates: the same bytes as Helm 4.2, and the same refusals, without Helm.

    program = compile_program({"c/templates/x.yaml": "name: {{ .Values.name }}"})
    text = program.render("c/templates/x.yaml", {"Values": {"name": "x"}})

A program is compiled once and rendered thousands of times. Clock and randomness come from a `Provider`, or not at all.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from generator.engines.gotemplate.dialect import Missing
    from generator.engines.gotemplate.errors import Call, Place, TemplateError
    from generator.engines.gotemplate.provider import Provider
    from generator.engines.gotemplate.run import Limits
    from generator.engines.gotemplate.trace import Written
    from generator.engines.helm.errors import helm_text
    from generator.engines.helm.objects import Capabilities, Files, Values, capabilities, chart_metadata, release
    from generator.engines.helm.program import Program, check_files, compile_program
    from generator.engines.helm.units import UnitStore

_HOMES: Final = {
    "Call": "gotemplate.errors",
    "Capabilities": "helm.objects",
    "Files": "helm.objects",
    "Limits": "gotemplate.run",
    "Missing": "gotemplate.dialect",
    "Place": "gotemplate.errors",
    "Program": "helm.program",
    "Provider": "gotemplate.provider",
    "TemplateError": "gotemplate.errors",
    "UnitStore": "helm.units",
    "Values": "helm.objects",
    "Written": "gotemplate.trace",
    "capabilities": "helm.objects",
    "chart_metadata": "helm.objects",
    "check_files": "helm.program",
    "compile_program": "helm.program",
    "helm_text": "helm.errors",
    "release": "helm.objects",
}
"""Where what is public lives: loaded when it is first asked for."""

__all__ = [
    "Call",
    "Capabilities",
    "Files",
    "Limits",
    "Missing",
    "Place",
    "Program",
    "Provider",
    "TemplateError",
    "UnitStore",
    "Values",
    "Written",
    "capabilities",
    "chart_metadata",
    "check_files",
    "compile_program",
    "helm_text",
    "release",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"generator.engines.{_HOMES[name]}"), name)
