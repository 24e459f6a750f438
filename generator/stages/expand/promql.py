"""PromQL: whether an expression is one, which metrics it names, and narrowing it to the series of one group.

A parser does it, never a pattern: braces and quotes inside of label values must not be taken for selectors.
"""

import json
import re
from collections.abc import Mapping
from typing import Any


def metrics(expr: str) -> tuple[str, ...]:
    """The metrics that the expression names, each once, sorted.

    Raises:
        ValueError: it is no PromQL; the message says why.
    """
    import promql_parser

    found: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            if node.name:
                found.add(node.name)
            equal = promql_parser.MatchOp.Equal
            found.update(one.value for one in node.matchers.matchers if one.name == "__name__" and one.op == equal)

    promql_parser.walk(promql_parser.parse(expr), pre_visit=visit)
    return tuple(sorted(found))


def narrowed(expr: str, labels: Mapping[str, str]) -> str:
    """The expression with an equality matcher for each of *labels* in every selector that says nothing of that label.

    It stands on one line then; where nothing had to be added, it is as it was.

    Raises:
        ValueError: it is no PromQL; the message says why.
    """
    import promql_parser

    changed = False

    def selector(node: Any) -> Any:
        nonlocal changed
        if not isinstance(node, promql_parser.VectorSelector):
            return None
        if node.matchers.or_matchers:
            raise ValueError("Prometheus has no `or` between label matchers")
        said = {one.name for one in node.matchers.matchers}
        new = ",".join(f"{name}={_quoted(value)}" for name, value in labels.items() if name not in said)
        if not new:
            return None
        changed = True
        name, text = node.name or "", node.prettify()
        rest = text[len(name) :]
        if rest.startswith("{"):
            inner = rest[1:]
            return promql_parser.parse(f"{name}{{{new}{'' if inner.startswith('}') else ','}{inner}")
        return promql_parser.parse(f"{name}{{{new}}}{rest}")

    result = promql_parser.transform(promql_parser.parse(expr), post_visit=selector)
    return _on_one_line(result.prettify()) if changed else expr


_STRING = re.compile(r"""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`""")
_ASSIGNED = re.compile(r"(?<![=!<>])=(?![=~])")
_WORDS = {"&&": "and", "||": "or", "!": "unless", " AND ": "and", " OR ": "or"}


def likely(expr: str) -> str:
    """What is probably wrong with an expression that is no PromQL, as a hint; empty, where nothing usual is seen."""
    rest = _STRING.sub("", expr)
    for opening, closing in ("()", "[]", "{}"):
        if rest.count(opening) != rest.count(closing):
            missing, there = (closing, opening) if rest.count(opening) > rest.count(closing) else (opening, closing)
            return f"a {there} has no {missing}"
    bare = re.sub(r"\{[^}]*\}", "", rest)
    if _ASSIGNED.search(bare):
        return "compare with ==: a single = stands between braces only"
    for written, meant in _WORDS.items():
        if written in bare.replace("!=", "").replace("!~", ""):
            return f"PromQL has no {written.strip()}: write {meant}"
    return ""


def _on_one_line(text: str) -> str:
    """What the parser lays out over several lines; strings have none, since line ends in them are escaped."""
    result = ""
    for line in text.splitlines():
        part = line.strip()
        tight = not result or result.endswith(("(", "[")) or part.startswith((")", "]", ","))
        result += part if tight else f" {part}"
    return result


def _quoted(value: str) -> str:
    """A string as PromQL has it: Go's, of which JSON's are some."""
    return json.dumps(value, ensure_ascii=False)
