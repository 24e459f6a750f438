"""A tree as Python code: one function a definition, text and values appended to a list of strings.

Deep bodies become functions of their own: Python allows 20 nested loops and 100 levels of indentation, Go neither.
"""

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.engines.gotemplate import nodes
from generator.engines.gotemplate.dialect import Dialect, Missing
from generator.engines.gotemplate.emitter import Body, Emitter, Line
from generator.engines.gotemplate.errors import limit_error
from generator.engines.gotemplate.expressions import Expressions
from generator.engines.gotemplate.nodes import List, Pipe, Tree
from generator.engines.gotemplate.operands import Val
from generator.engines.gotemplate.stack import DEEP_STACK, DEEPEST
from generator.engines.gotemplate.unit import CodeUnit, Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEP = 10
"""Levels of indentation after which a body becomes a function of its own."""

_PARAMS = "R, w, dot"
_BREAK, _CONTINUE = 1, 2


def compile_tree(tree: Tree, dialect: Dialect, name: str) -> CodeUnit:
    """The code of a parsed text.

    Raises:
        TemplateError: of kind `limit`, where it is nested beyond all reason.
    """
    try:
        with DEEP_STACK:
            return _compile(tree, dialect)
    except (RecursionError, MemoryError):
        raise limit_error("nesting", DEEPEST, name=name) from None


def _compile(tree: Tree, dialect: Dialect) -> CodeUnit:
    writer, main, definitions = write_unit(tree, dialect)
    source, lines = writer.out.code()
    return CodeUnit(
        tree.source.text,
        compile(source, "<template>", "exec", dont_inherit=True, optimize=0),
        main,
        definitions,
        writer.out.owners,
        tuple(writer.out.sites),
        lines,
        frozenset(writer.calls),
        len(tree.source.text),
    )


def write_unit(tree: Tree, dialect: Dialect) -> "tuple[Statements, Definition, dict[str, Definition]]":
    """The functions of a unit as source, in the writer's emitter; the text itself, and what it defines."""
    writer = Statements(Emitter(), dialect)
    main = Definition("d0", tree.main.empty)
    writer.definition(main.function, None, tree.main)
    definitions: dict[str, Definition] = {}
    for index, one in enumerate(tree.definitions, 1):
        definitions[one.name] = Definition(f"d{index}", one.body.empty)
        writer.definition(f"d{index}", one.name, one.body)
    return writer, main, definitions


class Statements(Expressions):
    """Writes lists of actions into an emitter."""

    def definition(self, function: str, name: str | None, body: List) -> None:
        """A whole definition; the text itself has no name yet."""
        self.assigned, self.ranged = _variables(body)
        self.scope = []
        self.dot = Val("dot")

        def write() -> None:
            self.declare("$", self.dot, code="" if "$" in self.assigned else "dot")
            self.list(body)

        self.out.finish(self.out.function(function, name, write), _PARAMS)

    # -- lists

    def list(self, body: List) -> None:
        """What stands in a list, one after the other."""
        for node in body.nodes:
            self.at = node
            self.statement(node)

    def statement(self, node: nodes.Statement) -> None:
        """An action."""
        match node:
            case nodes.Action():
                self.action(node)
            case nodes.If():
                self.if_(node)
            case nodes.With():
                self.with_(node)
            case nodes.Range():
                self.range(node)
            case nodes.TemplateCall():
                self.template(node)
            case nodes.Break():
                self.jump(_BREAK)
            case nodes.Continue():
                self.jump(_CONTINUE)
            case nodes.Text():
                self.text(node.text, node)

    def text(self, text: str, node: nodes.Node) -> None:
        """Text as it is."""
        if text:
            self.out.line(f"w({text!r})", self.out.site(node))

    def action(self, node: nodes.Action) -> None:
        """A pipeline whose value is printed, unless variables take it."""
        constant = _constant(node)
        if constant is not None:
            self.text(constant, node)
            return
        val = self.pipe(node.pipe)
        if node.pipe.variables:
            return
        site = self.out.site(node)
        if val.type == "string":
            self.out.line(f"w({val.code})", site)
            return
        if val.type:
            self.out.line(f"w(show(R, {val.code}))", site)
            return
        first = node.pipe.commands[-1].args[0]
        called = isinstance(first, nodes.Identifier) and first.name not in ("and", "or")
        shown = f"{'show_result' if called else 'show'}(R, {val.code})"
        if self.dialect.missing is Missing.GUARDED:
            shown = f"show_guarded(R, {val.code}, {self.origin(node.pipe)})"
            site = self.out.site(node.pipe)
        self.out.line(f"w({val.code} if {val.code}.__class__ is str else {shown})", site)

    def origin(self, pipe: Pipe) -> str:
        """Python code for where a value comes from that may turn out to be missing: receiver, keys, its name."""
        shown = pipe.source()
        first = pipe.commands[0].args[0]
        if len(pipe.commands) == 1 and len(pipe.commands[0].args) == 1:
            if isinstance(first, nodes.Field):
                return f"{self.dot.code}, {first.names!r}, {shown!r}"
            if isinstance(first, nodes.Variable):
                known = next((var for var in reversed(self.scope) if var.name == first.name), None)
                if known is not None:
                    return f"{known.val.code}, {first.names!r}, {shown!r}"
        return f"None, (), {shown!r}"

    # -- branches

    @contextmanager
    def scoped(self, dot: Val | None = None) -> "Iterator[None]":
        """A body whose variables end with it, and which may have another dot."""
        known, before = len(self.scope), self.dot
        if dot is not None:
            self.dot = dot
        yield
        del self.scope[known:]
        self.dot = before

    def if_(self, node: nodes.If) -> None:
        """`if`: the branch that the value's truth decides for."""
        with self.scoped():
            val = self.pipe(node.pipe)
            with self.out.block(f"if {val.code}:"), self.scoped():
                self.body(node.body)
            self.otherwise(node)

    def with_(self, node: nodes.With) -> None:
        """`with`: as `if`, with the value as dot."""
        with self.scoped():
            val = self.pipe(node.pipe)
            if not val.code.startswith(("t", "dot")):
                val = Val(self.temp(val.code), val.type)  # a variable may change while dot must not
            with self.out.block(f"if {val.code}:"), self.scoped(val):
                self.body(node.body)
            self.otherwise(node)

    def otherwise(self, node: nodes.Branch) -> None:
        """The other branch."""
        otherwise = node.otherwise
        if otherwise is None or not otherwise.nodes:
            return
        with self.out.block("else:"):
            if isinstance(node, nodes.Range) and _breaks(otherwise):
                # In Go, this break ends the range that the else belongs to, not the one around.
                self.spill(lambda: self.list(otherwise), caught=_BREAK)
            else:
                self.body(otherwise)

    def range(self, node: nodes.Range) -> None:
        """`range`: the body for every element."""
        out, pipe = self.out, node.pipe
        with self.scoped():
            val = self.value(pipe)
            # Until the first round, the variables hold the whole: `else` can see it.
            for variable in pipe.variables:
                if pipe.assigns:
                    self.assign(variable.name, val)
                elif node.otherwise is not None or variable.name in self.assigned:
                    self.declare(variable.name, Val(val.code))
                else:
                    self.declare(variable.name, Val(val.code), code=out.name("v"))
            if not val.code.startswith("t"):
                val = Val(self.temp(val.code), val.type)  # a variable may change while the loop runs
            pair = len(pipe.variables) > 1
            rounds = self.temp(f"{'pairs' if pair else 'elements'}(R, {val.code})", self.here())
            if node.otherwise is not None:
                with out.block(f"if {rounds}:"):
                    self.loop(node, val, rounds)
                self.otherwise(node)
            else:
                self.loop(node, val, rounds)

    def loop(self, node: nodes.Range, whole: Val, rounds: str) -> None:
        """The loop itself."""
        out, pipe = self.out, node.pipe
        declared = [] if pipe.assigns or not pipe.variables else self.scope[-len(pipe.variables) :]
        direct = bool(declared) and all(var.name not in self.assigned for var in declared)
        taken = [var.val.code for var in declared] if direct else [out.name("t") for _ in pipe.variables or (None,)]
        element = Val(taken[-1], iface=f"boxed({whole.code})")
        outside = [var.val for var in declared]
        with out.block(f"for {', '.join(taken)} in {rounds}:", self.here()), self.scoped(element):
            out.body.loops += 1
            vals = [*(Val(code) for code in taken[:-1]), element]
            for var, val in zip(declared, vals, strict=False):
                if not direct:
                    self.set(var, val)
                if not var.flag:
                    var.val = Val(var.val.code, iface=val.iface)
            if pipe.assigns:
                for variable, val in zip(pipe.variables, vals, strict=True):
                    self.assign(variable.name, val)
            self.body(node.body)
            out.body.loops -= 1
        for var, val in zip(declared, outside, strict=True):
            var.val = val

    def jump(self, signal: int) -> None:
        """`break` or `continue`."""
        out = self.out
        if out.body.loops:
            out.line("break" if signal == _BREAK else "continue")
        else:
            out.body.jumps = True
            out.line(f"return {signal}")

    def template(self, node: nodes.TemplateCall) -> None:
        """A call of another definition, which gets nothing but dot."""
        found = self.temp(f"find(R, {node.name!r})", self.out.site(node))
        val = self.pipe(node.pipe) if node.pipe is not None else Val("None")
        self.out.line(f"{found}(R, w, {val.code})", self.out.site(node, "template"))

    # -- deep bodies

    def body(self, body: List) -> None:
        """A list inside a block: written in place, or as a function of its own where it stands deep."""
        if self.out.body.indent <= _DEEP or not any(isinstance(node, nodes.Branch) for node in body.nodes):
            self.list(body)
        else:
            self.spill(lambda: self.list(body))

    def spill(self, write: Callable[[], None], *, caught: int = 0) -> None:
        """A function that gets what it needs, and gives back the variables that it set, and whether to jump.

        A jump that is `caught` ends nothing but the function.
        """
        out = self.out
        outer = out.body
        name = out.name("s")
        owner = out.owners[outer.name]
        with self.scoped():
            body = out.function(name, owner, write)
        taken = out.outer_names(body)
        written = list(body.writes)
        params = ", ".join(["R", "w", "dot", *taken])
        call = f"{name}({params})"
        if body.jumps or written:
            _return_signals(body, written)
            signal = out.name("t")
            out.line(
                f"{', '.join([signal, *written])}{'' if written else ','} = {call}", out.site(_spilled(self), "spill")
            )
            if body.jumps:
                for jump in (_BREAK, _CONTINUE):
                    if jump == caught:
                        continue
                    with out.block(f"if {signal} == {jump}:"):
                        self.jump(jump)
        else:
            out.line(call, out.site(_spilled(self), "spill"))
        out.finish(body, params)
        own = outer.locals
        outer.writes.update(dict.fromkeys(one for one in written if one not in own))


def _spilled(writer: Statements) -> nodes.Node:
    """The node whose body became a function: any will do, as errors do not blame it."""
    return writer.at if isinstance(writer.at, nodes.Node) else nodes.Dot(0)


def _return_signals(body: Body, written: "list[str]") -> None:
    """Make every way out of a function say whether to jump, and give the variables back."""
    values = "".join(f", {one}" for one in written)
    for line in body.lines:
        if line.code in (f"return {_BREAK}", f"return {_CONTINUE}"):
            line.code = f"{line.code}{values or ','}"
    body.lines.append(Line(1, f"return 0{values or ','}"))


def _breaks(body: List) -> bool:
    """Whether a list holds a break that is of no range inside of it."""
    for node in body.nodes:
        match node:
            case nodes.Break():
                return True
            case nodes.If() | nodes.With():
                if _breaks(node.body) or (node.otherwise is not None and _breaks(node.otherwise)):
                    return True
            case _:
                pass
    return False


def _constant(node: nodes.Action) -> str | None:
    """The text of an action that prints a literal string."""
    pipe = node.pipe
    if pipe.variables or len(pipe.commands) != 1 or len(pipe.commands[0].args) != 1:
        return None
    first = pipe.commands[0].args[0]
    return first.value if isinstance(first, nodes.StringLiteral) else None


def _variables(body: List) -> "tuple[frozenset[str], frozenset[str]]":
    """Names of the variables that a definition assigns, and of those that a range sets."""
    assigned: set[str] = set()
    ranged: set[str] = set()
    todo: list[nodes.Node | None] = [body]
    while todo:
        node = todo.pop()
        match node:
            case List():
                todo += node.nodes
            case nodes.Branch():
                todo += [node.pipe, node.body, node.otherwise]
                if isinstance(node, nodes.Range):
                    ranged.update(variable.name for variable in node.pipe.variables)
            case nodes.Action() | nodes.TemplateCall():
                todo.append(node.pipe)
            case Pipe():
                if node.assigns:
                    assigned.update(variable.name for variable in node.variables)
                todo += node.commands
            case nodes.Command():
                todo += node.args
            case nodes.Chain():
                todo.append(node.term)
            case _:
                pass
    return frozenset(assigned), frozenset(ranged)
