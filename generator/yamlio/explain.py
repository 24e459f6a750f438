"""The problems of a YAML text as diagnostics, in our words and with the hint that most probably helps."""

from collections.abc import Callable
from typing import Final, NamedTuple

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.goyaml.errors import ErrorKind, Problem, YamlError
from generator.yamlio.marks import Node, compose
from generator.yamlio.slips import STRAY_MARK, Finding, explain_syntax, line_of, template_outside_quotes


class _Case(NamedTuple):
    """A problem in the text of one document; both count from that text's start."""

    text: str
    problem: Problem

    @property
    def source(self) -> str:
        """What stands at the problem's place."""
        return self.text[self.problem.start : self.problem.end]


def diagnostics_of(file: SourceFile, start: int, end: int, error: YamlError) -> tuple[Diagnostic, ...]:
    """The problems of the text from *start* to *end* in *file*; one for each slip, whatever else it causes."""
    text = file.text[start:end]
    result: list[Diagnostic] = []
    templates: set[int] = set()  # the lines where a template outside of quotes was reported
    for problem in error.problems:
        code, explain = _KINDS[problem.kind]
        finding = explain(_Case(text, problem))
        at = finding.start if finding.start >= 0 else problem.start
        until = finding.end if finding.start >= 0 else problem.end
        primary = Span(file, start + at, start + max(at, until))
        if template := template_outside_quotes(text, problem.start):
            if primary.line in templates:
                continue
            templates.add(primary.line)
            finding, code = template, "MW101"
            primary = Span(file, start + template.start, start + template.end)
        secondary: tuple[Label, ...] = ()
        if finding.other >= 0:
            other = Span(file, start + finding.other, start + finding.other + 1)
            secondary = (Label(other, finding.other_text),)
        result.append(
            Diagnostic(
                code=code,
                message=finding.message,
                primary=Label(primary),
                secondary=secondary,
                hint=finding.hint,
                field=problem.key,
            )
        )
    return tuple(result)


def _syntax(case: _Case) -> Finding:
    return explain_syntax(case.text, case.problem)


def _alias(case: _Case) -> Finding:
    hint = f'quote it, if text is meant: "{case.source}"'
    return Finding(f"{case.source} stands for an anchor that is not there", hint)


def _self(case: _Case) -> Finding:
    return Finding(f"{case.source} stands inside the value that it stands for")


def _merge(_: _Case) -> Finding:
    return Finding("<< takes a map, or a list of maps")


def _tag(case: _Case) -> Finding:
    return Finding(case.problem.message, "leave out the tag, or mend the value")


def _hidden(case: _Case) -> Finding:
    message = f'"{case.problem.key}" stands before the << that sets it again, and readers disagree on which one counts'
    return Finding(message, "put << first in its map")


def _duplicate(case: _Case) -> Finding:
    key = case.problem.key
    first = _first_of(compose(case.text, 0, len(case.text)), case.problem.start, key)
    message = f'"{key}" stands twice in the same map'
    return Finding(message, "keep one of them", other=first, other_text="it stands here first")


def _first_of(node: Node, start: int, key: str) -> int:
    """Where *key* stands first in the map that has it, too, at *start*; -1, where that is not below *node*."""
    keys = [entry.start for entry, _ in node.pairs if entry.value == key]
    if start in keys and keys[0] != start:
        return keys[0]
    below = [child for child in node.items if child.start <= start <= child.end]
    return max((_first_of(child, start, key) for child in below), default=-1)


def _size(_: _Case) -> Finding:
    message = "the aliases (*) make the document many times as large as it looks"
    return Finding(message, "write out what they stand for")


def _depth(_: _Case) -> Finding:
    return Finding("lists and maps are nested too deep", "no reader of Kubernetes objects wants more than 200 levels")


def _mark(_: _Case) -> Finding:
    return STRAY_MARK


def _encoding(case: _Case) -> Finding:
    char = case.source
    if not char:
        return Finding(case.problem.message)
    hint = f'write it as an escape in double quotes: "\\u{ord(char):04x}"' if char < "\ud800" else "delete it"
    return Finding(f"the character U+{ord(char):04X} may not stand in YAML", hint)


def _null_key(case: _Case) -> Finding:
    key = case.problem.key
    return Finding("a key is missing here", f'quote it, if text is meant: "{key}"' if key else "")


def _boolean_key(case: _Case) -> Finding:
    key = case.problem.key
    return Finding(f"the key {key} is true or false, not text", f'quote it: "{key}":')


def _number_key(case: _Case) -> Finding:
    key = case.problem.key
    return Finding(f"the key {key} is a number, not text", f'quote it: "{key}":')


def _collection_key(_: _Case) -> Finding:
    return Finding("a key must be text, not a list or a map", "quote it, if text is meant")


def _number(case: _Case) -> Finding:
    return Finding(f"JSON has no number {case.source}", f'quote it, if text is meant: "{case.source}"')


_DROPPED: Final = "Kubernetes' tools would silently drop all that follows from here on"


def _second(_: _Case) -> Finding:
    return Finding(_DROPPED, "let --- stand alone on its line")


def _trailing(case: _Case) -> Finding:
    before = case.text[: case.problem.start]
    start, end = line_of(case.text, case.problem.start)
    if before[start:].strip():
        return Finding("text behind the end of the value", "quote the whole value", case.problem.start, end)
    if before.rstrip().endswith("\n..."):
        return Finding(_DROPPED, "start the next document with a line ---, not with ...")
    first = len(before) - len(before.lstrip())
    hint = "the keys above are indented deeper than this line; start all at the same column"
    return Finding(_DROPPED, hint, other=first, other_text="the document starts here")


_KINDS: Final[dict[ErrorKind, tuple[str, Callable[[_Case], Finding]]]] = {
    ErrorKind.SYNTAX: ("MW101", _syntax),
    ErrorKind.ALIAS: ("MW101", _alias),
    ErrorKind.SELF: ("MW101", _self),
    ErrorKind.MERGE: ("MW101", _merge),
    ErrorKind.TAG: ("MW101", _tag),
    ErrorKind.DUPLICATE: ("MW102", _duplicate),
    ErrorKind.HIDDEN: ("MW102", _hidden),
    ErrorKind.DEPTH: ("MW103", _depth),
    ErrorKind.SIZE: ("MW103", _size),
    ErrorKind.ENCODING: ("MW104", _encoding),
    ErrorKind.MARK: ("MW104", _mark),
    ErrorKind.NULL_KEY: ("MW105", _null_key),
    ErrorKind.BOOLEAN_KEY: ("MW105", _boolean_key),
    ErrorKind.NUMBER_KEY: ("MW105", _number_key),
    ErrorKind.COLLECTION_KEY: ("MW105", _collection_key),
    ErrorKind.NUMBER: ("MW106", _number),
    ErrorKind.TRAILING: ("MW107", _trailing),
    ErrorKind.SECOND: ("MW107", _second),
}
"""The code for each kind, and how to tell it."""
