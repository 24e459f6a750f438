r"""Go's regular expression syntax: its errors in its words, and the same expression as RE2 in Python takes it.

The two accept nearly the same, but not quite: names of Unicode classes, repeated group names, `\C`, and what a
repetition may follow differ. So an expression is parsed here whole, and written anew for RE2.
"""

from enum import IntFlag
from typing import Final, NamedTuple

from generator.dataclass import dataclass, field

_MAX_REPEAT: Final = 1000
_MAX_HEIGHT: Final = 1000
_MAX_SIZE: Final = (128 << 20) // 40
_MAX_RUNE: Final = 0x10FFFF

_OCTAL: Final = frozenset("01234567")
_DIGITS: Final = frozenset("0123456789")
_HEX: Final = frozenset("0123456789abcdefABCDEF")
_WORD: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_")
_CONTROLS: Final = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_ASSERTIONS: Final = {"\\A": r"\A", "\\b": r"\b", "\\B": r"\B", "\\z": r"\z"}
_PERL_CLASSES: Final = frozenset("dDsSwW")
_POSIX_CLASSES: Final = frozenset(
    {
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    }
)  # fmt: skip

_CATEGORIES: Final = frozenset(
    {
        "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    }
)  # fmt: skip
_CATEGORY_ALIASES: Final = {
    "Casedletter": "Lc", "Closepunctuation": "Pe", "Cntrl": "Cc", "Combiningmark": "M", "Connectorpunctuation": "Pc",
    "Control": "Cc", "Currencysymbol": "Sc", "Dashpunctuation": "Pd", "Decimalnumber": "Nd", "Digit": "Nd",
    "Enclosingmark": "Me", "Finalpunctuation": "Pf", "Format": "Cf", "Initialpunctuation": "Pi", "Letter": "L",
    "Letternumber": "Nl", "Lineseparator": "Zl", "Lowercaseletter": "Ll", "Mark": "M", "Mathsymbol": "Sm",
    "Modifierletter": "Lm", "Modifiersymbol": "Sk", "Nonspacingmark": "Mn", "Number": "N", "Openpunctuation": "Ps",
    "Other": "C", "Otherletter": "Lo", "Othernumber": "No", "Otherpunctuation": "Po", "Othersymbol": "So",
    "Paragraphseparator": "Zp", "Privateuse": "Co", "Punct": "P", "Punctuation": "P", "Separator": "Z",
    "Spaceseparator": "Zs", "Spacingmark": "Mc", "Surrogate": "Cs", "Symbol": "S", "Titlecaseletter": "Lt",
    "Unassigned": "Cn", "Uppercaseletter": "Lu",
}  # fmt: skip
_SCRIPTS: Final = frozenset(
    {
        "Adlam", "Ahom", "Arabic", "Armenian", "Avestan", "Balinese", "Bamum", "Batak", "Bengali",
        "Bhaiksuki", "Bopomofo", "Brahmi", "Braille", "Buginese", "Buhid", "Carian", "Chakma", "Cham",
        "Cherokee", "Chorasmian", "Common", "Coptic", "Cuneiform", "Cypriot", "Cyrillic", "Deseret",
        "Devanagari", "Dogra", "Duployan", "Elbasan", "Elymaic", "Ethiopic", "Georgian", "Glagolitic",
        "Gothic", "Grantha", "Greek", "Gujarati", "Gurmukhi", "Han", "Hangul", "Hanunoo", "Hatran",
        "Hebrew", "Hiragana", "Inherited", "Javanese", "Kaithi", "Kannada", "Katakana", "Kawi",
        "Kharoshthi", "Khmer", "Khojki", "Khudawadi", "Lao", "Latin", "Lepcha", "Limbu", "Lisu", "Lycian",
        "Lydian", "Mahajani", "Makasar", "Malayalam", "Mandaic", "Manichaean", "Marchen", "Medefaidrin",
        "Miao", "Modi", "Mongolian", "Mro", "Multani", "Myanmar", "Nabataean", "Nandinagari", "Newa", "Nko",
        "Nushu", "Ogham", "Oriya", "Osage", "Osmanya", "Palmyrene", "Phoenician", "Rejang", "Runic",
        "Samaritan", "Saurashtra", "Sharada", "Shavian", "Siddham", "Sinhala", "Sogdian", "Soyombo",
        "Sundanese", "Syriac", "Tagalog", "Tagbanwa", "Takri", "Tamil", "Tangsa", "Tangut", "Telugu",
        "Thaana", "Thai", "Tibetan", "Tifinagh", "Tirhuta", "Toto", "Ugaritic", "Vai", "Vithkuqi", "Wancho",
        "Yezidi", "Yi",
    }
)  # fmt: skip
_IGNORED_IN_NAMES: Final = dict.fromkeys(map(ord, "_- "))

# Classes that RE2 has no name for, and their inverse, as the inside of a bracket. Those that start with ^ must be all
# of it: a bracket can put characters in, but not take them out.
_ALL: Final = r"\x00-\x{10FFFF}"
_CASED: Final = r"\p{Lu}\p{Ll}\p{Lt}"
_ASSIGNED: Final = r"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{C}"
_COMPOSED: Final = {
    "Any": (_ALL, "^" + _ALL),
    "Ascii": (r"\x00-\x7F", r"\x80-\x{10FFFF}"),
    "Lc": (_CASED, "^" + _CASED),
    "Assigned": (_ASSIGNED, "^" + _ASSIGNED),
    "Cn": ("^" + _ASSIGNED, _ASSIGNED),
}


class RegexpError(Exception):
    """What Go says when it cannot compile an expression."""

    def __init__(self, code: str, expression: str) -> None:
        super().__init__(f"error parsing regexp: {code}: `{expression}`")


class Translation(NamedTuple):
    """A valid expression."""

    re2: str
    """The same for RE2; groups have no names there."""
    names: tuple[str, ...]
    """The names of the groups, empty where there is none; the first is the whole match."""
    size: int
    """About how many instructions it compiles to."""


class _Flags(IntFlag):
    FOLD = 1
    MULTILINE = 2
    DOT_ALL = 4
    UNGREEDY = 8


_FLAG_LETTERS: Final = {"i": _Flags.FOLD, "m": _Flags.MULTILINE, "s": _Flags.DOT_ALL, "U": _Flags.UNGREEDY}


class _Repeat(NamedTuple):
    """A counted repetition, and those inside it."""

    times: int
    inner: "tuple[_Repeat, ...]"


@dataclass(slots=True)
class _Operand:
    """What a repetition can be applied to, written for RE2."""

    text: str
    size: int = 1
    height: int = 1
    repeats: tuple[_Repeat, ...] = ()
    repeated: bool = False


@dataclass(slots=True)
class _Group:
    """An open parenthesis: what was written before it is on hold."""

    opening: str
    flags: _Flags
    """Those to go back to after the group."""
    captures: bool
    branches: list[str] = field(default_factory=list)
    parts: list[_Operand | str] = field(default_factory=list)
    """The branch so far; a string sets flags, and cannot be repeated."""
    size: int = 0
    height: int = 0
    repeats: list[_Repeat] = field(default_factory=list)

    def operand(self) -> _Operand | None:
        """What a repetition here would be applied to."""
        return next((part for part in reversed(self.parts) if isinstance(part, _Operand)), None)

    def end_branch(self) -> None:
        """Take the branch so far as one alternative."""
        operands = [part for part in self.parts if isinstance(part, _Operand)]
        self.branches.append("".join(part if isinstance(part, str) else part.text for part in self.parts))
        self.size += sum(operand.size for operand in operands) + 1
        inner = max((operand.height for operand in operands), default=1)
        self.height = max(self.height, inner + (len(operands) > 1))
        for operand in operands:
            self.repeats.extend(operand.repeats)
        self.parts = []

    def close(self) -> _Operand:
        """The whole group as an operand."""
        self.end_branch()
        height = self.height + (len(self.branches) > 1) + self.captures
        return _Operand(f"{self.opening}{'|'.join(self.branches)})", self.size, height, tuple(self.repeats))


def translate(expression: str) -> Translation:
    """Parse one of Go's regular expressions.

    Raises:
        RegexpError: it is none.
    """
    return _Parser(expression).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.flags = _Flags(0)
        self.names = [""]
        self.group = _Group("(?:", self.flags, captures=False)
        self.outer: list[_Group] = []

    def parse(self) -> Translation:
        source, end = self.source, len(self.source)
        last_repeat = -1
        while self.at < end:
            start, repeat = self.at, -1
            match source[start]:
                case "(":
                    self.open()
                case "|":
                    self.at += 1
                    self.group.end_branch()
                case ")":
                    self.close()
                case "^" | "$" as anchor:
                    self.take(1, anchor)
                case ".":
                    self.take(1, ".")
                case "[":
                    self.bracket()
                case "*" | "+" | "?":
                    self.at += 1
                    self.repeat(start, last_repeat)
                    repeat = start
                case "{":
                    repeat = self.counted(start, last_repeat)
                case "\\":
                    self.backslash()
                case _:
                    self.literal(self.rune())
            last_repeat = repeat
        if self.outer:
            raise RegexpError("missing closing )", source)
        whole = self.group.close()
        self.check(whole)
        return Translation(whole.text, tuple(self.names), whole.size)

    def rune(self) -> int:
        """Take the next rune."""
        code = ord(self.source[self.at])
        if 0xD800 <= code <= 0xDFFF:
            raise RegexpError("invalid UTF-8", self.source[self.at :])
        self.at += 1
        return code

    def check_utf8(self, text: str) -> None:
        for at, character in enumerate(text):
            if 0xD800 <= ord(character) <= 0xDFFF:
                raise RegexpError("invalid UTF-8", text[at:])

    def take(self, length: int, text: str) -> None:
        """Take `length` characters, which RE2 has as `text`."""
        self.at += length
        self.push(_Operand(text))

    def literal(self, code: int) -> None:
        self.push(_Operand(_spelled(code)))

    def push(self, operand: _Operand) -> None:
        self.group.parts.append(operand)

    def check(self, operand: _Operand) -> None:
        if operand.size > _MAX_SIZE:
            raise RegexpError("expression too large", self.source)
        if operand.height > _MAX_HEIGHT:
            raise RegexpError("expression nests too deeply", self.source)

    # Groups and flags

    def open(self) -> None:
        source, start = self.source, self.at
        if not source.startswith("(?", start):
            self.at += 1
            self.open_capture("")
            return
        rest = source[start:]
        named = 4 if rest.startswith("(?P<") and len(rest) > 4 else 3 if rest.startswith("(?<") and len(rest) > 3 else 0
        if named:
            end = rest.find(">")
            if end < 0:
                self.check_utf8(rest)
                raise RegexpError("invalid named capture", rest)
            name = rest[named:end]
            self.check_utf8(name)
            if not name or not _WORD.issuperset(name):
                raise RegexpError("invalid named capture", rest[: end + 1])
            self.at += end + 1
            self.open_capture(name)
            return
        self.at += 2
        self.change_flags(start)

    def open_capture(self, name: str) -> None:
        self.names.append(name)
        self.outer.append(self.group)
        self.group = _Group("(", self.flags, captures=True)

    def change_flags(self, start: int) -> None:
        """`(?i)`, `(?i-s:` and the like, after the question mark."""
        source = self.source
        on = off = _Flags(0)
        negated = seen = False
        while self.at < len(source):
            character = chr(self.rune())
            flag = _FLAG_LETTERS.get(character)
            if flag is not None:
                on, off = (on & ~flag, off | flag) if negated else (on | flag, off & ~flag)
                seen = True
            elif character == "-" and not negated:
                negated, seen = True, False
            elif character in ":)" and (seen or not negated):
                before = self.flags
                self.flags = (before | on) & ~off
                if character == ":":
                    self.outer.append(self.group)
                    self.group = _Group(f"(?{_written(self.flags)}:", before, captures=False)
                else:
                    self.group.parts.append(f"(?{_written(self.flags)})")
                return
            else:
                break
        raise RegexpError("invalid or unsupported Perl syntax", source[start : self.at])

    def close(self) -> None:
        if not self.outer:
            raise RegexpError("unexpected )", self.source)
        self.at += 1
        operand = self.group.close()
        self.check(operand)
        self.flags = self.group.flags
        self.group = self.outer.pop()
        self.push(operand)

    # Repetitions

    def repeat(self, start: int, last_repeat: int, low: int = -1, high: int = -1) -> None:
        """Repeat the last operand; the operator ends here, but for a question mark. Counted if `low` is not -1."""
        source = self.source
        operator = source[start : self.at]
        lazy = source.startswith("?", self.at)
        self.at += lazy
        if last_repeat >= 0:
            raise RegexpError("invalid nested repetition operator", source[last_repeat : self.at])
        operand = self.group.operand()
        if operand is None:
            raise RegexpError("missing argument to repetition operator", source[start : self.at])
        if operand.repeated:
            operand.text = f"(?:{operand.text})"
        if lazy != bool(self.flags & _Flags.UNGREEDY):
            operator += "?"
        operand.text += operator
        operand.repeated = True
        operand.height += 1
        operand.size += 2
        if low >= 0:
            count = low if high < 0 else high
            operand.size = max(1, operand.size * count)
            operand.repeats = (_Repeat(count, operand.repeats),)
        self.check(operand)
        if max(low, high) >= 2 and not _is_valid(operand.repeats):
            raise RegexpError("invalid repeat count", source[start : self.at])

    def counted(self, start: int, last_repeat: int) -> int:
        """`{2}`, `{2,}` or `{2,3}`, or a brace that stands for itself. Returns where a repetition starts, or -1."""
        low = self.number(start + 1)
        text = self.source
        if low is None:
            self.take(1, r"\{")
            return -1
        least, at = low
        most: int | None = least
        if text.startswith(",}", at):
            most, at = None, at + 1
        elif text.startswith(",", at):
            high = self.number(at + 1)
            if high is None:
                self.take(1, r"\{")
                return -1
            most, at = high
        if not text.startswith("}", at):
            self.take(1, r"\{")
            return -1
        self.at = at + 1
        if least > _MAX_REPEAT or (most is not None and not least <= most <= _MAX_REPEAT):
            raise RegexpError("invalid repeat count", text[start : self.at])
        self.repeat(start, last_repeat, least, -1 if most is None else most)
        return start

    def number(self, at: int) -> tuple[int, int] | None:
        """A number without leading zeros, capped, and where it ends."""
        end = at
        while end < len(self.source) and self.source[end] in _DIGITS:
            end += 1
        digits = self.source[at:end]
        if not digits or (len(digits) > 1 and digits[0] == "0"):
            return None
        return int(digits[:9]), end

    # Escapes and classes

    def backslash(self) -> None:
        two = self.source[self.at : self.at + 2]
        if two in _ASSERTIONS:
            self.take(2, _ASSERTIONS[two])
        elif two == r"\C":
            raise RegexpError("invalid escape sequence", two)
        elif two == r"\Q":
            end = self.source.find(r"\E", self.at + 2)
            stop = len(self.source) if end < 0 else end
            self.at += 2
            while self.at < stop:
                self.literal(self.rune())
            self.at = stop if end < 0 else stop + 2
        else:
            inside = self.class_escape()
            if inside is None:
                self.literal(self.escape())
            else:
                self.push(_Operand(f"[{inside}]"))

    def class_escape(self) -> str | None:
        r"""`\d` and `\pL` and the like, as the inside of a bracket; None if the text goes on otherwise."""
        source, start = self.source, self.at
        if source[start : start + 1] != "\\":
            return None
        kind = source[start + 1 : start + 2]
        if kind in _PERL_CLASSES and kind:
            self.at += 2
            return f"\\{kind}"
        if kind not in ("p", "P") or not kind:
            return None
        name = self.class_name()
        inverse = (kind == "P") != name.startswith("^")
        inside = _unicode_class(name.removeprefix("^"), inverse=inverse)
        if inside is None:
            raise RegexpError("invalid character class range", source[start : self.at])
        return inside

    def class_name(self) -> str:
        source, start = self.source, self.at
        self.at += 2
        if self.at >= len(source):
            return ""
        letter = chr(self.rune())
        if letter != "{":
            return letter
        end = source.find("}", start)
        if end < 0:
            self.check_utf8(source[start:])
            self.at = len(source)
            return ""
        self.check_utf8(source[start + 3 : end])
        self.at = end + 1
        return source[start + 3 : end]

    def escape(self) -> int:
        """The rune that an escape stands for."""
        source, start = self.source, self.at
        self.at += 1
        if self.at >= len(source):
            raise RegexpError("trailing backslash at end of expression", "")
        letter = chr(self.rune())
        if letter in _OCTAL and (letter == "0" or source[self.at : self.at + 1] in _OCTAL):
            end = self.at
            while end < min(start + 4, len(source)) and source[end] in _OCTAL:
                end += 1
            self.at = end
            return int(source[start + 1 : end], 8)
        if letter == "x":
            code = self.hexadecimal()
            if code is not None:
                return code
        elif letter in _CONTROLS:
            return _CONTROLS[letter]
        elif letter.isascii() and (letter not in _WORD or letter == "_"):
            return ord(letter)
        raise RegexpError("invalid escape sequence", source[start : self.at])

    def hexadecimal(self) -> int | None:
        r"""The rune of `\x41` or `\x{41}`, after the x; None where there is none, having read as far as Go does."""
        if self.at >= len(self.source):
            return None
        letter = chr(self.rune())
        if letter != "{":
            # Go decodes nothing at the end of the text, and calls that U+FFFD.
            second = chr(self.rune()) if self.at < len(self.source) else ""
            return int(letter + second, 16) if letter in _HEX and second in _HEX else None
        code = digits = 0
        while self.at < len(self.source):
            letter = chr(self.rune())
            if letter == "}":
                return code if digits else None
            if letter not in _HEX:
                return None
            code = code * 16 + int(letter, 16)
            if code > _MAX_RUNE:
                return None
            digits += 1
        return None

    def bracket(self) -> None:
        """`[a-z]` and all that."""
        source, start = self.source, self.at
        self.at += 1
        negated = source.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        first = True
        while first or not source.startswith("]", self.at):
            first = False
            at = self.at
            part = self.posix_class() or self.class_escape() or self.span(start)
            if part.startswith("^"):
                raise RegexpError("class is not supported within brackets", source[at : self.at])
            parts.append(part)
        self.at += 1
        self.push(_Operand(f"[{'^' if negated else ''}{''.join(parts)}]"))

    def posix_class(self) -> str | None:
        source, start = self.source, self.at
        if not source.startswith("[:", start) or len(source) <= start + 2:
            return None
        end = source.find(":]", start + 2)
        if end < 0:
            return None
        name = source[start + 2 : end]
        if name.removeprefix("^") not in _POSIX_CLASSES:
            raise RegexpError("invalid character class range", source[start : end + 2])
        self.at = end + 2
        return f"[:{name}:]"

    def span(self, bracket: int) -> str:
        """One character, or a range of them."""
        source, start = self.source, self.at
        low = high = self.class_character(bracket)
        if source.startswith("-", self.at) and len(source) > self.at + 1 and source[self.at + 1] != "]":
            self.at += 1
            high = self.class_character(bracket)
            if high < low:
                raise RegexpError("invalid character class range", source[start : self.at])
        return _spelled(low) if low == high else f"{_spelled(low)}-{_spelled(high)}"

    def class_character(self, bracket: int) -> int:
        if self.at >= len(self.source):
            raise RegexpError("missing closing ]", self.source[bracket:])
        return self.escape() if self.source[self.at] == "\\" else self.rune()


def _spelled(code: int) -> str:
    """A rune that stands for itself, inside and outside of brackets."""
    character = chr(code)
    as_it_is = character in _WORD if character.isascii() else not 0xD800 <= code <= 0xDFFF
    return character if as_it_is else f"\\x{{{code:X}}}"


def _written(flags: _Flags) -> str:
    """All flags that RE2 is told of: laziness is written at each repetition."""
    on = "".join(letter for letter in "ims" if flags & _FLAG_LETTERS[letter])
    off = "".join(letter for letter in "ims" if not flags & _FLAG_LETTERS[letter])
    return f"{on}-{off}" if off else on


def _unicode_class(name: str, *, inverse: bool) -> str | None:
    """A Unicode class as the inside of a bracket, None where Go knows none of that name."""
    canonical = name.translate(_IGNORED_IN_NAMES).lower().capitalize() if name.isascii() else name
    canonical = _CATEGORY_ALIASES.get(canonical, canonical)
    if canonical in _COMPOSED:
        return _COMPOSED[canonical][inverse]
    if canonical not in _CATEGORIES and canonical not in _SCRIPTS:
        return None
    return f"\\{'P' if inverse else 'p'}{{{canonical}}}"


def _is_valid(repeats: tuple[_Repeat, ...]) -> bool:
    """Whether no nest of counted repetitions asks for more than the limit, by Go's own division."""
    left = [(repeat, _MAX_REPEAT) for repeat in repeats]
    while left:
        (count, inner), allowed = left.pop()
        if count > allowed:
            return False
        if count:
            left.extend((repeat, allowed // count) for repeat in inner)
    return True
