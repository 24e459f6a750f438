"""Where a running template failed: read off the traceback, so that it costs nothing while all is well.

Every line of compiled code stands for a node (`CodeUnit.lines`). The frames of compiled code in the traceback are
the calls that led to the failure, outermost first.
"""

from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.errors import (
    Call,
    ErrorKind,
    ExecError,
    InnerError,
    MissingError,
    Place,
    TemplateError,
    Unprintable,
)
from generator.engines.gotemplate.fields import MethodRefused
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.link import ORIGIN, Origin
from generator.engines.gotemplate.run import LimitExceeded
from generator.engines.gotemplate.source import Source
from generator.engines.gotemplate.stack import DEEPEST
from generator.engines.gotemplate.text import length
from generator.engines.gotemplate.unit import NOWHERE, Site

_DEEPEST: Final = "exceeded maximum template depth (100000)"
"""What Go says of templates that call one another without end. It lets them nest deeper than Python can."""

_COUNTED: Final = frozenset({"include", "tpl"})


@dataclass(frozen=True, slots=True)
class _Step:
    """A frame of compiled code."""

    origin: Origin
    owner: str
    site: Site

    def place(self, site: Site | None = None) -> Place:
        """Where it stands."""
        site = self.site if site is None else site
        source = Source(self.origin.unit.text)
        return Place(
            self.origin.name,
            source.line(site.pos),
            source.column(site.pos),
            source.offset(site.pos),
            source.offset(site.pos if site.begin < 0 else site.begin),
            length(site.context),
            self.owner,
            site.context,
        )


def locate(failure: BaseException, name: str) -> TemplateError:
    """The error of a failure that was caught at the start of an execution; `name` is what was executed.

    Raises:
        BaseException: the failure itself, where no compiled code was running.
    """
    steps = [step for step in _steps(failure.__traceback__) if step.site.call != "spill"]
    if not steps:
        return _nowhere(failure, name)
    if isinstance(failure, RecursionError):
        steps = _to_the_last_template_call(steps)
    *outer, last = steps
    calls = [Call(step.place(), step.site.call, _lead(step.site.call)) for step in outer]
    if isinstance(failure, InnerError):
        lead = f"error calling {last.site.call}: {failure.lead}"
        calls += [Call(last.place(), last.site.call, lead), *failure.error.calls]
        return _as(failure.error, calls)
    return _error(failure, last, tuple(calls))


def _to_the_last_template_call(steps: list[_Step]) -> list[_Step]:
    """The steps up to the last template action, which Go would blame, if it was those that nested too deep."""
    templates = [at for at, step in enumerate(steps) if step.site.call == "template"]
    others = sum(step.site.call in _COUNTED for step in steps)
    return steps[: templates[-1] + 1] if len(templates) > others else steps


def _lead(call: str) -> str:
    return "" if call == "template" else f"error calling {call}: "


def _as(error: TemplateError, calls: list[Call]) -> TemplateError:
    return TemplateError(
        error.kind,
        error.message,
        error.place,
        calls=tuple(calls),
        go_message=error.go_message,
        data=error.data,
    )


def _error(failure: BaseException, last: _Step, calls: tuple[Call, ...]) -> TemplateError:
    place = last.place()
    match failure:
        case MissingError():
            return TemplateError("missing", failure.message, place, calls=calls, data=failure.data)
        case Unprintable():
            message = f"can't print {last.site.context} of type {failure.type}"
            return TemplateError("exec", message, place, calls=calls)
        case ExecError(arg=arg):
            if arg is not None and arg < len(last.site.args):
                place = last.place(last.origin.unit.sites[last.site.args[arg]])
            return TemplateError("exec", failure.message, place, calls=calls, data=failure.data)
        case MethodRefused():
            return _refused(failure.error, failure.name, place, calls)
        case FuncError() if not last.site.call:
            return TemplateError("exec", str(failure), place, calls=calls)
        case FuncError():
            return _refused(failure, last.site.call, place, calls)
        case _:
            limit, allowed = _limit(failure)
            message = _limit_message(limit, allowed)
            data = {"limit": limit, "allowed": allowed}
            said = _DEEPEST if limit == "depth" and last.site.call == "template" else None
            return TemplateError("limit", message, place, calls=calls, go_message=said, data=data)


def _refused(error: FuncError, name: str, place: Place, calls: tuple[Call, ...]) -> TemplateError:
    lead = f"error calling {name}: "
    kind: ErrorKind = error.kind
    message = lead + error.said if kind in {"function", "unavailable"} else error.said
    return TemplateError(kind, message, place, calls=calls, go_message=lead + str(error), data=error.data)


def _limit(failure: BaseException) -> tuple[str, int]:
    return (failure.limit, failure.allowed) if isinstance(failure, LimitExceeded) else ("depth", DEEPEST)


def _limit_message(limit: str, allowed: int) -> str:
    if limit == "time":
        return "the template takes too long"
    return f"the template needs more than its limit of {allowed} for {limit}"


def _nowhere(failure: BaseException, name: str) -> TemplateError:
    """The error where nothing had been executed yet, such as a template that is not there."""
    place = Place(name, 1, 0, 0, 0, 0)
    if isinstance(failure, ExecError):
        return TemplateError("exec", failure.message, place)
    if isinstance(failure, FuncError):
        return TemplateError(failure.kind, failure.said, place, go_message=str(failure))
    if isinstance(failure, LimitExceeded | RecursionError):
        limit, allowed = _limit(failure)
        data = {"limit": limit, "allowed": allowed}
        return TemplateError("limit", _limit_message(limit, allowed), place, data=data)
    raise failure


def _steps(traceback: TracebackType | None) -> Iterator[_Step]:
    while traceback is not None:
        step = step_of(traceback.tb_frame, traceback.tb_lineno)
        if step is not None:
            yield step
        traceback = traceback.tb_next


def step_of(frame: FrameType, line: int) -> "_Step | None":
    """The node that a frame is at; nothing, where it is no frame of compiled code."""
    origin = frame.f_globals.get(ORIGIN)
    if not isinstance(origin, Origin):
        return None
    sites = origin.unit.sites
    index = origin.unit.lines[line]
    site = Site(0, "") if index == NOWHERE else sites[index]
    if site.chosen:
        site = sites[frame.f_locals[site.chosen]]
    return _Step(origin, origin.owner(frame.f_code.co_name), site)
