"""Several texts as one program, in Go's way: parsed one after the other, executed by name."""

from collections.abc import Callable, Mapping
from typing import Any

from generator.engines.gotemplate.dialect import Dialect
from generator.engines.gotemplate.errors import ExecError
from generator.engines.gotemplate.link import define, load
from generator.engines.gotemplate.provider import Provider
from generator.engines.gotemplate.run import Body, Limits, Run
from generator.engines.gotemplate.runtime import FAILURES
from generator.engines.gotemplate.stack import DEEP_STACK
from generator.engines.gotemplate.text import normal, quote
from generator.engines.gotemplate.unit import CodeUnit


def compile_text(text: str, name: str, dialect: Dialect) -> CodeUnit:
    """The unit of a text; errors call it by the name, which the unit does not hold.

    Raises:
        TemplateError: the text is no template.
    """
    from generator.engines.gotemplate.compiler import compile_tree
    from generator.engines.gotemplate.parser import parse

    return compile_tree(parse(text, name, dialect.callable), dialect, name)


def execute(run: Run, name: str, dot: Any) -> str:
    """The text that a definition of the run's table gives for a value.

    Raises:
        TemplateError: in Go's words.
    """
    try:
        body = run.table.get(name)
        if body is None:
            raise ExecError(f"template: no template {quote(name)} associated with template {quote('')}")
        with DEEP_STACK:
            text = run.capture(body, dot)
        return normal(text)
    except FAILURES as failure:
        from generator.engines.gotemplate.locate import locate

        raise locate(failure, name) from None


def render(
    texts: Mapping[str, str],
    name: str,
    dot: Any,
    dialect: Dialect,
    *,
    provider: Provider | None = None,
    limits: Limits | None = None,
    deadline: Callable[[], bool] | None = None,
) -> str:
    """Compile texts in their order, and execute one of their definitions: for a single use.

    Raises:
        TemplateError: in Go's words.
    """
    table: dict[str, Body] = {}
    for key, text in texts.items():
        define(table, load(compile_text(text, key, dialect), key, dialect))
    run = Run(table=table, provider=provider, limits=limits, deadline=deadline)
    return execute(run, name, dot)
