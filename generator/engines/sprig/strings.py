"""Strings: trimming, cutting, searching, repeating, indenting, splitting, joining, quoting."""

from typing import Any

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import StringMap, Strings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, length, normal, to_bytes
from generator.engines.gotemplate.text import quote as quoted
from generator.engines.sprig.convert import display, strings_of, strval
from generator.engines.sprig.cost import ENTRY, LARGE, NUMBER, STEP
from generator.engines.sprig.runes import REPLACEMENT, SPACE, STRAY_BYTES, is_valid, runes, to_lower, to_upper


def trim(run: Run, text: str) -> str:
    """Without white space around."""
    if len(text) > LARGE:
        run.spend(len(text))
    return text.strip(SPACE)


def trim_all(run: Run, cut: str, text: str) -> str:
    """Without any of the characters of `cut` around."""
    run.spend(len(cut) + len(text))
    cut = runes(cut)
    return text.strip(cut + STRAY_BYTES if REPLACEMENT in cut else cut)


def trim_suffix(run: Run, suffix: str, text: str) -> str:
    """Without `suffix` at the end."""
    if len(text) > LARGE:
        run.spend(len(text))
    if is_valid(suffix):
        return text.removesuffix(suffix)
    return from_bytes(to_bytes(text).removesuffix(to_bytes(suffix)))


def trim_prefix(run: Run, prefix: str, text: str) -> str:
    """Without `prefix` at the start."""
    if len(text) > LARGE:
        run.spend(len(text))
    if is_valid(prefix):
        return text.removeprefix(prefix)
    return from_bytes(to_bytes(text).removeprefix(to_bytes(prefix)))


def upper(run: Run, text: str) -> str:
    """In upper case, rune by rune."""
    ascii_only = text.isascii()
    if not ascii_only or len(text) > LARGE:
        run.spend(len(text) if ascii_only else STEP * len(text))
    return text.upper() if ascii_only else "".join(map(to_upper, runes(text)))


def lower(run: Run, text: str) -> str:
    """In lower case, rune by rune."""
    ascii_only = text.isascii()
    if not ascii_only or len(text) > LARGE:
        run.spend(len(text) if ascii_only else STEP * len(text))
    return text.lower() if ascii_only else "".join(map(to_lower, runes(text)))


def nospace(run: Run, text: str) -> str:
    """Without white space. Where there was any, the rest is re-read byte by byte as Latin-1, as upstream does."""
    run.spend(STEP * len(text))
    characters = to_bytes(text).decode("latin-1")
    kept = [character for character in characters if character not in SPACE]
    return text if len(kept) == len(characters) else "".join(kept)


def initials(run: Run, text: str) -> str:
    """The first byte of every word, each as a Latin-1 character."""
    run.spend(STEP * len(text))
    return "".join(word[0] for word in _words(to_bytes(text).decode("latin-1")))


def _words(text: str) -> list[str]:
    # str.split() knows four separators more than Go, the ASCII control characters from 0x1c.
    return [word for word in text.translate(_SPACE_TO_BLANK).split(" ") if word]


_SPACE_TO_BLANK = dict.fromkeys(map(ord, SPACE), " ")


def contains(run: Run, part: str, text: str) -> bool:
    """Whether `part` occurs in `text`."""
    if len(text) > LARGE:
        run.spend(len(text))
    return part in text if is_valid(part) else to_bytes(part) in to_bytes(text)


def has_prefix(prefix: str, text: str) -> bool:
    """Whether `text` starts with `prefix`."""
    return text.startswith(prefix) if is_valid(prefix) else to_bytes(text).startswith(to_bytes(prefix))


def has_suffix(suffix: str, text: str) -> bool:
    """Whether `text` ends with `suffix`."""
    return text.endswith(suffix) if is_valid(suffix) else to_bytes(text).endswith(to_bytes(suffix))


def replace(run: Run, old: str, new: str, text: str) -> str:
    """`text` with every `old` replaced; an empty `old` is found around every rune."""
    if is_valid(old):
        found = text.count(old)
        run.spend(len(text) + found * len(new))
        return normal(text.replace(old, new)) if found else text
    data, part = to_bytes(text), to_bytes(old)
    run.spend(len(data) + data.count(part) * len(new))
    return from_bytes(data.replace(part, to_bytes(new)))


def trunc(run: Run, count: int, text: str) -> str:
    """The first `count` bytes, or for a negative count the last."""
    if len(text) > LARGE:
        run.spend(len(text))
    if text.isascii():
        return text[:count] if count >= 0 else text[count:]
    data = to_bytes(text)
    return from_bytes(data[:count] if count >= 0 else data[count:])


def substr(run: Run, start: int, end: int, text: str) -> str:
    """The bytes from `start` to before `end`; a negative end, or one past the last byte, means all the rest.

    Raises:
        FuncError: the bounds are not in the text, or in the wrong order.
    """
    if len(text) > LARGE:
        run.spend(len(text))
    data = to_bytes(text)
    size = len(data)
    if start < 0:
        if not 0 <= end <= size:
            bounds = f"[:{end}]" if end < 0 else f"[:{end}] with length {size}"
            raise FuncError(f"runtime error: slice bounds out of range {bounds}")
        return from_bytes(data[:end])
    if end < 0 or end > size:
        end = size
    if start > end:
        raise FuncError(f"runtime error: slice bounds out of range [{start}:{end}]")
    return from_bytes(data[start:end])


def repeat(run: Run, count: int, text: str) -> str:
    """`text`, `count` times.

    Raises:
        FuncError: the count is negative, or the result has no length that fits a machine word.
    """
    if count < 0:
        raise FuncError("strings: negative Repeat count")
    size = length(text) * count
    if size >= 1 << 63:
        raise FuncError("strings: Repeat output length overflow")
    run.spend(size)
    return normal(text * count)


def indent(run: Run, spaces: int, text: str) -> str:
    """`text` with `spaces` blanks before every line, empty ones and a last empty one included.

    Raises:
        FuncError: the number of blanks is negative.
    """
    if spaces < 0:
        raise FuncError("strings: negative Repeat count")
    run.spend(len(text) + spaces * (text.count("\n") + 1))
    padding = " " * spaces
    return padding + text.replace("\n", "\n" + padding)


def nindent(run: Run, spaces: int, text: str) -> str:
    """A line break, then `indent`."""
    return "\n" + indent(run, spaces, text)


def plural(one: str, many: str, count: int) -> str:
    """`one` for a count of 1, else `many`."""
    return one if count == 1 else many


def split_list(run: Run, separator: str, text: str) -> Strings:
    """The parts between separators; with an empty one, the characters."""
    return Strings(_split(run, separator, text, -1))


def split(run: Run, separator: str, text: str) -> StringMap:
    """The parts between separators as a map with keys `_0`, `_1` and so on."""
    return _numbered(_split(run, separator, text, -1, ENTRY))


def splitn(run: Run, separator: str, count: int, text: str) -> StringMap:
    """As `split`, at most `count` parts; the last one keeps its separators."""
    return _numbered(_split(run, separator, text, count, ENTRY))


def _split(run: Run, separator: str, text: str, count: int, cost: int = NUMBER) -> list[str]:
    """The parts. `cost` is what each of them takes."""
    if count == 0:
        return []
    if separator == "":
        parts = len(text) if count < 0 else min(count, len(text))
        run.spend(len(text) + parts * cost)
        return list(text) if parts == len(text) else [*text[: parts - 1], text[parts - 1 :]]
    cuts = count - 1 if count > 0 else -1
    if is_valid(separator):
        found = text.count(separator)
        run.spend(len(text) + (found + 1 if cuts < 0 else min(found, cuts) + 1) * cost)
        return text.split(separator, cuts)
    data, part = to_bytes(text), to_bytes(separator)
    run.spend(len(data) + (data.count(part) + 1) * cost)
    return [from_bytes(piece) for piece in data.split(part, cuts)]


def _numbered(parts: list[str]) -> StringMap:
    return StringMap({f"_{number}": part for number, part in enumerate(parts)})


def join(run: Run, separator: str, values: Any) -> str:
    """The elements as strings, without nil ones, with separators between; what is no list counts as its one element."""
    parts = strings_of(run, values)
    run.spend(sum(map(len, parts)) + len(separator) * len(parts))
    return normal(separator.join(parts))


def cat(run: Run, *values: Any) -> str:
    """The values that are not nil as `%v` prints them, with blanks between."""
    parts = [display(run, value) for value in values if value is not None]
    run.spend(sum(map(len, parts)) + len(parts))
    # Upstream trims the format, not the text: a first or last empty string keeps its blank.
    return normal(" ".join(parts))


def quote(run: Run, *values: Any) -> str:
    """The values that are not nil as strings in Go's double quotes, with blanks between."""
    return " ".join(_quoted(run, strval(run, value)) for value in values if value is not None)


def _quoted(run: Run, text: str) -> str:
    # What must be escaped takes room character by character.
    run.spend(STEP * len(text))
    return quoted(text)


def squote(run: Run, *values: Any) -> str:
    """The values that are not nil as `%v` prints them, each in single quotes, with blanks between."""
    result = " ".join(f"'{display(run, value)}'" for value in values if value is not None)
    run.spend(len(result))
    return result


def to_string(run: Run, value: Any) -> str:
    """The value as a string: `%v`, but bytes and errors as their text."""
    return strval(run, value)


def to_strings(run: Run, value: Any) -> Strings:
    """The elements of a list as strings, without nil ones; anything else as a list of one; nil as an empty list."""
    return strings_of(run, value)
