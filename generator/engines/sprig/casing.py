"""Words and their letters: title, snake_case, kebab-case, CamelCase, and swapped case."""

import re
from typing import Final

from generator.engines.gotemplate.run import Run
from generator.engines.sprig.cost import SLOW, STEP
from generator.engines.sprig.runes import REPLACEMENT, SPACE, STRAY_BYTES, category, runes, to_lower, to_title, to_upper

_NO_RUNES: Final = frozenset(REPLACEMENT + STRAY_BYTES)
_CONNECTORS: Final = frozenset("-_" + SPACE)


def title(run: Run, text: str) -> str:
    """Every word with a first letter in title case. A word starts after anything that is no letter, digit or `_`."""
    run.spend(STEP * len(text))
    result: list[str] = []
    after_gap = True
    for rune in runes(text):
        result.append(to_title(rune) if after_gap else rune)
        after_gap = _separates(rune)
    return "".join(result)


def _separates(rune: str) -> bool:
    if rune.isascii():
        return not (rune.isalnum() or rune == "_")
    kind = category(rune)
    return not (kind[0] == "L" or kind == "Nd") and rune in SPACE


def untitle(run: Run, text: str) -> str:
    """Every word, as white space parts them, with a first letter in lower case."""
    run.spend(STEP * len(text))
    result: list[str] = []
    after_space = True
    for rune in runes(text):
        if rune in SPACE:
            after_space = True
            result.append(rune)
        else:
            result.append(to_lower(rune) if after_space else rune)
            after_space = False
    return "".join(result)


def swapcase(run: Run, text: str) -> str:
    """Upper and title case become lower, lower becomes upper, or title case at the start of a word."""
    run.spend(SLOW * len(text))
    result: list[str] = []
    after_space = True
    for rune in runes(text):
        kind = category(rune)
        if kind in {"Lu", "Lt"}:
            result.append(to_lower(rune))
            after_space = False
        elif kind == "Ll":
            result.append(to_title(rune) if after_space else to_upper(rune))
            after_space = False
        else:
            result.append(rune)
            after_space = rune in SPACE
    return "".join(result)


def camelcase(run: Run, text: str) -> str:
    """Words parted by space, `_` and `-` in UpperCamelCase; connectors at the ends, and spare ones between, stay.

    A capital letter that starts a word lowers the capitals after it (`HTTPServer` is `Httpserver`).
    """
    run.spend(STEP * len(text))
    source = runes(text)
    start = next((at for at, rune in enumerate(source) if rune not in _CONNECTORS), None)
    if start is None:
        # Upstream says the last connector twice where there is nothing else.
        return source + source[-1:]
    result = [source[:start]]
    previous = to_upper(source[start])
    capitals = _is_upper(source[start])
    for rune in source[start + 1 :]:
        current = rune
        if previous in _CONNECTORS:
            if rune in _CONNECTORS:
                result.append(previous)
                previous = rune
                continue
            capitals = _is_upper(rune)
            current = to_upper(rune)
        else:
            if capitals:
                if _is_upper(rune):
                    current = to_lower(rune)
                else:
                    capitals = False
            result.append(previous)
        previous = current
    result.append(previous)
    return "".join(result)


def snakecase(run: Run, text: str) -> str:
    """Words in lower case with `_` between; a word starts at a capital letter, a number or a connector."""
    run.spend(3 * SLOW * len(text))
    return _connected(text, "_")


def kebabcase(run: Run, text: str) -> str:
    """Words in lower case with `-` between; a word starts at a capital letter, a number or a connector."""
    run.spend(3 * SLOW * len(text))
    return _connected(text, "-")


# Kinds of runes, one letter each, so that a regular expression can cut a text's kinds into words.
_NUMBER, _CAPITAL, _SMALL, _SPACE, _DASH, _PUNCTUATION, _OTHER, _NOTHING = "nCasdpo-"
_WORDS: Final = re.compile("C+(?=Ca)|Ca+|C+|a+|n+|[sd]+|p[pd]*|o+")
_CONNECTOR_WORDS: Final = frozenset({_SPACE, _DASH})
_NO_LETTERS: Final = _CONNECTOR_WORDS | {_PUNCTUATION}
_NO_WORDS: Final = _NO_LETTERS | {_NOTHING}


def _connected(text: str, connector: str) -> str:
    """The rule of huandu/xstrings: a number stays with the word before it, unless small letters follow."""
    words = _words(text)
    result: list[str] = []
    at = 0

    def put(kind: str, word: str) -> None:
        result.append(_lowered(word, connector) if kind in _CONNECTOR_WORDS or kind == _CAPITAL else word)

    def put_what_follows_a_number(at: int) -> int:
        while words[at][0] in {_SMALL, _NUMBER}:
            put(*words[at])
            at += 1
        if words[at][0] not in _NO_WORDS:
            result.append(connector)
        return at

    last = len(words) - 2
    while at < last:
        kind = words[at][0]
        put(*words[at])
        at += 1
        following = words[at][0]
        if kind == _NUMBER:
            at = put_what_follows_a_number(at)
        elif kind in _NO_LETTERS:
            pass
        elif following != _NUMBER:
            if following not in _NO_LETTERS:
                result.append(connector)
        elif at < last:
            number = words[at]
            at += 1
            if words[at][0] == _SMALL:
                result.append(connector)
                put(*number)
                at = put_what_follows_a_number(at)
            else:
                put(*number)
                if words[at][0] not in _NO_LETTERS:
                    result.append(connector)
    put(*words[at])
    return "".join(result)


def _words(text: str) -> list[tuple[str, str]]:
    """Kind and text of every word, then one of no kind as the end."""
    kinds: list[str] = []
    starts = [0]
    for at, rune in enumerate(text):
        if rune not in _NO_RUNES:
            # A byte that is no UTF-8 belongs to the rune after it, at the end to the one before it.
            kinds.append(_kind(rune))
            starts.append(at + 1)
    if not kinds:
        return [(_NOTHING, text), (_NOTHING, "")]
    starts[-1] = len(text)
    line = "".join(kinds)
    found = [(word[0][0], text[starts[word.start()] : starts[word.end()]]) for word in _WORDS.finditer(line)]
    return [*found, (_NOTHING, "")]


def _kind(rune: str) -> str:
    if rune in _CONNECTORS:
        # A dash goes on with punctuation too, as it is some itself.
        return _DASH if rune in "-_" else _SPACE
    match category(rune)[0], category(rune):
        case "P", _:
            return _PUNCTUATION
        case "L", "Lu":
            return _CAPITAL
        case "L", _:
            return _OTHER if _is_ideograph(rune) else _SMALL
        case "N", _:
            return _NUMBER
        case _:
            return _OTHER


def _is_ideograph(rune: str) -> bool:
    return "\u3400" <= rune <= "\u4d85" or "\u4e00" <= rune <= "\u9fcc" or "\U00020000" <= rune <= "\U0002b81d"


def _lowered(word: str, connector: str) -> str:
    return "".join(connector if rune in _CONNECTORS else _without_capital(rune) for rune in runes(word))


def _without_capital(rune: str) -> str:
    return to_lower(rune) if _is_upper(rune) else rune


def _is_upper(rune: str) -> bool:
    return category(rune) == "Lu"
