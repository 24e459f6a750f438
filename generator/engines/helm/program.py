"""Several files as one program, in Helm's way: one set of definitions, files executed by name."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.dialect import Missing
from generator.engines.gotemplate.errors import TemplateError
from generator.engines.gotemplate.link import define, load
from generator.engines.gotemplate.program import execute
from generator.engines.gotemplate.provider import Provider
from generator.engines.gotemplate.run import Body, Limits, Run
from generator.engines.gotemplate.values import NO_VALUE
from generator.engines.helm.dialect import dialect
from generator.engines.helm.functions import State
from generator.engines.helm.objects import Values
from generator.engines.helm.units import TextCompiler, UnitStore

if TYPE_CHECKING:
    from generator.engines.gotemplate.trace import TracedRun, Written

BUILT_IN: Final = "built-in/"
"""Before the names of what is defined besides the files; such names come last in Helm's order of files."""


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled files. Immutable: shared by all renders, threads and forked workers."""

    files: tuple[str, ...]
    """The files that give text, in the order in which Helm renders them; partials (`_…`) are left out."""
    table: Mapping[str, Body]
    compiler: TextCompiler
    mutates: bool
    """Whether a render may change the values that it is given: only then need the caller keep a copy."""
    lint: bool

    def render(
        self,
        name: str,
        context: Mapping[str, Any],
        *,
        provider: Provider | None = None,
        limits: Limits | None = None,
        deadline: Callable[[], bool] | None = None,
    ) -> str:
        """The text of one file, or of a definition.

        Args:
            name: of the file.
            context: the root value (`Values`, `Release` …); `Template` is added, to a copy.
            provider: of clock and randomness; without one, templates that ask are refused.
            limits: of this render.
            deadline: says whether the time is up.

        Raises:
            TemplateError: in Go's words; `helm_text` says it in Helm's.
        """
        run = self.run(provider=provider, limits=limits, deadline=deadline)
        return self.render_in(run, name, root(context, name))

    def run(
        self,
        *,
        provider: Provider | None = None,
        limits: Limits | None = None,
        deadline: Callable[[], bool] | None = None,
    ) -> Run:
        """A run, in which several files can be rendered, as those of a chart are: budgets are for all of them."""
        state = self.state()
        return Run(table=self.table, provider=provider, limits=limits, deadline=deadline, state=state)

    def traced_run(self, *, provider: Provider | None = None, limits: Limits | None = None) -> "TracedRun":
        """A run that notes who writes what; several times slower."""
        from generator.engines.gotemplate.trace import TracedRun

        return TracedRun(table=self.table, provider=provider, limits=limits, state=self.state())

    def state(self) -> State:
        """What Helm's functions keep during a run; texts given to `tpl` are nothing to keep for longer."""
        return State(TextCompiler(self.compiler.dialect), self.lint)

    def render_in(self, run: Run, name: str, dot: Any) -> str:
        """The text of one file in a run, for a root value that is used as it is.

        Raises:
            TemplateError: in Go's words.
        """
        return without_no_value(execute(run, name, dot))

    def render_traced(
        self,
        name: str,
        context: Mapping[str, Any],
        *,
        provider: Provider | None = None,
        limits: Limits | None = None,
    ) -> "tuple[str, list[Written]]":
        """As `render`, and which place of which template wrote the text from an offset on; several times slower."""
        run = self.traced_run(provider=provider, limits=limits)
        text = execute(run, name, root(context, name))
        return without_no_value(text), run.written(text, dropped=NO_VALUE)


def root(context: Mapping[str, Any], name: str, base_path: str = "") -> Values:
    """The root value for a file: the context with `Template`, and with `Values` of Helm's type."""
    dot = Values(context)
    given = dot.get("Values")
    if given.__class__ is dict:
        dict.__setitem__(dot, "Values", Values(given))
    path = base_path or name.rpartition("/")[0]
    dict.__setitem__(dot, "Template", Values({"Name": name, "BasePath": path}))
    return dot


def without_no_value(text: str) -> str:
    """Rendered text as Helm cleans it: of what printing a missing value gives, and of the same as literal text."""
    return text.replace(NO_VALUE, "") if NO_VALUE in text else text


def helm_order(names: Iterable[str]) -> list[str]:
    """Names in the order in which Helm parses and renders files: what is parsed later wins.

    Deep folders come before shallow ones, and of equally deep names the last of the alphabet comes first.
    """
    return sorted(names, key=lambda name: (name.count("/"), name), reverse=True)


def compile_program(
    files: Mapping[str, str],
    *,
    built_in: Mapping[str, str] | None = None,
    missing: Missing = Missing.ZERO,
    lint: bool = False,
    store: UnitStore | None = None,
) -> Program:
    """Compile files into one program.

    Args:
        files: text by name.
        built_in: texts of definitions that the files may use, and replace.
        missing: what becomes of missing values.
        lint: whether `required` and `fail` let everything pass.
        store: where compiled units outlive the process.

    Raises:
        TemplateError: of kind `parse`, for the first file in Helm's order that is no template.
    """
    compiler = TextCompiler(dialect(missing), store)
    order = helm_order(files)
    table: dict[str, Body] = {}
    calls: set[str] = set()
    texts = [*((f"{BUILT_IN}{name}", text) for name, text in (built_in or {}).items())]
    for name, text in [*texts, *((name, files[name]) for name in order)]:
        unit = compiler(text, name)
        calls |= unit.calls
        define(table, load(unit, name, compiler.dialect))
    rendered = tuple(name for name in order if not name.rpartition("/")[2].startswith("_"))
    mutates = not calls.isdisjoint(compiler.dialect.mutators)
    return Program(rendered, table, compiler, mutates, lint)


def check_files(files: Mapping[str, str], *, missing: Missing = Missing.ZERO) -> list[TemplateError]:
    """What is wrong with each file that is no template: all of them, in Helm's order."""
    compiler = TextCompiler(dialect(missing))
    found = []
    for name in helm_order(files):
        try:
            compiler(files[name], name)
        except TemplateError as error:
            found.append(error)
    return found
