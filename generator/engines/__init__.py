"""What turns a template into text. Another engine is a module that satisfies `base.Engine`, and a row here."""

from collections.abc import Callable

from generator.engines.base import Engine


def _gotemplate() -> Engine:
    from generator.engines.gohelm import GoTemplate

    return GoTemplate()


def _jinja2() -> Engine:
    from generator.engines.jinja import Jinja2

    return Jinja2()


ENGINES: dict[str, Callable[[], Engine]] = {"gotemplate": _gotemplate, "jinja2": _jinja2}
"""By name. An engine is imported when a plugin first needs it."""
