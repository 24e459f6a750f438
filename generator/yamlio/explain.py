"""The problems of a YAML text as diagnostics, in our words and with the hint that most probably helps."""

from collections.abc import Callable
from typing import Final, NamedTuple

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.goyaml.errors import ErrorKind, Problem, YamlError
from generator.yamlio.marks import Node, compose
from generator.yamlio.slips import Finding, explain_syntax, template_outside_quotes

_CODES: Final[dict[ErrorKind, str]] = {
    ErrorKind.SYNTAX: "MW101",
    ErrorKind.ANCHOR: "MW101",
    ErrorKind.TAG: "MW101",
    ErrorKind.DUPLICATE: "MW102",
    ErrorKind.LIMIT: "MW103",
    ErrorKind.ENCODING: "MW104",
    ErrorKind.KEY: "MW105",
    ErrorKind.NUMBER: "MW106",
    ErrorKind.TRAILING: "MW107",
}


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
        finding = _explained(_Case(text, problem))
        code = _CODES[problem.kind]
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


def _explained(case: _Case) -> Finding:
    return _EXPLAIN[case.problem.kind](case)


def _syntax(case: _Case) -> Finding:
    return explain_syntax(case.text, case.problem)


def _anchor(case: _Case) -> Finding:
    if "merge" in case.problem.message:
        return Finding("<< takes a map, or a list of maps")
    if "contains itself" in case.problem.message:
        return Finding(f"{case.source} stands inside the value that it stands for")
    hint = f'quote it, if text is meant: "{case.source}"'
    return Finding(f"{case.source} stands for an anchor that is not there", hint)


def _tag(case: _Case) -> Finding:
    return Finding(case.problem.message, "leave out the tag, or mend the value")


def _duplicate(case: _Case) -> Finding:
    key = case.problem.key
    if case.source.startswith("<<") and key != "<<":
        message = f'"{key}" stands before the << that sets it again, and readers disagree on which one counts'
        return Finding(message, "put << first in its map")
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


def _limit(case: _Case) -> Finding:
    if "alias" in case.problem.message:
        return Finding(
            "the aliases (*) make the document many times as large as it looks", "write out what they stand for"
        )
    return Finding("lists and maps are nested too deep", "no reader of Kubernetes objects wants more than 200 levels")


def _encoding(case: _Case) -> Finding:
    char = case.source
    if char == "\ufeff":
        return Finding("a byte order mark inside the text", "delete it; editors show it as nothing")
    if not char:
        return Finding(case.problem.message)
    hint = f'write it as an escape in double quotes: "\\u{ord(char):04x}"' if char < "\ud800" else "delete it"
    return Finding(f"the character U+{ord(char):04X} may not stand in YAML", hint)


def _key(case: _Case) -> Finding:
    message, source = case.problem.message, case.problem.key
    if message.startswith("invalid map key"):
        return Finding("a key must be text, not a list or a map", "quote it, if text is meant")
    if not source or "null" in message:
        return Finding("a key is missing here", f'quote it, if text is meant: "{source}"' if source else "")
    kind = "true or false" if "bool" in message else "a number"
    return Finding(f"the key {source} is {kind}, not text", f'quote it: "{source}":')


def _number(case: _Case) -> Finding:
    return Finding(f"JSON has no number {case.source}", f'quote it, if text is meant: "{case.source}"')


def _trailing(case: _Case) -> Finding:
    before = case.text[: case.problem.start]
    message = "Kubernetes' tools would silently drop all that follows from here on"
    if case.source == "---":
        return Finding(message, "let --- stand alone on its line")
    if before.rstrip().endswith("\n..."):
        return Finding(message, "start the next document with a line ---, not with ...")
    first = len(before) - len(before.lstrip())
    hint = "the keys above are indented deeper than this line; start all at the same column"
    return Finding(message, hint, other=first, other_text="the document starts here")


_EXPLAIN: Final[dict[ErrorKind, Callable[[_Case], Finding]]] = {
    ErrorKind.SYNTAX: _syntax,
    ErrorKind.ANCHOR: _anchor,
    ErrorKind.TAG: _tag,
    ErrorKind.DUPLICATE: _duplicate,
    ErrorKind.LIMIT: _limit,
    ErrorKind.ENCODING: _encoding,
    ErrorKind.KEY: _key,
    ErrorKind.NUMBER: _number,
    ErrorKind.TRAILING: _trailing,
}
