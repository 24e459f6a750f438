"""Jinja2 with nothing to reach but the context: sandboxed, strict, and bounded."""

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import FunctionLoader, TemplateNotFound, nodes, pass_context
from jinja2.lexer import TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.engines.base import CodeStore
from generator.engines.jinja.budget import Budget
from generator.engines.jinja.filters import OWN, bounded, filters
from generator.engines.jinja.guards import CONCATENATED, KEPT, STEP, guarded
from generator.engines.jinja.missing import Missing, MissingError
from generator.engines.jinja.positions import normalized, placed
from generator.engines.jinja.store import StoredCode

FILE_PREFIX: Final = "mwgen template "
"""Marks the frames of compiled templates in a traceback; the template's name follows."""

_ABSENT_FILTERS: Final = (
    "center", "escape", "e", "forceescape", "format", "lipsum", "pprint", "random", "safe", "striptags", "urlize",
    "wordwrap", "xmlattr",
)  # fmt: skip
_ABSENT_ATTRIBUTES: Final = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})
_NUMBERS: Final = frozenset({int, float})


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that nobody vouches for."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, texts: Mapping[str, str], budget: Budget, store: CodeStore | None = None) -> None:
        self.budget = budget
        super().__init__(
            loader=FunctionLoader(lambda name: self._source(texts, name)),
            undefined=Missing,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            auto_reload=False,
            finalize=self._shown,
            bytecode_cache=StoredCode(store) if store is not None else None,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        )
        for name in _ABSENT_FILTERS:
            self.filters.pop(name, None)
        self.globals.pop("lipsum", None)
        for table in (self.filters, self.tests):
            calls: Any = table
            calls.update({name: bounded(budget, call) for name, call in calls.items()})
        self.filters.update(filters(budget))
        self.globals.update({name: make(budget) for name, make in OWN.items()})
        self.globals.update(include=_include)
        step = pass_context(
            lambda _context, size: budget.step(size)
        )  # with a context, nothing is worked out beforehand
        self.filters.update({STEP: step, CONCATENATED: budget.concatenated, KEPT: budget.weigh})

    @staticmethod
    def _source(texts: Mapping[str, str], name: str) -> tuple[str, str, None]:
        if name not in texts:
            raise TemplateNotFound(name)
        return texts[name], f"{FILE_PREFIX}{name}", None

    def _shown(self, value: Any) -> Any:
        """What an expression prints: true and false as YAML has them, and nothing that is not there."""
        if value.__class__ is str:
            self.budget.run.spend(len(value))
            return value
        if value.__class__ in _NUMBERS:
            return value
        if value is None:
            raise MissingError("", ())
        return self.budget.text(value)

    # -- compiling

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        text = normalized(self.preprocess(source, name, filename))
        tokens = placed(self.lexer.tokeniter(text, name, filename, state), text)
        return TokenStream(self.lexer.wrap(tokens, name, filename), name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree, with guards where something is repeated, joined or kept."""
        tree = guarded(super()._parse(source, name, filename))
        tree.set_environment(self)
        return tree

    # -- running

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As the sandbox has it, without the methods that pad strings to any width."""
        if isinstance(obj, str) and attr in _ABSENT_ATTRIBUTES:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No way around `is_safe_attribute`: a format string can pad to any width."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums, products, powers and formats whose result stays within bounds."""
        self.budget.operands(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: D102 - as the sandbox's
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str):
            self.budget.method(owner, obj.__name__, args)
        return super().call(context, obj, *args, **kwargs)


@pass_context
def _include(context: Context, name: str, **values: Any) -> str:
    """The text of another of the plugin's templates, which sees what this one sees, and *values*."""
    environment = context.environment
    assert isinstance(environment, Sandbox)
    budget = environment.budget
    budget.step()
    template = environment.get_template(name)
    inner = template.new_context({**context.get_all(), **values})
    pieces: list[str] = []
    size = 0
    for piece in template.root_render_func(inner):
        size += len(piece)
        budget.written(size)
        pieces.append(piece)
    budget.run.spend(size)
    return "".join(pieces)
