"""A template's text cut into tokens, as Go's template lexer cuts it; trim marks are worked off here."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import is_print, is_surrogate, length, quote

LEFT, RIGHT = "{{", "}}"
SPACES = " \t\r\n"


class Kind(Enum):
    """What a token is."""

    ERROR = auto()
    BOOL = auto()
    CHAR = auto()
    CHAR_CONSTANT = auto()
    COMPLEX = auto()
    ASSIGN = auto()
    DECLARE = auto()
    EOF = auto()
    FIELD = auto()
    IDENTIFIER = auto()
    LEFT_DELIM = auto()
    LEFT_PAREN = auto()
    NUMBER = auto()
    PIPE = auto()
    RAW_STRING = auto()
    RIGHT_DELIM = auto()
    RIGHT_PAREN = auto()
    SPACE = auto()
    STRING = auto()
    TEXT = auto()
    VARIABLE = auto()
    DOT = auto()
    BLOCK = auto()
    BREAK = auto()
    CONTINUE = auto()
    DEFINE = auto()
    ELSE = auto()
    END = auto()
    IF = auto()
    NIL = auto()
    RANGE = auto()
    TEMPLATE = auto()
    WITH = auto()


KEYWORDS = {
    "block": Kind.BLOCK,
    "break": Kind.BREAK,
    "continue": Kind.CONTINUE,
    "define": Kind.DEFINE,
    "else": Kind.ELSE,
    "end": Kind.END,
    "if": Kind.IF,
    "nil": Kind.NIL,
    "range": Kind.RANGE,
    "template": Kind.TEMPLATE,
    "with": Kind.WITH,
}
_WORDS = {**KEYWORDS, "true": Kind.BOOL, "false": Kind.BOOL}
_KEYWORD_KINDS = frozenset({*KEYWORDS.values(), Kind.DOT})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a template: its text, or for an error what is wrong."""

    kind: Kind
    pos: int
    value: str

    def shown(self) -> str:
        """As complaints show it."""
        if self.kind is Kind.EOF:
            return "EOF"
        if self.kind is Kind.ERROR:
            return self.value
        if self.kind in _KEYWORD_KINDS:
            return f"<{self.value}>"
        if length(self.value) > 10:
            return quote(self.value[:10]) + "..."
        return quote(self.value)


_SPACE = re.compile(r"[ \t\r\n]+")
_WORD = re.compile(r"\w*")
_NUMBER = re.compile(
    r"[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?"
    r"|0[oO][0-7_]*(?:\.[0-7_]*)?"
    r"|0[bB][01_]*(?:\.[01_]*)?"
    r"|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?"
)
_STRING = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
_CHAR = re.compile(r"'(?:[^'\\\n]|\\[^\n])*'")
_SINGLES = {
    "=": Kind.ASSIGN,
    "|": Kind.PIPE,
    "(": Kind.LEFT_PAREN,
    ")": Kind.RIGHT_PAREN,
}


class _Broken(Exception):  # noqa: N818 - ends the scan, with the token that says why
    def __init__(self, pos: int, message: str) -> None:
        super().__init__(message)
        self.token = Token(Kind.ERROR, pos, message)


def lex(text: str) -> Iterator[Token]:
    """The tokens of a text; the last is EOF or an error, and comes again for ever."""
    try:
        yield from _tokens(text)
        last = Token(Kind.EOF, len(text), "EOF")
    except _Broken as broken:
        last = broken.token
    while True:
        yield last


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while True:
        left = text.find(LEFT, at)
        if left < 0:
            if at < len(text):
                yield Token(Kind.TEXT, at, text[at:])
            return
        inside = left + len(LEFT)
        trims = text[inside : inside + 1] == "-" and text[inside + 1 : inside + 2] in tuple(SPACES)
        if left > at:
            piece = text[at:left].rstrip(SPACES) if trims else text[at:left]
            if piece:
                yield Token(Kind.TEXT, at, piece)
        if trims:
            inside += 2
        if text.startswith("/*", inside):
            at = _comment_end(text, inside)
            continue
        yield Token(Kind.LEFT_DELIM, left, LEFT)
        at = inside
        depth = 0
        while (closing := _right_delim(text, at)) is None:
            token = _next(text, at)
            if token.kind is Kind.LEFT_PAREN:
                depth += 1
            elif token.kind is Kind.RIGHT_PAREN:
                depth -= 1
                if depth < 0:
                    raise _Broken(at, "unexpected right paren")
            yield token
            at = token.pos + len(token.value)
        if depth:
            raise _Broken(at, "unclosed left paren")
        start, at = closing
        yield Token(Kind.RIGHT_DELIM, start, RIGHT)


def _right_delim(text: str, at: int) -> tuple[int, int] | None:
    """Where the closing delimiter at this place begins, without its trim mark, and where what follows it does."""
    if text.startswith(RIGHT, at):
        return at, at + len(RIGHT)
    if text.startswith("-" + RIGHT, at + 1) and text[at] in SPACES:
        end = at + 2 + len(RIGHT)
        match = _SPACE.match(text, end)
        return at + 2, match.end() if match else end
    return None


def _comment_end(text: str, start: int) -> int:
    close = text.find("*/", start + 2)
    if close < 0:
        raise _Broken(start, "unclosed comment")
    closing = _right_delim(text, close + 2)
    if closing is None:
        raise _Broken(start, "comment ends before closing delimiter")
    return closing[1]


def _next(text: str, at: int) -> Token:
    """The token inside an action that begins here."""
    char = text[at : at + 1]
    if not char:
        raise _Broken(at, "unclosed action")
    if char in SPACES:
        return _space(text, at)
    if char in _SINGLES:
        return Token(_SINGLES[char], at, char)
    if char == ".":
        following = text[at + 1 : at + 2]
        if not following or "0" <= following <= "9":
            return _number(text, at)
        return _name(text, at, Kind.FIELD, Kind.DOT)
    if char == "$":
        return _name(text, at, Kind.VARIABLE, Kind.VARIABLE)
    if char in "+-0123456789":
        return _number(text, at)
    if char == ":":
        if text[at + 1 : at + 2] != "=":
            raise _Broken(at, "expected :=")
        return Token(Kind.DECLARE, at, ":=")
    if char in "\"'`":
        return _quoted(text, at, char)
    if is_alphanumeric(char):
        return _word(text, at)
    if char < "\x7f" and char >= " ":
        return Token(Kind.CHAR, at, char)
    raise _Broken(at, f"unrecognized character in action: {show_rune(char)}")


def _space(text: str, at: int) -> Token:
    match = _SPACE.match(text, at)
    assert match is not None
    end = match.end()
    if text.startswith("-" + RIGHT, end):
        end -= 1  # the last one belongs to the trim mark
    return Token(Kind.SPACE, at, text[at:end])


def _name(text: str, at: int, kind: Kind, bare: Kind) -> Token:
    """A field or variable; `bare` where nothing follows the mark."""
    if _at_terminator(text, at + 1):
        return Token(bare, at, text[at])
    end = _run(text, at + 1)
    _expect_terminator(text, at, end)
    return Token(kind, at, text[at:end])


def _word(text: str, at: int) -> Token:
    end = _run(text, at)
    _expect_terminator(text, at, end)
    word = text[at:end]
    return Token(_WORDS.get(word, Kind.IDENTIFIER), at, word)


def _run(text: str, at: int) -> int:
    """Where a run of letters, digits and underscores ends."""
    match = _WORD.match(text, at)
    assert match is not None
    word = match[0]
    if word.isascii():
        return match.end()
    # \w takes more than Go's letters and digits, and misses nothing of them.
    return at + next((index for index, char in enumerate(word) if not is_alphanumeric(char)), len(word))


def is_alphanumeric(char: str) -> bool:
    """Whether a character may stand in a name."""
    return char == "_" or char.isalpha() or char.isdecimal()


def _at_terminator(text: str, at: int) -> bool:
    """Whether here is what may follow a name."""
    return text[at : at + 1] in _TERMINATORS or text.startswith(RIGHT, at)


_TERMINATORS = frozenset({"", *SPACES, *".,|:)("})


def _expect_terminator(text: str, start: int, at: int) -> None:
    if not _at_terminator(text, at):
        raise _Broken(start, f"bad character {show_rune(text[at])}")


def _number(text: str, at: int) -> Token:
    end = _scan_number(text, at, at)
    if text[end : end + 1] in ("+", "-"):
        end = _scan_number(text, at, end)
        if text[end - 1] != "i":
            raise _Broken(at, f"bad number syntax: {quote(text[at:end])}")
        return Token(Kind.COMPLEX, at, text[at:end])
    return Token(Kind.NUMBER, at, text[at:end])


def _scan_number(text: str, start: int, at: int) -> int:
    match = _NUMBER.match(text, at)
    assert match is not None
    end = match.end()
    if end < len(text) and is_alphanumeric(text[end]):
        raise _Broken(start, f"bad number syntax: {quote(text[start : end + 1])}")
    return end


def _quoted(text: str, at: int, mark: str) -> Token:
    if mark == "`":
        close = text.find("`", at + 1)
        if close < 0:
            raise _Broken(at, "unterminated raw quoted string")
        return Token(Kind.RAW_STRING, at, text[at : close + 1])
    pattern, kind = (_STRING, Kind.STRING) if mark == '"' else (_CHAR, Kind.CHAR_CONSTANT)
    match = pattern.match(text, at)
    if match is None:
        what = "quoted string" if mark == '"' else "character constant"
        raise _Broken(at, f"unterminated {what}")
    return Token(kind, at, match[0])


def show_rune(char: str) -> str:
    """Format `%#U`."""
    rune = 0xFFFD if is_surrogate(ord(char)) else ord(char)
    shown = chr(rune)
    return f"U+{rune:04X} '{shown}'" if is_print(shown) else f"U+{rune:04X}"
