"""Fitting text into a width, counted in bytes: abbreviations and line wrapping."""

from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, to_bytes
from generator.engines.sprig.cost import LARGE, STEP

_ELLIPSIS = b"..."


def abbrev(run: Run, width: int, text: str) -> str:
    """`text` cut to `width` bytes, of which the last three are an ellipsis; a width below 4 cuts nothing."""
    return text if width < 4 else abbrevboth(run, 0, width, text)


def abbrevboth(run: Run, left: int, right: int, text: str) -> str:
    """As `abbrev` to the width `right`, and from byte `left` on if that lies beyond the fourth."""
    if right < 4 or (left > 0 and right < 7):
        return text
    if len(text) > LARGE:
        run.spend(len(text))
    return from_bytes(_abbreviated(to_bytes(text), left, right))


def _abbreviated(data: bytes, offset: int, width: int) -> bytes:
    size = len(data)
    if size <= width:
        return data
    kept = width - len(_ELLIPSIS)
    offset = min(offset, size - kept)
    if offset <= 4:
        return data[:kept] + _ELLIPSIS
    if offset + kept < size:
        return _ELLIPSIS + _abbreviated(data[offset:], 0, kept)
    return _ELLIPSIS + data[size - kept :]


def wrap(run: Run, width: int, text: str) -> str:
    """`text` with line breaks at blanks so that lines have at most `width` bytes; longer words stay whole."""
    return _wrapped(run, text, width, "\n", break_words=False)


def wrap_with(run: Run, width: int, newline: str, text: str) -> str:
    """As `wrap`, with `newline` as line break, and words longer than `width` broken."""
    return _wrapped(run, text, width, newline or "\n", break_words=True)


def _wrapped(run: Run, text: str, width: int, newline: str, *, break_words: bool) -> str:
    """Blanks at the start of a line vanish; the blank at which a line is broken is taken by the line break."""
    data, separator = to_bytes(text), to_bytes(newline)
    width = max(width, 1)
    size = len(data)
    run.spend(STEP * size + (size // width if break_words else data.count(b" ")) * len(separator))
    lines: list[bytes] = []
    start = 0
    while size - start > width:
        if data[start : start + 1] == b" ":
            start += 1
            continue
        blank = data.rfind(b" ", start, start + width + 1)
        if blank < 0 and break_words:
            end = start + width
            lines.append(data[start:end])
            start = end
            continue
        if blank < 0:
            blank = data.find(b" ", start + width)
            if blank < 0:
                lines.append(data[start:])
                return from_bytes(separator.join(lines))
        lines.append(data[start:blank])
        start = blank + 1
    lines.append(data[start:])
    return from_bytes(separator.join(lines))
