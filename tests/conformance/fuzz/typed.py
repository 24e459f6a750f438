"""Random templates that use the whole language over the whole library."""

from random import Random

from tests.conformance.fuzz.library import Library
from tests.conformance.fuzz.words import Words

TEXTS = ("\n", "x", "  - a: ", " ", "key: ", "\n\n", "é", "<no value>", "", "}}", "\t", "{", "\r\n", "---\n")
TRIMS = (("{{ ", " }}"), ("{{", "}}"), ("{{- ", " }}"), ("{{ ", " -}}"), ("{{- ", " -}}"), ("{{-\n", "\t-}}"))
SHOWN = (
    "{}",
    "{}",
    "{}",
    "{}",
    "{} | toJson",
    "{} | quote",
    'printf "%T|%v" {0} {0}',
    'printf "%#v" {}',
    "typeOf {}",
    "{} | toYaml",
)
FIELDS = ("a", "b", "x", "name", "k", "zz")


class TypedMaker:
    """Makes one template."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.library = Library(self.random, Words(self.random, seed))
        self.loops = 0

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def action(self, inside: str) -> str:
        left, right = self.random.choice(TRIMS)
        return f"{left}{inside}{right}"

    def expression(self, kind: str = "a") -> str:
        return self.library.expression(kind, self.random.choice((0, 1, 1, 2, 2, 3)))

    def shown(self) -> str:
        text = self.random.choice(SHOWN)
        expression = self.expression()
        return text.format(expression if text == "{}" else f"({expression})")

    def chained(self) -> str:
        start = self.random.choice((".", "$", *self.library.variables, f"({self.expression('m')})"))
        fields = "".join(f".{self.random.choice(FIELDS)}" for _ in range(self.random.randint(1, 2)))
        return fields if start == "." else start + fields

    def statement(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.2:
            return self.random.choice(TEXTS)
        if roll < 0.55 or depth <= 0:
            return self.action(self.shown() if self.chance(0.9) else self.chained())
        if roll < 0.67:
            return self.assignment()
        if roll < 0.7 and self.loops:
            jump = self.random.choice(("break", "continue"))
            return self.action(f"if {self.expression('b')}") + self.action(jump) + "{{ end }}"
        if roll < 0.74:
            name = self.library.quoted("N") if self.chance(0.05) else self.library.literal("N")
            return self.action(f"template {name} {self.library.operand('a', 1)}")
        if roll < 0.76:
            return self.random.choice(("{{/* c */}}", "{{- /* c */ -}}", "{{/**/ -}}"))
        return self.block(depth - 1)

    def assignment(self) -> str:
        variables = self.library.variables
        name = self.random.choice(("$a", "$b", "$c"))
        assigns = name in variables and self.chance(0.5)
        text = self.action(f"{name} {'=' if assigns else ':='} {self.expression(self.random.choice('aaslmnd'))}")
        if name not in variables:
            variables.append(name)
        return text

    def block(self, depth: int) -> str:
        variables = self.library.variables
        known = len(variables)
        keyword = self.random.choice(("if", "with", "range", "range", "block"))
        if keyword == "block":
            name = self.random.choice(("four", "five"))
            return (
                self.action(f'block "{name}" {self.library.operand("a", 1)}') + self.alone(depth) + self.action("end")
            )
        if keyword == "range":
            head = (
                self.expression(self.random.choice("llm"))
                if self.chance(0.9)
                else self.library.literal(self.random.choice("hzsb"))
            )
        else:
            head = self.expression("b" if self.chance(0.4) else "a")
        names: list[str] = []
        if self.chance(0.4):
            count = 2 if keyword == "range" and self.chance(0.6) else 1
            names = [self.random.choice(("$a", "$b", "$i", "$v")) for _ in range(count)]
            sign = "=" if all(name in variables for name in names) and self.chance(0.4) else ":="
            head = f"{', '.join(names)} {sign} {head}"
            variables += [name for name in names if name not in variables]
        self.loops += keyword == "range"
        text = self.action(f"{keyword} {head}") + self.statements(depth)
        self.loops -= keyword == "range"
        if keyword != "range":
            while self.chance(0.2):
                text += self.action(f"else {keyword} {self.expression('a')}") + self.statements(depth)
        if self.chance(0.35):
            text += self.action("else") + self.statements(depth)
        del variables[known:]
        return text + self.action("end")

    def statements(self, depth: int) -> str:
        known = len(self.library.variables)
        text = "".join(self.statement(depth) for _ in range(self.random.randint(1, 3)))
        del self.library.variables[known:]
        return text

    def alone(self, depth: int) -> str:
        """The body of a definition, which sees no variables of others."""
        variables, self.library.variables = self.library.variables, []
        loops, self.loops = self.loops, 0
        root, self.library.root = self.library.root, self.random.choice(("", "$"))
        text = self.statements(depth)
        self.library.variables, self.loops, self.library.root = variables, loops, root
        return text

    def template(self) -> str:
        """A whole file: what is defined calls nothing that is defined, so that nothing calls itself."""
        defined = []
        for name in ("one", "two", "three"):
            self.library.defined = ("nope",)
            defined.append(self.action(f'define "{name}"') + self.alone(1) + self.action("end"))
        self.library.defined = ("one", "two", "three", "three", "nope")
        if self.chance(0.5):
            self.library.defined = ("one", "two", "three")
        body = "".join(self.statement(2) for _ in range(self.random.randint(1, 3)))
        return "".join([*defined, body] if self.chance(0.5) else [body, *defined])

    def single(self) -> str:
        """One action."""
        return f"{{{{ {self.shown()} }}}}"


def typed_template(seed: int) -> str:
    """Half of them a single action, which says most about the library."""
    maker = TypedMaker(seed)
    return maker.template() if seed % 2 else maker.single()
