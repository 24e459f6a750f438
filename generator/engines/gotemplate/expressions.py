"""Pipelines as Python statements: each writes what it needs, and says which expression then holds its value.

Two of Go's rules are worked out here, and cost nothing at run time. A nil that comes straight out of a map is an
interface that holds nil; one that went through a pipeline is no value at all; functions and field chains tell them
apart (`Val.iface`). And an error blames the node that was looked at last (`Expressions.at`).
"""

from collections.abc import Sequence

from generator.engines.gotemplate import nodes
from generator.engines.gotemplate.dialect import Dialect, Missing
from generator.engines.gotemplate.emitter import Emitter, Line
from generator.engines.gotemplate.literals import literal, number_code
from generator.engines.gotemplate.nodes import Command, Node, NumberLiteral, Operand, Pipe
from generator.engines.gotemplate.operands import NOTHING, Val, Var
from generator.engines.gotemplate.signature import VALUE, Signature, nillable, parse_signature
from generator.engines.gotemplate.unit import NOWHERE
from generator.engines.gotemplate.values import ANY

_CLASSES = {  # types whose values are of one Python class, which a check looks at
    "string": "str",
    "bool": "bool",
    "int": "int",
    "float64": "float",
    "int64": "Int64",
    "[]interface {}": "list",
    "map[string]interface {}": "dict",
}
_CONTAINERS = ("[]", "map[")


class Expressions:
    """Writes pipelines into an emitter."""

    def __init__(self, out: Emitter, dialect: Dialect) -> None:
        self.out = out
        self.dialect = dialect
        self.calls: set[str] = set()
        self.scope: list[Var] = []
        self.assigned: frozenset[str] = frozenset()
        """Names of variables that the definition assigns anywhere."""
        self.ranged: frozenset[str] = frozenset()
        """Names of variables that a range sets."""
        self.dot = Val("dot")
        self.at: Node | str | None = None
        """The node looked at last; or the variable that records it."""
        self.doubts: list[list[Var]] = []
        """Variables declared where evaluation may not come, a list for each `and` or `or` around."""

    # -- writing

    def here(self) -> int:
        """The site of the node looked at last."""
        if self.at is None:
            return NOWHERE
        return self.out.chosen(self.at) if isinstance(self.at, str) else self.out.site(self.at)

    def temp(self, expression: str, site: int = NOWHERE) -> str:
        """A new local variable that holds what an expression gives."""
        name = self.out.name("t")
        self.out.line(f"{name} = {expression}", site)
        return name

    def fail(self, message: str) -> Val:
        """Write the error that comes here for certain."""
        self.out.line(f"fail({message!r})", self.here())
        return NOTHING

    # -- pipelines

    def pipe(self, pipe: Pipe) -> Val:
        """A pipeline, with its declarations; of a range, see `Statements.range`."""
        val = self.value(pipe)
        for variable in pipe.variables:
            if pipe.assigns:
                self.assign(variable.name, val)
            else:
                self.declare(variable.name, val)
        return val

    def value(self, pipe: Pipe) -> Val:
        """The value of a pipeline: never an interface that holds nil."""
        self.at = pipe
        val: Val | None = None
        for index, command in enumerate(pipe.commands):
            following = pipe.commands[index + 1 : index + 2]
            strict = bool(following) and self.formats(following[0].args[0])
            found = self.command(command, val, strict=strict)
            val = Val(found.code, found.type)
        assert val is not None
        return val

    def command(self, command: Command, final: Val | None, *, strict: bool) -> Val:
        """A command; `final` is what is piped into it. `strict` asks that a chain's last key be there."""
        first, more = command.args[0], command.args[1:]
        extra = bool(more) or final is not None
        match first:
            case nodes.Field():
                self.at = first
                return self.fields(self.dot, first, first.names, more, final, strict=strict)
            case nodes.Chain():
                self.at = first
                term = self.arg(first.term, "")
                return self.fields(term, first, first.names, more, final, strict=strict)
            case nodes.Identifier():
                return self.call(first, command, more, final)
            case Pipe():
                return self.refuse_arguments(first) if extra else self.pipe(first)
            case nodes.Variable():
                self.at = first
                variable = self.variable(first.name)
                if first.names:
                    return self.fields(variable, first, first.names, more, final, strict=strict)
                return self.refuse_arguments(first) if extra else variable
            case _:
                pass
        self.at = first
        if extra:
            return self.refuse_arguments(first)
        match first:
            case nodes.Nil():
                return self.fail("nil is not a command")
            case nodes.Dot():
                return self.dot
            case _:
                return self.constant(first, ANY)

    def refuse_arguments(self, first: Operand) -> Val:
        """Write the error about arguments of what is no function."""
        return self.fail(f"can't give argument to non-function {first.source()}")

    def formats(self, operand: Operand) -> bool:
        """Whether this names a function to which nothing missing may be given."""
        return (
            self.dialect.missing is Missing.GUARDED
            and isinstance(operand, nodes.Identifier)
            and operand.name in self.dialect.formatting
        )

    # -- variables

    def variable(self, name: str) -> Val:
        """The value of a variable."""
        for var in reversed(self.scope):
            if var.name == name:
                if var.doubtful:
                    self.out.line(f"if {var.val.code} is UNSET: fail({f'undefined variable: {name}'!r})", self.here())
                return var.val
        return self.fail(f"undefined variable: {name}")

    def declare(self, name: str, val: Val, *, code: str = "") -> Var:
        """Make a variable; `code` names the local variable that holds it already."""
        fixed = name not in self.assigned
        local = code or self.out.name("v")
        flag = ""
        iface = val.iface
        if not fixed and name in self.ranged:
            flag = iface = self.out.name("k")
        var = Var(name, Val(local, val.type if fixed else "", iface), self.out.body, flag)
        if not code:
            self.out.line(f"{local} = {val.code}")
        if flag:
            self.out.line(f"{flag} = {val.iface}")
        if self.doubts:
            var.doubtful = True
            self.doubts[-1].append(var)
        self.scope.append(var)
        return var

    def assign(self, name: str, val: Val) -> None:
        """Set a variable that there is, or write the error that there is none."""
        for var in reversed(self.scope):
            if var.name == name:
                self.set(var, val)
                return
        self.fail(f"undefined variable: {name}")

    def set(self, var: Var, val: Val) -> None:
        """Set a variable."""
        self.out.line(f"{var.val.code} = {val.code}")
        names = [var.val.code]
        if var.flag:
            self.out.line(f"{var.flag} = {val.iface}")
            names.append(var.flag)
        if var.body is not self.out.body:
            self.out.body.writes.update(dict.fromkeys(names))

    # -- field chains

    def fields(
        self,
        receiver: Val,
        node: Node,
        names: tuple[str, ...],
        args: Sequence[Operand] = (),
        final: Val | None = None,
        *,
        strict: bool = False,
    ) -> Val:
        """A chain of fields, of which the last is a method if there are arguments."""
        if args or final is not None:
            return self.method(receiver, node, names, args, final)
        return self.chain(receiver, names, strict=node.source() if strict else "")

    def chain(self, receiver: Val, names: tuple[str, ...], *, strict: str = "") -> Val:
        """The value of a chain of fields without arguments.

        `strict` is how it is written, if its last key must be there.
        """
        if not names:
            return receiver
        if not receiver.code.isidentifier() or receiver.code in ("None", "True", "False"):
            receiver = Val(self.temp(receiver.code), receiver.type)  # Python warns of keys of a constant
        error = self.dialect.missing is Missing.ERROR
        slow = "walk_error" if error else "walk_strict" if strict else "walk"
        site = self.here()
        shown = f", {strict!r}" if strict and not error else ""
        walk = f"{slow}(R, {receiver.code}, {names!r}, {receiver.iface}{shown})"
        iface = "1" if receiver.iface == "1" else f"({receiver.iface} or {receiver.code} is not None)"
        if not self.dialect.methods.isdisjoint(names):
            return Val(self.temp(walk, site), iface=iface)
        path = "".join(f"[{name!r}]" for name in names[:-1])
        last = f"[{names[-1]!r}]" if error or strict else f".get({names[-1]!r})"
        found = self.out.name("t")
        self.out.line(f"try: {found} = {receiver.code}{path}{last}")
        self.out.line(f"except ABSENT: {found} = {walk}", site)
        return Val(found, iface=iface)

    def method(
        self,
        receiver: Val,
        node: Node,
        names: tuple[str, ...],
        args: Sequence[Operand],
        final: Val | None,
    ) -> Val:
        """A call of a method, which is known only at run time: so are the types of its parameters."""
        given = len(args) + (final is not None)
        error = ", True" if self.dialect.missing is Missing.ERROR else ""
        found = f"method(R, {receiver.code}, {names!r}, {receiver.iface}, {len(args)}, {given}{error})"
        bound = self.temp(found, self.here())
        items, sites = [], []
        for arg in args:
            self.at = arg
            if isinstance(arg, NumberLiteral):
                items.append(f"Literal({arg.literal!r}, {number_code(arg)})")
            elif isinstance(arg, nodes.Bool | nodes.StringLiteral):
                items.append(f"Literal({arg.source()!r}, {arg.value!r})")
            elif isinstance(arg, nodes.Nil):
                items.append("EXPLICIT_NIL")
            else:
                val = self.arg(arg, "")
                items.append(f"Typed({val.code}, {val.iface})" if not val.type else val.code)
            sites.append(self.here())
        if final is not None:
            items.append(final.code)
            sites.append(self.here())
        arguments = "".join(f"{item}, " for item in items)
        site = self.out.site(node, names[-1], tuple(sites))
        return Val(self.temp(f"invoke(R, {bound}, ({arguments}))", site), iface="1")

    # -- calls

    def call(self, name: nodes.Identifier, node: Node, args: Sequence[Operand], final: Val | None) -> Val:
        """A call of a function. `node` is what errors of the function blame."""
        self.at = name
        self.calls.add(name.name)
        func = self.dialect.callable[name.name]
        signature = parse_signature(func.signature)
        given = len(args) + (final is not None)
        if signature.variadic:
            if given < signature.fixed:
                want = f"want at least {signature.fixed} got {len(args)}"
                return self.fail(f"wrong number of args for {name.name}: {want}")
        elif given != signature.fixed:
            return self.fail(f"wrong number of args for {name.name}: want {signature.fixed} got {given}")
        builtin = self.dialect.builtin(name.name)
        if builtin and name.name in ("and", "or"):
            return self.logic(name.name, args, final)
        vals = self.arguments(signature, args, final, strict=self.formats(name))
        if builtin:
            special = self.special(name.name, node, args, vals)
            if special is not None:
                return special
        codes = [val.code for val in vals]
        if func.wants_run:
            codes.insert(0, "R")
        site = self.out.site(node, name.name)
        result = self.temp(f"f_{name.name}({', '.join(codes)})", site)
        known = signature.result not in (ANY, VALUE) and not nillable(signature.result)
        return Val(result, signature.result if known else "", "1" if signature.result == ANY else "0")

    def arguments(
        self,
        signature: Signature,
        args: Sequence[Operand],
        final: Val | None,
        *,
        strict: bool,
    ) -> list[Val]:
        """The arguments, each evaluated and checked before the next."""
        vals = []
        for index, arg in enumerate(args):
            vals.append(self.arg(arg, signature.param(index), strict=strict))
        if final is not None:
            vals.append(self.checked(final, signature.param(len(args))))
        return vals

    def logic(self, name: str, args: Sequence[Operand], final: Val | None) -> Val:
        """`and` or `or`: evaluates only as far as needed, and gives the deciding value."""
        out = self.out
        if not args:
            assert final is not None
            return final
        start = len(out.body.lines)
        self.doubts.append([])
        val = self.arg(args[0], VALUE)
        more: list[Operand | Val] = [*args[1:]]
        if final is not None:
            more.append(final)
        if more:
            result, chooser = out.name("t"), out.name("k")
            self.choose(result, chooser, val)
            test = f"if {result}:" if name == "and" else f"if not {result}:"
            for arg in more:
                with out.block(test):
                    self.choose(result, chooser, arg if isinstance(arg, Val) else self.arg(arg, VALUE))
            self.at = chooser
            val = Val(result)
        # Only what comes after the first argument may not be reached, but to be wrong about that one costs little.
        for var in self.doubts.pop():
            out.body.lines.insert(start, Line(out.body.indent, f"{var.val.code} = UNSET"))
            if self.doubts:
                self.doubts[-1].append(var)
        return Val(val.code, val.type)

    def choose(self, result: str, chooser: str, val: Val) -> None:
        """Take a value as that of `and` or `or` so far, and record the node looked at last."""
        self.out.line(f"{result} = {val.code}")
        if isinstance(self.at, str):
            record = self.at
            self.out.follow(chooser, record)
        else:
            record = str(self.here())
        self.out.line(f"{chooser} = {record}", chooser=chooser)

    def special(self, name: str, node: Node, args: Sequence[Operand], vals: list[Val]) -> Val | None:
        """Go's own functions that are written out in place; nothing for the others."""
        if name == "not":
            return Val(self.temp(f"not {vals[0].code}"), "bool")
        if name in ("eq", "ne") and len(vals) == 2:
            left, right = vals[0], vals[1]
            strings = " and ".join(f"{val.code}.__class__ is str" for val in (left, right) if val.type != "string")
            operator = "==" if name == "eq" else "!="
            fast = f"{left.code} {operator} {right.code}"
            slow = f"f_{name}(R, {left.code}, {right.code})"
            site = self.out.site(node, name)
            return Val(self.temp(f"{fast} if {strings} else {slow}" if strings else fast, site), "bool")
        if name == "len":
            site = self.out.site(node, name)
            return Val(self.temp(f"length({vals[0].code}, {vals[0].iface})", site), "int")
        if name == "call":
            callee = args[0].source() if args else ""
            codes = "".join(f", {val.code}" for val in vals)
            site = self.out.site(node, name)
            return Val(self.temp(f"call_value(R, {callee!r}{codes})", site))
        return None

    # -- arguments

    def arg(self, node: Operand, type_: str, *, strict: bool = False) -> Val:
        """An argument for a parameter of a type; of any type, where none is given."""
        self.at = node
        match node:
            case nodes.Dot():
                return self.checked(self.dot, type_)
            case nodes.Nil():
                if type_ and not nillable(type_):
                    return self.fail(f"cannot assign nil to {type_}")
                return self.nil(type_)
            case nodes.Field():
                return self.checked(self.fields(self.dot, node, node.names, strict=strict), type_)
            case nodes.Variable():
                val = self.variable(node.name)
                if node.names:
                    val = self.fields(val, node, node.names, strict=strict)
                return self.checked(val, type_)
            case Pipe():
                return self.checked(self.pipe(node), type_)
            case nodes.Identifier():
                return self.checked(self.call(node, node, (), None), type_)
            case nodes.Chain():
                term = self.arg(node.term, "")
                return self.checked(self.fields(term, node, node.names, strict=strict), type_)
            case _:
                return self.constant(node, type_ or ANY)

    def nil(self, type_: str) -> Val:
        """Nil, as a parameter of the type gets it."""
        if type_.startswith(_CONTAINERS):
            return Val(f"nil_of({type_!r})")
        return Val("None", iface="1" if type_ == ANY else "0")

    def checked(self, val: Val, type_: str) -> Val:
        """The value, once it is known to be fit for the type."""
        if type_ in ("", ANY, VALUE) or val.type == type_:
            return val
        cls = _CLASSES.get(type_)
        check = f"({val.code}, {type_!r}, {val.iface})"
        if cls is not None and not type_.startswith(_CONTAINERS):
            self.out.line(f"if {val.code}.__class__ is not {cls}: need{check}", self.here())
            return Val(val.code, type_)
        test = f"{val.code} if {val.code}.__class__ is {cls} else " if cls is not None else ""
        return Val(self.temp(f"{test}need{check}", self.here()))

    def constant(self, node: Node, type_: str) -> Val:
        """A literal, converted to the type that it is wanted as."""
        found = literal(node, type_)
        return self.fail(found) if isinstance(found, str) else found
