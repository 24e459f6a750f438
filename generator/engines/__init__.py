"""What turns a template into text. Another engine is a module that satisfies `base.Engine`, and a row here."""

from collections.abc import Callable

TYPE_CHECKING = False
"""For type checkers, to whom it is true; `typing` itself would have to be loaded."""

if TYPE_CHECKING:
    from generator.engines.base import CodeStore, Engine, Timer


def _gotemplate(store: "CodeStore | None", timer: "Timer | None") -> "Engine":
    from generator.engines.gohelm import GoTemplate

    return GoTemplate(store, timer)


def _jinja2(store: "CodeStore | None", timer: "Timer | None") -> "Engine":
    from generator.engines.jinja import Jinja2

    return Jinja2(store, timer)


CHART = "chart"
"""What the engine of templates is called that are a chart's: it renders all of them at once, see `helmchart`."""

ENGINES: "dict[str, Callable[[CodeStore | None, Timer | None], Engine]]" = {
    "gotemplate": _gotemplate,
    "jinja2": _jinja2,
}
"""By name; given a place for compiled code that outlives the process, or none, and a clock that bounds renderings, or
none. Imported when first needed."""
