"""What goes wrong in Jinja2's templates, as diagnostics with the codes that the default engine has for the same."""

import re
from collections.abc import Iterator
from types import TracebackType

from jinja2 import TemplateRuntimeError, TemplateSyntaxError

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.engines.base import TemplateSource
from generator.engines.gotemplate.run import LimitExceeded
from generator.engines.jinja.missing import MissingError
from generator.engines.jinja.positions import original
from generator.yamlio.wording import choices

_WORD = re.compile(r"[.\w]+")
_OPENED = re.compile(r"\{[{%#]-?\s*")
_CLOSED = re.compile(r"[}%#]\}")


class SaidError(TemplateRuntimeError):
    """What `required` and `fail` say."""


def syntax(source: TemplateSource, error: TemplateSyntaxError) -> Diagnostic:
    """A template that is none."""
    message = error.message or "syntax error"
    return _at(source, error.lineno, "MW402", message, hint=_SYNTAX)


def nesting(source: TemplateSource) -> Diagnostic:
    """A template that nests beyond all reason."""
    return _at(source, 1, "MW404", "it nests without end", hint=_ENDLESS)


def fault(source: TemplateSource, number: int, error: BaseException) -> Diagnostic:
    """An error that came up at a place of a template; *number* is that of `positions`."""
    match error:
        case RecursionError():
            return _at(source, number, "MW404", "macros or includes nest without end", hint=_ENDLESS)
        case LimitExceeded(limit="time"):
            return _at(source, number, "MW404", "the template takes too long", hint=_ENDLESS)
        case LimitExceeded(limit=limit, allowed=allowed):
            message = f"the template needs more than its limit of {allowed} for {limit}"
            return _at(source, number, "MW404", message, hint=_ENDLESS)
        case MissingError(name=name, known=known):
            number = _mention(source.text, number, name)
            hint = choices(name, known) or "give it a value, or guard it with default, if … is defined, or required"
            return _at(source, number, "MW403", str(error), hint=hint, word=name)
        case SaidError():
            return _at(source, number, "MW406", str(error))
        case _:
            return _at(source, number, "MW401", str(error) or type(error).__name__)


_SYNTAX = "values stand in {{ … }}, tags in {% … %}; each if, for, macro and block ends with its own end tag"
_ENDLESS = "a template may not loop, nest or write without end; one that must has its plugin's templateBudget"


def frames(trace: TracebackType | None, prefix: str) -> Iterator[tuple[str, int]]:
    """Template and line of code of each frame of a template's code in a traceback, outermost first."""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(prefix):
            yield file.removeprefix(prefix), trace.tb_lineno
        trace = trace.tb_next


def _mention(text: str, number: int, name: str) -> int:
    """Where a name stands in the tag that a place is in; the place, if nowhere."""
    at = original(text, number)
    start = max(text.rfind("{{", 0, at + 2), text.rfind("{%", 0, at + 2), 0)
    closed = _CLOSED.search(text, at)
    found = re.compile(rf"\b{re.escape(name)}\b").search(text, start, closed.start() if closed else len(text))
    return found.start() + 1 if found else number


def _at(source: TemplateSource, number: int, code: str, message: str, *, hint: str = "", word: str = "") -> Diagnostic:
    text = source.text
    start = original(text, number)
    if opened := _OPENED.match(text, start):
        start = opened.end()
    found = _WORD.match(text, start)
    end = start + len(word) if word and text.startswith(word, start) else found.end() if found else start + 1
    if source.span is not None:
        span = source.span(start, min(end, len(text)))
    else:
        span = Span(SourceFile(source.name, text), start, min(end, len(text)))
    return Diagnostic(code=code, message=f"template {source.name}: {message}", primary=Label(span), hint=hint)
