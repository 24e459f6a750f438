"""A template's text as a tree, by the rules and in the words of Go's template parser."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from generator.engines.gotemplate import nodes, numbers, text
from generator.engines.gotemplate.errors import TemplateError, limit_error, parse_error
from generator.engines.gotemplate.lexer import Kind, Token, lex
from generator.engines.gotemplate.lookahead import Lookahead
from generator.engines.gotemplate.nodes import Command, List, Operand, Pipe, Statement, Tree
from generator.engines.gotemplate.source import Source
from generator.engines.gotemplate.stack import DEEP_STACK, DEEPEST
from generator.engines.gotemplate.text import quote

_OPERANDS = frozenset(
    {
        Kind.BOOL,
        Kind.CHAR_CONSTANT,
        Kind.COMPLEX,
        Kind.DOT,
        Kind.FIELD,
        Kind.IDENTIFIER,
        Kind.NUMBER,
        Kind.NIL,
        Kind.RAW_STRING,
        Kind.STRING,
        Kind.VARIABLE,
        Kind.LEFT_PAREN,
    }
)
_CONSTANTS = (nodes.Bool, nodes.StringLiteral, nodes.NumberLiteral, nodes.Nil, nodes.Dot)
_MAX_PARENTHESES = 10_000  # Go's own bound; ours on nesting of any sort is lower


def parse(content: str, name: str, functions: Container[str]) -> Tree:
    """The tree of a text.

    Args:
        content: the template.
        name: what errors call it.
        functions: the names that may be called.

    Raises:
        TemplateError: of kind `parse`, or `limit` where it is nested beyond all reason.
    """
    source = Source(content)
    definitions: dict[str, List] = {}
    parser = _Parser(name, source, lex(content), functions, definitions)
    try:
        with DEEP_STACK:
            main = parser.parse()
    except RecursionError:
        raise limit_error("nesting", DEEPEST, name=name) from None
    return Tree(source, main, tuple(nodes.Definition(key, body) for key, body in definitions.items()))


class _Parser(Lookahead):
    """One definition being parsed; `define` and `block` start another over the same tokens."""

    def __init__(
        self,
        name: str,
        source: Source,
        tokens: Iterator[Token],
        functions: Container[str],
        definitions: dict[str, List],
    ) -> None:
        super().__init__(tokens)
        self.name = name
        self.source = source
        self.functions = functions
        self.definitions = definitions
        self.variables = ["$"]
        self.action: Token | None = None
        self.ranges = 0
        self.parentheses = 0

    # -- complaints

    def refused(self, message: str, **data: Any) -> TemplateError:
        """The error that ends the parsing, blamed on the line of the token read last."""
        pos = self.ahead[0].pos
        return parse_error(self.name, self.source, pos, message, data)

    def unexpected(self, token: Token, context: str) -> TemplateError:
        """The error about a token that does not fit here."""
        if token.kind is not Kind.ERROR:
            return self.refused(f"unexpected {token.shown()} in {context}", brace=token.value == "}")
        extra = ""
        if self.action is not None:
            started = self.source.line(self.action.pos)
            if started != self.source.line(token.pos):
                extra = f" in action started at {self.name}:{started}"
                if token.value.endswith(" action"):
                    extra = extra.removeprefix(" in action")
        return self.refused(token.value + extra)

    def expect(self, context: str, *kinds: Kind) -> Token:
        """Take a token of one of these kinds."""
        token = self.next_word()
        if token.kind not in kinds:
            raise self.unexpected(token, context)
        return token

    # -- definitions

    def parse(self) -> List:
        """The whole text, to its end."""
        pos = self.peek().pos
        found: list[Statement] = []
        while self.peek().kind is not Kind.EOF:
            if self.peek().kind is Kind.LEFT_DELIM:
                delim = self.next()
                if self.next_word().kind is Kind.DEFINE:
                    self.another().definition()
                    continue
                self.backup2(delim)
            node = self.text_or_action()
            if isinstance(node, _Ending):
                raise self.refused(f"unexpected {node.shown}")
            found.append(node)
        return List(pos, tuple(found))

    def another(self) -> "_Parser":
        """A parser of a definition inside of this text."""
        return _Parser(self.name, self.source, self.tokens, self.functions, self.definitions)

    def definition(self) -> None:
        """`{{define "name"}} … {{end}}`, past its keyword."""
        context = "define clause"
        name = self.unquoted(self.expect(context, Kind.STRING, Kind.RAW_STRING))
        self.expect(context, Kind.RIGHT_DELIM)
        self.add(name, self.closed_list(context))

    def closed_list(self, context: str) -> List:
        """A list that ends with `end`."""
        body, ending = self.item_list()
        if ending.is_else:
            raise self.refused(f"unexpected {ending.shown} in {context}")
        return body

    def add(self, name: str, body: List) -> None:
        """Make a definition known: twice in one text is an error, unless one of the two is empty."""
        known = self.definitions.get(name)
        if known is None or known.empty:
            self.definitions[name] = body
        elif not body.empty:
            raise self.refused(f"template: multiple definition of template {quote(name)}")

    # -- lists

    def item_list(self) -> "tuple[List, _Ending]":
        """What stands before the next `else` or `end` of the same level, and that."""
        pos = self.peek_word().pos
        found: list[Statement] = []
        while self.peek_word().kind is not Kind.EOF:
            node = self.text_or_action()
            if isinstance(node, _Ending):
                return List(pos, tuple(found)), node
            found.append(node)
        raise self.refused("unexpected EOF", opened=self.source.offset(pos))

    def text_or_action(self) -> "Statement | _Ending":
        """The next thing of a list."""
        token = self.next_word()
        if token.kind is Kind.TEXT:
            return nodes.Text(token.pos, token.value)
        if token.kind is Kind.LEFT_DELIM:
            self.action = token
            node = self.one_action()
            self.action = None
            return node
        raise self.unexpected(token, "input")

    def one_action(self) -> "Statement | _Ending":
        """An action, past its left delimiter."""
        token = self.next_word()
        match token.kind:
            case Kind.BLOCK:
                return self.block()
            case Kind.BREAK | Kind.CONTINUE:
                return self.jump(token)
            case Kind.ELSE:
                return self.else_()
            case Kind.END:
                return _Ending(self.expect("end", Kind.RIGHT_DELIM).pos, is_else=False)
            case Kind.IF:
                return nodes.If(*self.control("if"))
            case Kind.RANGE:
                return nodes.Range(*self.control("range"))
            case Kind.TEMPLATE:
                return self.template()
            case Kind.WITH:
                return nodes.With(*self.control("with"))
            case _:
                pass
        self.backup()
        return nodes.Action(self.peek().pos, self.pipeline("command", Kind.RIGHT_DELIM))

    def jump(self, keyword: Token) -> nodes.Break | nodes.Continue:
        """`{{break}}` or `{{continue}}`, past its keyword."""
        shown = f"{{{{{keyword.value}}}}}"
        token = self.next_word()
        if token.kind is not Kind.RIGHT_DELIM:
            raise self.unexpected(token, shown)
        if not self.ranges:
            raise self.refused(f"{shown} outside {{{{range}}}}")
        node = nodes.Break if keyword.kind is Kind.BREAK else nodes.Continue
        return node(keyword.pos)

    def else_(self) -> "_Ending":
        """`{{else}}`; of `{{else if` and `{{else with`, the second word is left for the caller."""
        token = self.peek_word()
        if token.kind not in (Kind.IF, Kind.WITH):
            token = self.expect("else", Kind.RIGHT_DELIM)
        return _Ending(token.pos, is_else=True)

    def control(self, keyword: str) -> tuple[int, Pipe, List, List | None]:
        """The rest of an if, with or range: what its node is made of."""
        known = len(self.variables)
        pipe = self.pipeline(keyword, Kind.RIGHT_DELIM)
        if keyword == "range":
            self.ranges += 1
        body, ending = self.item_list()
        if keyword == "range":
            self.ranges -= 1
        otherwise = None
        if ending.is_else:
            chained = self.peek().kind
            if keyword == "if" and chained is Kind.IF:
                self.next()
                otherwise = List(ending.pos, (nodes.If(*self.control("if")),))
            elif keyword == "with" and chained is Kind.WITH:
                self.next()
                otherwise = List(ending.pos, (nodes.With(*self.control("with")),))
            else:
                otherwise, last = self.item_list()
                if last.is_else:
                    raise self.refused(f"expected end; found {last.shown}")
        del self.variables[known:]
        return pipe.pos, pipe, body, otherwise

    def block(self) -> nodes.TemplateCall:
        """`{{block "name" pipeline}} … {{end}}`, past its keyword."""
        context = "block clause"
        token = self.next_word()
        name = self.template_name(token, context)
        pipe = self.pipeline(context, Kind.RIGHT_DELIM)
        inner = self.another()
        body, ending = inner.item_list()
        if ending.is_else:
            raise self.refused(f"unexpected {ending.shown} in {context}")
        inner.add(name, body)
        return nodes.TemplateCall(token.pos, name, pipe)

    def template(self) -> nodes.TemplateCall:
        """`{{template "name" pipeline}}`, past its keyword."""
        context = "template clause"
        token = self.next_word()
        name = self.template_name(token, context)
        pipe = None
        if self.next_word().kind is not Kind.RIGHT_DELIM:
            self.backup()
            pipe = self.pipeline(context, Kind.RIGHT_DELIM)
        return nodes.TemplateCall(token.pos, name, pipe)

    def template_name(self, token: Token, context: str) -> str:
        """The name that a literal holds."""
        if token.kind not in (Kind.STRING, Kind.RAW_STRING):
            raise self.unexpected(token, context)
        return self.unquoted(token)

    # -- pipelines

    def pipeline(self, context: str, end: Kind) -> Pipe:
        """Declarations and commands, up to and with the token that ends them."""
        pos = self.peek_word().pos
        variables, assigns = self.declarations(context)
        commands: list[Command] = []
        while (token := self.next_word()).kind is not end:
            if token.kind not in _OPERANDS:
                raise self.unexpected(token, context)
            self.backup()
            commands.append(self.command())
        if not commands:
            raise self.refused(f"missing value for {context}")
        for stage, command in enumerate(commands[1:], 2):
            if isinstance(command.args[0], _CONSTANTS):
                raise self.refused(f"non executable command in pipeline stage {stage}")
        return Pipe(pos, tuple(commands), variables, assigns)

    def declarations(self, context: str) -> tuple[tuple[nodes.Variable, ...], bool]:
        """The variables before `:=` or `=`, and whether it was `=`."""
        found: list[nodes.Variable] = []
        while (variable := self.peek_word()).kind is Kind.VARIABLE:
            self.next()
            adjacent = self.peek()
            following = self.peek_word()
            if following.kind in (Kind.ASSIGN, Kind.DECLARE):
                self.next_word()
                self.declare(found, variable)
                return tuple(found), following.kind is Kind.ASSIGN
            if following.kind is not Kind.CHAR or following.value != ",":
                if adjacent.kind is Kind.SPACE:
                    self.backup3(variable, adjacent)
                else:
                    self.backup2(variable)
                break
            self.next_word()
            self.declare(found, variable)
            if context != "range" or len(found) > 1:
                raise self.refused(f"too many declarations in {context}")
            if self.peek_word().kind not in (Kind.VARIABLE, Kind.RIGHT_DELIM, Kind.RIGHT_PAREN):
                raise self.refused("range can only initialize variables")
        return tuple(found), False

    def declare(self, found: list[nodes.Variable], token: Token) -> None:
        """Note a variable: uses are checked against what was declared, or assigned, before."""
        found.append(nodes.Variable(token.pos, token.value))
        self.variables.append(token.value)

    def command(self) -> Command:
        """Operands up to a bar, which is taken, or the end of the pipeline, which is left."""
        pos = self.peek_word().pos
        args: list[Operand] = []
        while True:
            self.peek_word()
            operand = self.operand()
            if operand is not None:
                args.append(operand)
            token = self.next()
            if token.kind is Kind.SPACE:
                continue
            if token.kind in (Kind.RIGHT_DELIM, Kind.RIGHT_PAREN):
                self.backup()
            elif token.kind is not Kind.PIPE:
                raise self.unexpected(token, "operand")
            break
        if not args:
            raise self.refused("empty command")
        return Command(pos, tuple(args))

    def operand(self) -> Operand | None:
        """A term and fields of it; nothing where none begins here."""
        term = self.term()
        if term is None or self.peek().kind is not Kind.FIELD:
            return term
        pos = self.peek().pos
        names: list[str] = []
        while self.peek().kind is Kind.FIELD:
            names.append(self.next().value[1:])
        match term:
            case nodes.Field():
                return nodes.Field(pos, (*term.names, *names), term.begin)
            case nodes.Variable():
                return nodes.Variable(pos, term.name, (*term.names, *names), term.begin)
            case nodes.Bool() | nodes.StringLiteral() | nodes.NumberLiteral() | nodes.Nil() | nodes.Dot():
                raise self.refused(f"unexpected . after term {quote(term.source())}")
            case _:
                return nodes.Chain(pos, term, tuple(names))

    def term(self) -> Operand | None:
        """A constant, function, variable, field of dot, or pipeline in parentheses; or nothing."""
        token = self.next_word()
        match token.kind:
            case Kind.IDENTIFIER:
                if token.value not in self.functions:
                    raise self.refused(
                        f"function {quote(token.value)} not defined",
                        function=token.value,
                        known=tuple(self.functions) if isinstance(self.functions, Iterable) else (),
                    )
                return nodes.Identifier(token.pos, token.value)
            case Kind.DOT:
                return nodes.Dot(token.pos)
            case Kind.NIL:
                return nodes.Nil(token.pos)
            case Kind.VARIABLE:
                if token.value not in self.variables:
                    raise self.refused(f"undefined variable {quote(token.value)}")
                return nodes.Variable(token.pos, token.value)
            case Kind.FIELD:
                return nodes.Field(token.pos, (token.value[1:],))
            case Kind.BOOL:
                return nodes.Bool(token.pos, token.value == "true")
            case Kind.CHAR_CONSTANT | Kind.COMPLEX | Kind.NUMBER:
                return self.number(token)
            case Kind.LEFT_PAREN:
                return self.parenthesized()
            case Kind.STRING | Kind.RAW_STRING:
                return nodes.StringLiteral(token.pos, token.value, self.unquoted(token))
            case _:
                self.backup()
                return None

    def parenthesized(self) -> Pipe:
        """A pipeline in parentheses, past the left one."""
        if self.parentheses >= _MAX_PARENTHESES:
            raise self.refused("max expression depth exceeded")
        self.parentheses += 1
        pipe = self.pipeline("parenthesized pipeline", Kind.RIGHT_PAREN)
        self.parentheses -= 1
        return pipe

    # -- literals

    def unquoted(self, token: Token) -> str:
        """The string that a literal denotes."""
        try:
            return text.unquote(token.value)
        except text.SyntaxRefused:
            raise self.refused("invalid syntax") from None

    def number(self, token: Token) -> nodes.NumberLiteral:
        """A number or character constant."""
        literal = token.value
        try:
            if token.kind is Kind.NUMBER:
                value = numbers.read(literal, quote(literal))
            elif token.kind is Kind.COMPLEX:
                value = numbers.read_complex(literal)
            else:
                value = self.character(literal)
        except numbers.NumberRefused as refused:
            raise self.refused(str(refused)) from None
        return nodes.NumberLiteral(token.pos, literal, value)

    def character(self, literal: str) -> numbers.Number:
        """The rune of a character constant."""
        try:
            rune, tail = text.unquote_char(literal)
        except text.SyntaxRefused:
            raise self.refused("invalid syntax") from None
        if tail != "'":
            raise self.refused(f"malformed character constant: {literal}")
        return numbers.Number(rune, rune, float(rune))


class _Ending:
    """An `else` or `end`: no part of the tree."""

    __slots__ = ("is_else", "pos")

    def __init__(self, pos: int, *, is_else: bool) -> None:
        self.pos = pos
        self.is_else = is_else

    @property
    def shown(self) -> str:
        """As complaints show it."""
        return "{{else}}" if self.is_else else "{{end}}"
