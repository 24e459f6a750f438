"""Random templates that make some sense: for comparing engines. Equal seeds give equal templates."""

from random import Random
from typing import Any

from tests.conformance.fuzz.values import FIXED

KEYS = [*FIXED, "zz", "yy"]
INNER = ["a", "b", "c", "d", "x", "y", "z", "name", "v", "in", "k", "zz"]
LITERALS = [
    "1", "0", "-1", "3", "2.5", "0.0", "1e3", "'a'", '"a"', '""', '"hello"', '"x y"', "`r\\n`", "true", "false", "nil",
    '"%d"', '"%s-%v"', '"é"', "0x1F", "1000000", "1000000.0", '","', '"_0"', '"map"', '"string"', "2i",
]  # fmt: skip
FUNCTIONS = {  # name: how many arguments it mostly takes
    "upper": 1, "lower": 1, "title": 1, "trim": 1, "quote": 1, "squote": 1, "len": 1, "not": 1, "empty": 1, "int": 1,
    "int64": 1, "float64": 1, "toString": 1, "toYaml": 1, "toJson": 1, "kindOf": 1, "typeOf": 1, "first": 1, "last": 1,
    "rest": 1, "initial": 1, "uniq": 1, "sortAlpha": 1, "until": 1, "b64enc": 1, "html": 1, "js": 1, "urlquery": 1,
    "floor": 1, "ceil": 1, "atoi": 1, "fromYaml": 1, "toStrings": 1, "compact": 1, "reverse": 1, "snakecase": 1,
    "default": 2, "eq": 2, "ne": 2, "lt": 2, "le": 2, "gt": 2, "ge": 2, "index": 2, "get": 2, "hasKey": 2, "has": 2,
    "contains": 2, "hasPrefix": 2, "trunc": 2, "indent": 2, "nindent": 2, "repeat": 2, "join": 2, "split": 2,
    "splitList": 2, "trimSuffix": 2, "append": 2, "prepend": 2, "without": 2, "pick": 2, "omit": 2, "add": 2, "sub": 2,
    "mul": 2, "div": 2, "mod": 2, "max": 2, "kindIs": 2, "typeIs": 2, "deepEqual": 2, "required": 2, "and": 2, "or": 2,
    "printf": 2, "print": 2, "println": 2, "coalesce": 2, "list": 2, "cat": 2, "concat": 2, "merge": 2, "tpl": 2,
    "regexMatch": 2, "semverCompare": 2, "round": 2, "ternary": 3, "replace": 3, "substr": 3, "set": 3, "slice": 3,
    "dig": 3, "dict": 4, "fail": 1, "untilStep": 3, "seq": 2, "pluck": 2, "unset": 2, "abbrev": 2, "chunk": 2,
}  # fmt: skip
NAMES = list(FUNCTIONS)
COMMON = ["default", "quote", "eq", "and", "or", "not", "index", "printf", "toYaml", "len", "list", "dict", "upper"]
DEFINED = ["one", "two", "three"]
TEXTS = ["\n", "x", "  - a: ", " ", "key: ", "\n\n", "é", "<no value>", ""]
TRIMS = [("{{ ", " }}"), ("{{", "}}"), ("{{- ", " }}"), ("{{ ", " -}}"), ("{{- ", " -}}")]


class Maker:
    """Makes one template."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.variables: list[str] = []
        self.loops = 0

    def pick(self, choices: list[Any]) -> str:
        return str(self.random.choice(choices))

    def few(self) -> int:
        return self.random.choice([0, 0, 0, 1, 1, 2])

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def chain(self) -> str:
        start = self.pick([".Values", ".Values", ".Values", "$.Values", "", ".Release", ".Chart", *self.variables])
        if start.startswith("$") and start != "$.Values":
            return start + "".join(f".{self.pick(INNER)}" for _ in range(self.few()))
        names = [self.pick(KEYS)] if start.endswith("Values") else [self.pick([*INNER, "Name"])]
        names += [self.pick(INNER) for _ in range(self.few())]
        return start + "".join(f".{name}" for name in names)

    def operand(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.45:
            return self.chain()
        if roll < 0.75 or depth <= 0:
            return self.pick(LITERALS)
        if roll < 0.8:
            return "."
        if roll < 0.83:
            return self.pick(["list", "dict", "print"])
        inner = self.pipeline(depth - 1)
        fields = f".{self.pick(INNER)}" if self.chance(0.15) else ""
        return f"({inner}){fields}"

    def call(self, depth: int, *, piped: bool) -> str:
        if self.chance(0.06):
            return f'include "{self.pick(DEFINED)}" {self.operand(depth)}'
        name = self.pick(COMMON if self.chance(0.4) else NAMES)
        count = FUNCTIONS[name] - piped
        if self.chance(0.06):
            count += self.random.choice([-1, 1])
        return " ".join([name, *(self.operand(depth - 1) for _ in range(max(count, 0)))])

    def command(self, depth: int, *, piped: bool) -> str:
        if depth > 0 and self.chance(0.55):
            return self.call(depth, piped=piped)
        return self.operand(depth)

    def pipeline(self, depth: int) -> str:
        commands = [self.command(depth, piped=False)]
        while self.chance(0.25):
            commands.append(self.call(depth, piped=True))
        return " | ".join(commands)

    def action(self, inside: str) -> str:
        left, right = self.random.choice(TRIMS)
        return f"{left}{inside}{right}"

    def variable(self) -> str:
        return self.pick(["$a", "$b", "$c"])

    def statement(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.3:
            return self.pick(TEXTS)
        if roll < 0.6 or depth <= 0:
            return self.action(self.pipeline(2))
        if roll < 0.68:
            name = self.variable()
            assign = name in self.variables and self.chance(0.5)
            text = self.action(f"{name} {'=' if assign else ':='} {self.pipeline(2)}")
            if not assign:
                self.variables.append(name)
            return text
        if roll < 0.72 and self.loops:
            return self.action(f"if {self.pipeline(1)}") + self.action(self.pick(["break", "continue"])) + "{{ end }}"
        if roll < 0.76:
            return self.action(f'template "{self.pick(DEFINED)}" {self.operand(1)}')
        return self.block(depth - 1)

    def block(self, depth: int) -> str:
        keyword = self.pick(["if", "if", "with", "range", "range"])
        known = len(self.variables)
        head = self.pipeline(2)
        if keyword == "range" and self.chance(0.5):
            head = self.pick(
                [".Values.list", ".Values.m", ".Values.objs", ".Values.mixed", "3", ".Values.el", "until 2"]
            )
        declared: list[str] = []
        if self.chance(0.3):
            declared = [self.variable() for _ in range(2 if keyword == "range" and self.chance(0.5) else 1)]
            sign = "=" if all(name in self.variables for name in declared) and self.chance(0.4) else ":="
            head = f"{', '.join(declared)} {sign} {head}"
            if sign == ":=":
                self.variables += declared
        self.loops += keyword == "range"
        text = self.action(f"{keyword} {head}") + self.statements(depth)
        self.loops -= keyword == "range"
        if self.chance(0.4):
            chained = f" {keyword} {self.pipeline(1)}" if keyword != "range" and self.chance(0.3) else ""
            text += self.action(f"else{chained}") + self.statements(depth)
        del self.variables[known:]
        return text + self.action("end")

    def statements(self, depth: int) -> str:
        known = len(self.variables)
        text = "".join(self.statement(depth) for _ in range(self.random.randint(1, 3)))
        del self.variables[known:]
        return text

    def definition(self, name: str) -> str:
        before, self.variables = self.variables, []
        loops, self.loops = self.loops, 0
        text = self.action(f'define "{name}"') + self.statements(1) + self.action("end")
        self.variables, self.loops = before, loops
        return text

    def template(self) -> str:
        """A whole file."""
        defined = "".join(self.definition(name) for name in DEFINED)
        body = "".join(self.statement(3) for _ in range(self.random.randint(1, 4)))
        return defined + body if self.chance(0.5) else body + defined


STRINGS = [
    ".Values.s", ".Values.es", ".Values.uni", ".Values.quoted", ".Values.ml", ".Values.num", ".Values.ver", '""',
    '"lit"', "`raw`", ".Release.Name", ".Chart.Name", ".Values.nested.x.y.z", ".Values.m.c.d", '"é"', '"a,b,c"',
    ".Template.Name",
]  # fmt: skip
NUMBERS = [
    ".Values.i",
    ".Values.z",
    ".Values.f",
    ".Values.big",
    "1",
    "0",
    "-2",
    "2.5",
    "1e6",
    "1000000",
    ".Release.Revision",
]
BOOLS = [".Values.t", ".Values.fa", "true", "false", ".Release.IsInstall", ".Chart.Deprecated"]
LISTS = [".Values.list", ".Values.nums", ".Values.mixed", ".Values.el", ".Values.objs", "list", "(list 1 2)"]
MAPS = [".Values.m", ".Values.em", ".Values.nested", ".Values.nilm", ".Values.m.c", "dict", '(dict "k" 1)', ".Release"]
NOTHING = [".Values.zz", ".Values.n", ".Values.m.zz", ".Values.nilm.in", "nil"]
OF_STRING = [
    "upper", "lower", "title", "trim", "quote", "squote", "trunc 3", "trunc -2", "indent 2", "nindent 4", "repeat 2",
    'replace "l" "L"', 'trimSuffix "o"', 'trimPrefix "h"', "b64enc", "snakecase", "camelcase", "kebabcase", "initials",
    "swapcase", "nospace", "toString", 'default "d"', "html", "js", "urlquery", "abbrev 5", "wrap 4", "sha256sum",
    "untitle", 'regexReplaceAll "l+" "_"', 'printf "%-8s|"', 'printf "%q"', "toYaml", "toJson", "substr 0 2", "cat 1",
]  # fmt: skip
OF_NUMBER = [
    "int", "int64", "float64", "add 1", "mul 3", "toString", "quote", "add1", "max 2 7", "min 2 7", "floor", "ceil",
    'printf "%v"', "toYaml", "toJson", "sub 10", "default 5", "div 12", "toDecimal",
]  # fmt: skip
OF_LIST = [
    "first", "last", "rest", "initial", "len", "toJson", "toYaml", "uniq", "compact", "reverse", 'join ","', "has 1.0",
    "toString", 'printf "%v"', "toStrings", "empty", "default list", "quote", "sortAlpha", "deepCopy", "kindOf",
]  # fmt: skip
OF_MAP = [
    "toYaml",
    "toJson",
    "len",
    "keys | sortAlpha",
    "deepCopy",
    "toString",
    "empty",
    "kindOf",
    "typeOf",
    "values | len",
]
TESTS = [
    'eq {s} "hello"', "ne {s} {s}", "not {b}", "and {b} {b}", "or {b} {a}", "empty {a}", 'hasKey {m} "a"',
    'contains "l" {s}', 'hasPrefix "h" {s}', 'kindIs "string" {a}', "eq {b} true", "has 1.0 {l}", "lt (int {n}) 2",
    'typeIs "string" {a}', "gt (float64 {n}) 1.0", "eq (len {l}) 3", "deepEqual {a} {a}", "or {x} {s}", "and {s} {x}",
]  # fmt: skip


class SaneMaker(Maker):
    """Makes templates that mostly render: arguments are of the types that functions want."""

    def of(self, kind: str, depth: int) -> str:
        plain = {"s": STRINGS, "n": NUMBERS, "b": BOOLS, "l": LISTS, "m": MAPS, "x": NOTHING}
        if kind == "a":
            return self.of(self.pick(list("ssnblmx")), depth)
        if depth > 0 and kind in "sb" and self.chance(0.3):
            return f"({self.text(depth - 1) if kind == 's' else self.test(depth - 1)})"
        return self.pick(plain[kind])

    def test(self, depth: int) -> str:
        return self.pick(TESTS).format(**{kind: self.of(kind, depth) for kind in "snblmxa"})

    def text(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.5:
            return " | ".join([self.of("s", depth), *(self.pick(OF_STRING) for _ in range(self.few()))])
        if roll < 0.6:
            return f"{self.of('n', 0)} | {self.pick(OF_NUMBER)} | toString"
        if roll < 0.7:
            return f'include "{self.pick(DEFINED)}" {self.pick([".", "$", "(dict)"])}'
        if roll < 0.8:
            return f'printf "%s-%v" {self.of("s", depth)} {self.of("a", depth)}'
        if roll < 0.9:
            return f"ternary {self.of('s', 0)} {self.of('s', 0)} {self.of('b', depth)}"
        return f"{self.of('x', 0)} | default {self.of('s', depth)}"

    def pipeline(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.4:
            return self.text(depth)
        if roll < 0.55:
            return f"{self.of('n', 0)} | {self.pick(OF_NUMBER)}"
        if roll < 0.7:
            return f"{self.of('l', 0)} | {self.pick(OF_LIST)}"
        if roll < 0.8:
            return f"{self.of('m', 0)} | {self.pick(OF_MAP)}"
        if roll < 0.9:
            return self.test(depth)
        return self.pick([*self.variables, "."]) if self.variables else self.of("a", 0)

    def block(self, depth: int) -> str:
        """Values are always reached by `$`, as dot may be anything."""
        known = len(self.variables)
        keyword = self.pick(["if", "with", "range"])
        head = {"if": self.test(1), "with": self.of("a", 1), "range": self.of(self.pick(["l", "m"]), 0)}[keyword]
        if keyword != "if" and self.chance(0.4):
            names = [self.variable() for _ in range(2 if keyword == "range" and self.chance(0.6) else 1)]
            head = f"{', '.join(names)} := {head}"
            self.variables += names
        self.loops += keyword == "range"
        text = self.action(f"{keyword} {head}") + self.statements(depth)
        self.loops -= keyword == "range"
        if self.chance(0.4):
            text += self.action("else") + self.statements(depth)
        del self.variables[known:]
        return text + self.action("end")

    def template(self) -> str:
        """A whole file; what is defined calls nothing, so that nothing calls itself."""
        defined = "".join(f"{self.action(f'define {chr(34)}{name}{chr(34)}')}[{name}]{{{{ end }}}}" for name in DEFINED)
        body = "".join(self.statement(3) for _ in range(self.random.randint(2, 5)))
        for root in ("Values", "Release", "Chart", "Template"):
            for before in (" ", "(", "{"):
                body = body.replace(f"{before}.{root}", f"{before}$.{root}")
        return defined + body


def loose_template(seed: int) -> str:
    """By turns a sane one, and one that is not."""
    return (SaneMaker(seed) if seed % 2 else Maker(seed)).template()
