"""Random calls of all functions with arguments of the types that they want, most of the time.

A row of the table says what a function takes and gives, a letter each: s text, i int, h how many (a small literal:
Helm has no bounds), n number, b bool, l list, m map, a anything, d time, z nothing; what a text is for (`words`):
K key, v version, c constraint, L layout, S date, Z zone, D duration, r pattern, R replacement, u URL, t type, k kind,
P format, y YAML, j JSON, o TOML; N a definition's name, T a template; C anything, copied, M a map, copied. A final
`*` or `?` makes the last parameter one of many, or none.
"""

from random import Random
from typing import Final

from tests.conformance.fuzz.words import Words

FUNCTIONS: Final[dict[str, tuple[str, str]]] = {
    # Go's own
    "and": ("aa*", "a"), "or": ("aa*", "a"), "not": ("a", "b"), "eq": ("aa*", "b"), "ne": ("aa", "b"),
    "lt": ("nn", "b"), "le": ("ss", "b"), "gt": ("nn", "b"), "ge": ("aa", "b"), "len": ("a", "i"),
    "index": ("la*", "a"), "print": ("a*", "s"), "println": ("a*", "s"), "printf": ("Pa*", "s"), "html": ("a*", "s"),
    "js": ("a*", "s"), "urlquery": ("a*", "s"), "call": ("aa*", "a"),
    # texts
    "trim": ("s", "s"), "trimAll": ("ss", "s"), "trimall": ("ss", "s"), "trimSuffix": ("ss", "s"),
    "trimPrefix": ("ss", "s"), "nospace": ("s", "s"), "upper": ("s", "s"), "lower": ("s", "s"), "title": ("s", "s"),
    "untitle": ("s", "s"), "hello": ("", "s"), "swapcase": ("s", "s"), "camelcase": ("s", "s"),
    "snakecase": ("s", "s"), "kebabcase": ("s", "s"), "initials": ("s", "s"), "substr": ("iis", "s"),
    "trunc": ("is", "s"), "abbrev": ("is", "s"), "abbrevboth": ("iis", "s"), "wrap": ("is", "s"),
    "wrapWith": ("iss", "s"), "repeat": ("hs", "s"), "indent": ("hs", "s"), "nindent": ("hs", "s"),
    "contains": ("ss", "b"), "hasPrefix": ("ss", "b"), "hasSuffix": ("ss", "b"), "replace": ("sss", "s"),
    "plural": ("ssi", "s"), "quote": ("a*", "s"), "squote": ("a*", "s"), "cat": ("a*", "s"), "toString": ("a", "s"),
    "toStrings": ("a", "l"), "join": ("sl", "s"), "split": ("ss", "m"), "splitn": ("sis", "m"),
    "splitList": ("ss", "l"), "sortAlpha": ("l", "l"), "regexMatch": ("rs", "b"), "mustRegexMatch": ("rs", "b"),
    "regexFind": ("rs", "s"), "mustRegexFind": ("rs", "s"), "regexFindAll": ("rsi", "l"),
    "mustRegexFindAll": ("rsi", "l"), "regexSplit": ("rsi", "l"), "mustRegexSplit": ("rsi", "l"),
    "regexReplaceAll": ("rsR", "s"), "mustRegexReplaceAll": ("rsR", "s"), "regexReplaceAllLiteral": ("rsR", "s"),
    "mustRegexReplaceAllLiteral": ("rsR", "s"), "regexQuoteMeta": ("s", "s"),
    # numbers
    "atoi": ("s", "i"), "int": ("a", "n"), "int64": ("a", "n"), "float64": ("a", "n"), "toDecimal": ("a", "n"),
    "add1": ("n", "n"), "add": ("n*", "n"), "sub": ("nn", "n"), "mul": ("nn*", "n"), "div": ("nn", "n"),
    "mod": ("nn", "n"), "max": ("nn*", "n"), "biggest": ("nn*", "n"), "min": ("nn*", "n"), "add1f": ("n", "n"),
    "addf": ("n*", "n"), "subf": ("nn*", "n"), "mulf": ("nn*", "n"), "divf": ("nn*", "n"), "maxf": ("nn*", "n"),
    "minf": ("nn*", "n"), "floor": ("a", "n"), "ceil": ("a", "n"), "round": ("ain?", "n"), "until": ("h", "l"),
    "untilStep": ("hhh", "l"), "seq": ("h*", "s"),
    # defaults
    "default": ("aa", "a"), "empty": ("a", "b"), "coalesce": ("a*", "a"), "all": ("a*", "b"), "any": ("a*", "b"),
    "ternary": ("aab", "a"), "required": ("sa", "a"), "fail": ("s", "s"), "lookup": ("ssss", "m"),
    # lists
    "list": ("a*", "l"), "tuple": ("a*", "l"), "append": ("la", "l"), "mustAppend": ("la", "l"), "push": ("la", "l"),
    "mustPush": ("la", "l"), "prepend": ("la", "l"), "mustPrepend": ("la", "l"), "concat": ("l*", "l"),
    "first": ("l", "a"), "mustFirst": ("l", "a"), "last": ("l", "a"), "mustLast": ("l", "a"), "rest": ("l", "l"),
    "mustRest": ("l", "l"), "initial": ("l", "l"), "mustInitial": ("l", "l"), "reverse": ("l", "l"),
    "mustReverse": ("l", "l"), "slice": ("li*", "l"), "mustSlice": ("li*", "l"), "chunk": ("il", "l"),
    "mustChunk": ("il", "l"), "has": ("al", "b"), "mustHas": ("al", "b"), "uniq": ("l", "l"), "mustUniq": ("l", "l"),
    "without": ("la*", "l"), "mustWithout": ("la*", "l"), "compact": ("l", "l"), "mustCompact": ("l", "l"),
    # maps
    "dict": ("KaKa*", "m"), "get": ("mK", "a"), "set": ("mKC", "m"), "unset": ("mK", "m"), "hasKey": ("mK", "b"),
    "pluck": ("Km*", "l"), "pick": ("mK*", "m"), "omit": ("mK*", "m"), "dig": ("KKam", "a"), "merge": ("mM*", "m"),
    "mustMerge": ("mM*", "m"), "mergeOverwrite": ("mM*", "m"), "mustMergeOverwrite": ("mM*", "m"),
    "deepCopy": ("a", "a"), "mustDeepCopy": ("a", "a"),
    # types
    "typeOf": ("a", "s"), "typeIs": ("ta", "b"), "typeIsLike": ("ta", "b"), "kindOf": ("a", "s"),
    "kindIs": ("ka", "b"), "deepEqual": ("aa", "b"),
    # paths, addresses, encodings
    "base": ("s", "s"), "dir": ("s", "s"), "clean": ("s", "s"), "ext": ("s", "s"), "isAbs": ("s", "b"),
    "osBase": ("s", "s"), "osDir": ("s", "s"), "osClean": ("s", "s"), "osExt": ("s", "s"), "osIsAbs": ("s", "b"),
    "urlParse": ("u", "m"), "urlJoin": ("m", "s"), "getHostByName": ("s", "s"), "b64enc": ("s", "s"),
    "b64dec": ("s", "s"), "b32enc": ("s", "s"), "b32dec": ("s", "s"), "sha1sum": ("s", "s"), "sha256sum": ("s", "s"),
    "sha512sum": ("s", "s"), "adler32sum": ("s", "s"), "decryptAES": ("ss", "s"),
    # documents
    "toJson": ("a", "s"), "mustToJson": ("a", "s"), "toPrettyJson": ("a", "s"), "mustToPrettyJson": ("a", "s"),
    "toRawJson": ("a", "s"), "mustToRawJson": ("a", "s"), "fromJson": ("j", "m"), "fromJsonArray": ("j", "l"),
    "mustFromJson": ("j", "a"), "toToml": ("m", "s"), "mustToToml": ("m", "s"), "fromToml": ("o", "m"),
    "toYaml": ("a", "s"), "mustToYaml": ("a", "s"), "toYamlPretty": ("a", "s"), "fromYaml": ("y", "m"),
    "fromYamlArray": ("y", "l"),
    # versions and dates
    "semver": ("v", "V"), "semverCompare": ("cv", "b"), "date": ("Ld", "s"), "dateInZone": ("LdZ", "s"),
    "date_in_zone": ("LdZ", "s"), "htmlDate": ("d", "s"), "htmlDateInZone": ("dZ", "s"), "dateModify": ("Dd", "d"),
    "date_modify": ("Dd", "d"), "mustDateModify": ("Dd", "d"), "must_date_modify": ("Dd", "d"),
    "toDate": ("LS", "d"), "mustToDate": ("LS", "d"), "unixEpoch": ("d", "s"), "duration": ("D", "s"),
    "durationRound": ("D", "s"),
    # the program
    "include": ("Na", "s"), "tpl": ("Ta", "s"),
}  # fmt: skip
"""Names, parameters and result. What is random, or in random order, is in `SHAPES`."""

SHAPES: Final[dict[str, str]] = {  # kind: expression whose text is always the same
    "keys": "(keys {m} | sortAlpha)", "values": "(values {m} | len)", "randAlphaNum": "(randAlphaNum {i} | len)",
    "randAlpha": "(randAlpha {i} | len)", "randNumeric": "(randNumeric {i} | len)", "uuidv4": "(uuidv4 | len)",
    "randAscii": "(randAscii {i} | len)", "randInt": "(kindOf (randInt 1 {i}))", "shuffle": "(shuffle {s} | len)",
    "now": "(now | typeOf)", "ago": "(ago {d} | kindOf)", "encryptAES": "(decryptAES {s} (encryptAES {s} {s}))",
    "bcrypt": "(bcrypt `x` | len)", "htpasswd": "(htpasswd {s} `x` | kindOf)",
    "randBytes": "(randBytes {i} | b64dec | len)",
}  # fmt: skip

METHODS: Final = {
    "V": (
        ".Major", ".Minor", ".Patch", ".Prerelease", ".Metadata", ".Original", ".String", ".IncMajor", ".IncMinor",
        ".IncPatch.String", ".Compare (semver {v})", ".LessThan (semver {v})", ".Equal (semver {v})", ".Nope",
        ".GreaterThan (semver {v})", ".SetPrerelease {s}",
    ),
    "d": (
        ".Year", ".Month", ".Day", ".Weekday", ".Unix", ".UnixNano", ".Format {L}", ".YearDay", ".Hour", ".IsZero",
        ".String", ".UTC", ".Minute", ".Nanosecond", ".Date", ".AddDate 1 2 3", ".Before {d}", ".Equal {d}", ".Sub {d}",
        ".Truncate 3", ".Location", ".nope", ".Zone", ".Weekday.String", ".Month.String", ".UnixMilli", ".GoString",
        ".After {d}", ".Compare {d}", ".ISOWeek", ".Add {i}", ".Round 1000", ".Sub {s}", ".In {a}",
    ),
}  # fmt: skip
VALUES: Final = {
    "s": ("s", "es", "uni", "quoted", "ml", "num", "t1", "t2", "t3", "long"),
    "n": ("i", "z", "f", "big", "n1", "n2"),
    "b": ("t", "fa"),
    "l": ("list", "nums", "mixed", "el", "objs", "l1", "l2"),
    "m": ("m", "em", "nested", "nilm", "m1", "m2"),
    "z": ("zz", "n", "m.zz", "nilm.in", "nested.x.no"),
}
OBJECTS: Final = (
    ".Release", ".Chart", ".Values", ".Capabilities.KubeVersion", ".Capabilities.APIVersions", ".Template", ".Files",
    ".Chart.Name", ".Release.Revision", ".Release.IsInstall", '(.Files.Get "a.txt")', '(.Files.Lines "a.txt")',
    '(.Files.GetBytes "bin")', ".Subcharts", '(index "abc" 1)', "(int64 7)", '(splitList "," "a,b")', "(until 3)",
    '(split "." "a.b")', "(chunk 2 (list 1 2 3))", ".Chart.Annotations", '(.Files.Glob "cfg/*")', '(semver "1.2.3")',
    '(toDate "2006" "2020")', '(dict "a" (int 1))', '(list 1 "a" nil)', "(list nil)", ".Chart.Keywords",
    "(.Files.AsConfig)", '(.Capabilities.APIVersions.Has "v1")', "(fromYaml `a: 1`)", "(fromJsonArray `[1]`)",
    "(list (list) (dict))",
)  # fmt: skip


class Library:
    """Expressions from one source of randomness."""

    def __init__(self, random: Random, words: Words, *, root: str = "$") -> None:
        self.random = random
        self.words = words
        self.root = root
        self.variables: list[str] = []
        self.defined: tuple[str, ...] = ("one", "two", "three")

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def value(self, kind: str) -> str:
        return f"{self.root}.Values.{self.random.choice(VALUES[kind])}"

    def literal(self, kind: str) -> str:  # noqa: PLR0911 - one a kind
        """An operand of the kind without a call."""
        pick = self.random.choice
        match kind:
            case "i" | "h":
                return self.words.integer()
            case "n":
                return self.words.number() if self.chance(0.6) else self.value("n")
            case "b":
                return pick(("true", "false", self.value("b"), self.value("b")))
            case "s":
                return self.value("s") if self.chance(0.5) else self.words.quoted(self.words.text("s"))
            case "l" | "m":
                return self.value(kind) if self.chance(0.8) else {"l": "list", "m": "dict"}[kind]
            case "z":
                return pick(("nil", self.value("z"), self.value("z"), f"({self.value('z')})"))
            case "d":
                return f"(toDate {self.quoted('L')} {self.quoted('S')})" if self.chance(0.3) else _date(pick)
            case "V":
                return f"(semver {self.quoted('v')})"
            case "N":
                return self.words.quoted(pick(self.defined))
            case "T":
                return self.words.quoted(f"{{{{ {self.expression('a', 1)} }}}}")
            case "a":
                if self.variables and self.chance(0.2):
                    return pick(self.variables)
                if self.chance(0.12):
                    return pick(OBJECTS).replace(" .", f" {self.root}.").replace("(.", f"({self.root}.", 1)
                return self.literal(pick("ssnnbllmmzi"))
            case _:
                return self.quoted(kind)

    def quoted(self, kind: str) -> str:
        return self.words.quoted(self.words.text(kind))

    def operand(self, kind: str, depth: int) -> str:
        """An operand of the kind, or now and then of another."""
        if self.chance(0.025):
            kind = self.random.choice("sinblmazd" if kind != "h" else "sblmz")
        if kind in "CM":  # a copy: a map that holds itself ends Helm's whole process
            return f"(deepCopy {self.operand('a' if kind == 'C' else 'm', depth)})"
        if kind in "NTh" or depth <= 0 or self.chance(0.55):
            return self.literal(kind)
        return f"({self.expression(kind, depth - 1)})"

    def expression(self, kind: str, depth: int) -> str:
        """A call that gives the kind; a literal where none does."""
        if self.chance(0.03):
            return self.shape()
        if kind == "h" or (kind == "i" and self.chance(0.7)):
            return self.words.integer()
        if (kind in METHODS and self.chance(0.2)) or (kind == "a" and self.chance(0.04)):
            return self.method(self.random.choice(list(METHODS)) if kind == "a" else kind)
        names = _BY_RESULT.get(kind) or _BY_RESULT["a"]
        if kind == "a" or self.chance(0.05):
            names = NAMES
        name = self.random.choice(names)
        call = self.call(name, depth)
        return self.piped(call, FUNCTIONS[name][1], depth) if self.chance(0.25) else call

    def call(self, name: str, depth: int) -> str:
        """A call of a function."""
        return " ".join([name, *(self.operand(kind, depth) for kind in self.parameters(name))])

    def parameters(self, name: str) -> str:
        """The kinds of as many arguments as a call gets."""
        kinds = FUNCTIONS[name][0]
        if kinds.endswith("*"):
            repeated = "Ka" if name == "dict" else kinds[-2]
            kinds = kinds[: -1 - len(repeated)] + repeated * self.random.choice((0, 1, 1, 1, 2, 3))
        elif kinds.endswith("?"):
            kinds = kinds[:-2] + kinds[-2] * self.random.choice((0, 0, 0, 1))
        if self.chance(0.02):
            kinds = kinds[:-1] if self.chance(0.5) else kinds + "a"
        return kinds

    def piped(self, start: str, kind: str, depth: int) -> str:
        """What is given to another function as its last argument: mostly one that wants such."""
        takers = _TAKERS if self.chance(0.1) else _BY_LAST.get(kind, [])
        name = self.random.choice(takers or _BY_LAST["a"])
        kinds = self.parameters(name)[:-1]
        return f"{start} | {' '.join([name, *(self.operand(kind, depth) for kind in kinds)])}"

    def shape(self) -> str:
        """What is random or unordered, made to be always the same."""
        text = self.random.choice(list(SHAPES.values()))
        return text.format(**{kind: self.operand(kind, 0) for kind in "smdi"})

    def method(self, kind: str) -> str:
        """A method of a version or a time."""
        text = self.random.choice(METHODS[kind]).format(**{one: self.literal(one) for one in "vdsLia"})
        return f"{self.literal(kind)}{text}"


def _date(pick: object) -> str:
    assert callable(pick)
    stamp = pick(
        ("2024-02-29T01:02:03.004Z", "1999-12-31T23:59:59+05:30", "2023-07-01T12:00:00-07:00", "0001-01-01T00:00:00Z")
    )
    return f'(toDate "2006-01-02T15:04:05.999Z07:00" "{stamp}")'


NAMES: Final = list(FUNCTIONS)
_BY_RESULT: Final[dict[str, list[str]]] = {}
for _name, (_, _result) in FUNCTIONS.items():
    _BY_RESULT.setdefault(_result, []).append(_name)
_TAKERS: Final = [name for name in NAMES if name not in ("until", "untilStep", "seq")]
_BY_LAST: Final[dict[str, list[str]]] = {}
for _name in _TAKERS:
    _kinds = FUNCTIONS[_name][0].rstrip("*?")
    for _kind in "sbnlmidVa" if _kinds.endswith("a") else _kinds[-1:]:
        _BY_LAST.setdefault(_kind, []).append(_name)
_BY_RESULT["s"] = [name for name in _BY_RESULT["s"] if name != "fail"]
