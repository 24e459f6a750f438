"""The usual slips behind a syntax error, told from what stands around it.

libyaml says where it gave up, which is often not where the slip is, and in words of its grammar.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from generator.goyaml.errors import Problem

_LINE_END: Final = re.compile(r"[\r\n]|\Z")


class Finding(NamedTuple):
    """What to tell: a message, a hint, the place if it is not the problem's own, and another place that explains it."""

    message: str
    hint: str = ""
    start: int = -1
    end: int = -1
    other: int = -1
    other_text: str = ""


STRAY_MARK: Final = Finding("a byte order mark inside the text", "delete it; editors show it as nothing")


class _Slip(NamedTuple):
    """A problem and what stands around it. Offsets count from the start of the text."""

    text: str
    at: int
    context: int  # where the construct around it starts, or -1
    line_start: int
    line_end: int

    @property
    def char(self) -> str:
        """What stands at the problem; empty at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def head(self) -> str:
        """Its line up to the problem."""
        return self.text[self.line_start : self.at]

    @property
    def tail(self) -> str:
        """Its line from the problem on, without comment."""
        return re.split(r"\s#", self.text[self.at : self.line_end])[0].rstrip()

    def line_above(self) -> tuple[int, str]:
        """The nearest line above that is neither empty nor a comment, without its blanks, and where it starts."""
        for match in reversed(list(re.finditer(r"[^\r\n]+", self.text[: self.line_start]))):
            line = match[0].strip()
            if line and not line.startswith("#"):
                return match.start() + len(match[0]) - len(match[0].lstrip()), line
        return 0, ""


def line_of(text: str, offset: int) -> tuple[int, int]:
    """The start and the end, without its line break, of the line of *text* that *offset* is in."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = _LINE_END.search(text, offset)
    return start, end.start() if end else len(text)


def explain_syntax(text: str, problem: Problem) -> Finding:
    """What is probably wrong where libyaml reported *problem* in *text*."""
    slip = _Slip(text, problem.start, problem.context, *line_of(text, problem.start))
    if slip.char == "\t":
        return _tab(slip)
    if "\ufeff" in slip.head:
        mark = slip.line_start + slip.head.index("\ufeff")
        return STRAY_MARK._replace(start=mark, end=mark + 1)
    explain = _EXPLAIN.get(problem.message)
    return explain(slip) if explain else Finding(f"not valid YAML: {problem.message}")


def template_outside_quotes(text: str, at: int) -> Finding | None:
    """The `{{ … }}` on the line of *at*, if one stands at its place or before it."""
    start, end = line_of(text, at)
    line = text[start:end].rstrip()
    opened = line.find("{{")
    if opened < 0 or start + opened > at + 1:
        return None
    before = line[:opened]
    if re.search(r"[\"'#]", before):
        return None
    value = line[opened:]
    if re.fullmatch(r"\s*(?:-\s+)*(?:[\w./-]+:\s+)?", before) is None or value.startswith("{{-") or "\n" in value:
        hint = "put the whole text into a block that starts with |, or into a template file"
    else:
        quote = "'" if '"' in value else '"'
        hint = f"quote it: {quote}{value}{quote}"
    return Finding("a template outside of quotes is no YAML", hint, start + opened, start + len(line))


def _quote(text: str) -> str:
    """A hint to quote *text*, with quotes that fit."""
    if "\n" in text or len(text) > 60 or not text:
        return "quote the value"
    quote = "'" if '"' in text or "\\" in text else '"'
    return f"quote the value: {quote}{text}{quote}" if quote not in text else "quote the value"


def _tab(_: _Slip) -> Finding:
    return Finding("a tab where only spaces may stand", "indent with spaces")


def _colon(slip: _Slip) -> Finding:
    """`:` where no key can stand: inside a plain value, or below a value that is there already."""
    value = re.search(r":\s+(?=\S)", slip.head)
    if value:
        start = slip.line_start + value.end()
        text = re.split(r"\s#", slip.text[start : slip.line_end])[0].rstrip()
        return Finding('an unquoted value cannot hold ": "', _quote(text), start, start + len(text))
    above, line = slip.line_above()
    if not line:
        return Finding("a key where none can stand")
    if re.match(r"-[\w.]+:(?:[ \t]|$)", line):
        hint = f"put a space behind the dash: - {line[1:]}"
        return Finding("a dash without a space behind it starts no element of a list", hint, above, above + len(line))
    if re.match(r"(?:- +)*[^\s:][^:]*:(?:[ \t]|$)", line):
        hint = "line it up with the key above, or empty that one's value"
        return Finding("a key below one that has a value already", hint, other=above, other_text="this key has a value")
    return _no_key(above, line)


def _no_key(start: int, line: str) -> Finding:
    """A *line* that is not `key: value` though the next one is."""
    hint = ""
    if match := re.match(r"[\w./-]+(:)\S", line):
        hint = f"put a space behind the colon: {line[: match.end(1)]} {line[match.end(1) :]}"
    elif "\uff1a" in line:
        hint = "the colon is not the ASCII one"
    elif "\xa0" in line:
        hint = "the space behind the colon is a no-break space"
    elif match := re.match(r"([\w./-]+)\s*=\s*", line):
        hint = f"write {match[1]}: {line[match.end() :]}"
    message = 'this line is neither "key: value" nor an element of a list'
    return Finding(message, hint, start, start + len(line))


def _missing_colon(slip: _Slip) -> Finding:
    start = slip.context if slip.context >= 0 else slip.at
    _, end = line_of(slip.text, start)
    if slip.text[start : start + 1] in "'\"":
        return Finding("a quoted text where a key is wanted", "", start, end)
    return _no_key(start, slip.text[start:end].rstrip())


def _expected_key(slip: _Slip) -> Finding:
    closed = re.search(r"([\"'])\s*$", slip.head)
    if closed:
        hint = (
            "inside single quotes, '' is a quote"
            if closed[1] == "'"
            else "quote the whole value, or escape inner quotes"
        )
        opened = _opened_above(slip, closed[1])
        if opened >= 0:
            hint = "close it on its own line"
            return Finding("a text in quotes ends here that began on a line above", hint, slip.at,
                           slip.at + len(slip.tail), other=opened, other_text="it began here")  # fmt: skip
        return Finding("text behind the closing quote", hint, slip.at, slip.at + len(slip.tail))
    if slip.char and slip.char in "]}":
        return Finding(f"a {slip.char} that closes nothing", "delete it, or quote the value")
    if slip.char == ":":
        return Finding("a key is missing before the colon")
    if slip.tail.startswith(("- ", "-")) and not slip.head.strip():
        hint = "indent it like its list, or deeper than the key that it belongs to"
        return Finding("an element of a list among the keys of a map", hint, slip.at, slip.at + len(slip.tail))
    return _indentation(slip)


def _opened_above(slip: _Slip, quote: str) -> int:
    """Where a text in quotes began that was never closed on its own line; -1, if none did."""
    for match in reversed(
        list(re.finditer(rf"(?m)^[^#\n]*?:[ ]+({quote})[^{quote}\n]*$", slip.text[: slip.line_start]))
    ):
        return match.start(1)
    return -1


def _indentation(slip: _Slip) -> Finding:
    return Finding(
        "the indentation fits nothing above",
        "line it up with the keys or elements that it belongs to",
        slip.at,
        slip.at + len(slip.tail),
        other=slip.context,
        other_text="inside of what starts here",
    )


def _expected_dash(slip: _Slip) -> Finding:
    hint = 'start it with "- ", or indent it like the text of the element above'
    return Finding(
        "a key among the elements of a list",
        hint,
        slip.at,
        slip.at + len(slip.tail),
        other=slip.context,
        other_text="the list starts here",
    )


def _list_behind_key(slip: _Slip) -> Finding:
    hint = "put each element on a line of its own below the key, or quote the value"
    return Finding("a list cannot start behind its key", hint, slip.at, slip.at + len(slip.tail))


def _bad_start(slip: _Slip) -> Finding:
    message = f"an unquoted value cannot start with {slip.char}"
    return Finding(message, _quote(slip.tail), slip.at, slip.at + len(slip.tail))


def _bad_anchor(slip: _Slip) -> Finding:
    start = slip.context if slip.context >= 0 else slip.at
    value = re.split(r"\s#|[,\]}]?$", slip.text[start : slip.line_end])[0].rstrip()
    meaning = "an alias" if value.startswith("*") else "an anchor"
    message = f"an unquoted {value[:1]} starts {meaning}, and this is none"
    return Finding(message, _quote(value), start, start + len(value))


def _block_header(slip: _Slip) -> Finding:
    start = slip.context if slip.context >= 0 else slip.at
    value = slip.text[start : slip.line_end].rstrip()
    message = f"text behind {value[:1]}, which starts a block on the next line"
    return Finding(message, _quote(value), start, start + len(value))


def _open_quote(slip: _Slip) -> Finding:
    start = slip.context if slip.context >= 0 else slip.at
    _, end = line_of(slip.text, start)
    hint = "close it on the same line, or write the text as a block that starts with |"
    return Finding("the quote that opens here is never closed", hint, start, end)


def _open_flow(slip: _Slip) -> Finding:
    opened = slip.text[slip.context : slip.context + 1]
    if slip.context < 0 or opened not in "[{":
        return Finding("a comma or a closing bracket is missing", 'quote the value, if it holds "?"')
    closer = "]" if opened == "[" else "}"
    if "\n" in slip.text[slip.context : slip.at] or slip.at >= len(slip.text.rstrip()):
        _, end = line_of(slip.text, slip.context)
        hint = f"close it with {closer}, or quote the value"
        return Finding(f"the {opened} that opens here is not closed", hint, slip.context, end)
    message = f"a comma or {closer} is missing before this"
    return Finding(message, "quote the value before it, if that is all one text", slip.at, slip.at + len(slip.tail))


def _no_content(slip: _Slip) -> Finding:
    if slip.at >= len(slip.text.rstrip()):
        opened = max(slip.text.rfind("["), slip.text.rfind("{"))
        if opened >= 0:
            return Finding(f"the {slip.text[opened]} that opens here is not closed", "", opened, opened + 1)
        return Finding("a value is missing")
    return Finding(f"a value cannot start with {slip.char}", _quote(slip.tail), slip.at, slip.at + len(slip.tail))


def _escape(slip: _Slip) -> Finding:
    start = max(slip.text.rfind("\\", 0, slip.at + 1), 0)
    hint = "use single quotes, in which a backslash is nothing special, or write \\\\"
    return Finding("an unknown escape in double quotes", hint, start, start + 2)


def _directive(slip: _Slip) -> Finding:
    start, end = line_of(slip.text, slip.at)
    if not slip.text[start:end].startswith("%"):
        start, end = line_of(slip.text, 0)
    return Finding("lines that start with % are directives", "Kubernetes' tools want none: delete the line", start, end)


def _question(slip: _Slip) -> Finding:
    return Finding(
        "a ? starts a key here, and none can stand here", _quote(slip.tail), slip.at, slip.at + len(slip.tail)
    )


_EXPLAIN: Final[dict[str, Callable[[_Slip], Finding]]] = {
    "mapping values are not allowed in this context": _colon,
    "could not find expected ':'": _missing_colon,
    "did not find expected key": _expected_key,
    "did not find expected '-' indicator": _expected_dash,
    "block sequence entries are not allowed in this context": _list_behind_key,
    "mapping keys are not allowed in this context": _question,
    "found character that cannot start any token": _bad_start,
    "did not find expected alphabetic or numeric character": _bad_anchor,
    "did not find expected comment or line break": _block_header,
    "found unexpected end of stream": _open_quote,
    "did not find expected ',' or ']'": _open_flow,
    "did not find expected ',' or '}'": _open_flow,
    "did not find expected node content": _no_content,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "did not find expected <document start>": _directive,
    "found unknown directive name": _directive,
    "found incompatible YAML document": _directive,
}
"""By libyaml's message: it has no codes. What is not here is told in its own words."""
