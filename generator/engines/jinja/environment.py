"""Jinja2 with nothing to reach but the context: sandboxed, strict, and bounded.

The sandbox keeps templates away from Python's inside. What it leaves open are budgets: a template may not loop,
recurse or write without end, and what only serves to make huge strings is not there.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateRuntimeError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.engines.jinja.filters import FILTERS

MOST_STEPS = 200_000
"""Rounds of loops and calls of macros in one rendering."""

MOST_TEXT = 16 << 20
"""Characters of one rendering, and of any one string that an operator makes."""

FILE_PREFIX = "mwgen template "
"""Marks the frames of compiled templates in a traceback; the template's name follows."""

_TICK = "_mwgen_step"
_ABSENT_FILTERS = ("center", "format", "lipsum", "pprint", "random", "wordwrap", "xmlattr")
_ABSENT_GLOBALS = ("lipsum",)
_ABSENT_ATTRIBUTES = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})
_WIDTHS = re.compile(r"\d{5,}|\*")


class LimitError(TemplateRuntimeError):
    """A template used up what it may use."""


class Steps:
    """Counts the rounds of one rendering; `restart` before each. One process renders one template at a time."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def restart(self) -> None:
        """A new rendering begins."""
        self.left = MOST_STEPS

    def __call__(self) -> str:
        """One round more; nothing to print."""
        self.left -= 1
        if self.left < 0:
            raise LimitError(f"the template takes more than {MOST_STEPS:,} rounds of loops and macros")
        return ""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that nobody vouches for."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: self._source(texts, name)),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            auto_reload=False,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        )
        for name in _ABSENT_FILTERS:
            self.filters.pop(name, None)
        for name in _ABSENT_GLOBALS:
            self.globals.pop(name, None)
        self.filters.update(FILTERS)
        self.steps = Steps()
        self.globals[_TICK] = self.steps

    @staticmethod
    def _source(texts: Mapping[str, str], name: str) -> tuple[str, str, None]:
        if name not in texts:
            raise TemplateNotFound(name)
        return texts[name], f"{FILE_PREFIX}{name}", None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree, with a step counted at the start of every loop's round and every macro."""
        tree = super()._parse(source, name, filename)
        loops: list[nodes.For | nodes.Macro | nodes.CallBlock] = [
            *tree.find_all(nodes.For),
            *tree.find_all(nodes.Macro),
            *tree.find_all(nodes.CallBlock),
        ]
        for block in loops:
            call = nodes.Call(nodes.Name(_TICK, "load"), [], [], None, None)
            step = nodes.Output([call])
            block.body.insert(0, step.set_lineno(block.lineno))
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As the sandbox has it, without the methods that pad strings to any width."""
        if isinstance(obj, str) and attr in _ABSENT_ATTRIBUTES:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No way around `is_safe_attribute`: a format string can pad to any width."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Products, powers and formats whose result stays within bounds."""
        if operator == "*":
            _bounded(left, right)
            _bounded(right, left)
        elif operator == "**" and (_size(left) > 64 or (isinstance(right, int) and right > 64)):
            raise LimitError("powers are limited to 64-bit bases and exponents up to 64")
        elif operator == "%" and isinstance(left, str) and _WIDTHS.search(left):
            raise LimitError("a format's width is limited to 9999")
        return super().call_binop(context, operator, left, right)


def _bounded(sequence: Any, times: Any) -> None:
    if isinstance(sequence, str | list | tuple) and isinstance(times, int) and len(sequence) * times > MOST_TEXT:
        raise LimitError(f"a repetition makes more than {MOST_TEXT:,} elements")
    if _size(sequence) > 4096:
        raise LimitError("numbers are limited to 4096 bits")


def _size(number: Any) -> int:
    return number.bit_length() if isinstance(number, int) else 0
