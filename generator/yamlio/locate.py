"""From a value back to its place in the file: composed again with marks, but only when somebody asks.

Loading keeps no positions, so a run without mistakes pays nothing for them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.diagnostics import SourceFile, Span
from generator.goyaml.stream import parts
from generator.yamlio.marks import Node, compose
from generator.yamlio.scalars import character_spans

Pointer = tuple[str | int, ...]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a document: `document` counts the parts of the file from 0, `pointer` holds keys and list indices."""

    file: SourceFile
    document: int = 0
    pointer: Pointer = ()

    def __truediv__(self, step: str | int) -> "Place":
        return Place(self.file, self.document, (*self.pointer, step))

    def child(self, *steps: str | int) -> "Place":
        """The place that a path of several steps leads to from here."""
        return Place(self.file, self.document, (*self.pointer, *steps))

    def __str__(self) -> str:
        """Such as `spec.templates[2].name`."""
        return path_text(self.pointer)

    def exists(self) -> bool:
        """Whether the document has a value here."""
        return _find(self).exact

    def span(self, *, key: bool = False) -> Span:
        """Where the value stands, or with *key* the key before it.

        The nearest thing around it that exists, where the pointer leads nowhere; the key, where the value is left out.
        """
        found = _find(self)
        if (key or found.node.start == found.node.end) and found.key is not None:
            return Span(self.file, found.key.start, found.key.end)
        return Span(self.file, found.node.start, found.node.end)


def text_span(place: Place, start: int, end: int) -> Span:
    """Where the code points *start* up to *end* of the string at *place* stand in its file.

    For text held in YAML, such as a template: indentation, quotes, escapes and folds are accounted for. The whole
    scalar, where *place* holds no string.
    """
    found = _find(place)
    node = _target(found.node)
    spans = []
    if found.exact and node.style is not None:
        spans = character_spans(place.file.text[node.start : node.scanned], node.style, node.value)
    if not spans:
        return Span(place.file, node.start, node.end)
    behind = (spans[-1][1], spans[-1][1])
    first = spans[start] if 0 <= start < len(spans) else behind
    last = spans[min(end, len(spans)) - 1] if end > start else (first[0], first[0])
    return Span(place.file, node.start + first[0], node.start + max(first[0], last[1]))


def block_of(place: Place) -> tuple[int, int] | None:
    """Where the lines of the `|` block at *place* start and end in the file; None, where no such block stands."""
    found = _find(place)
    node = _target(found.node)
    if not found.exact or node.style != "|":
        return None
    header = place.file.text.find("\n", node.start) + 1
    return (header, max(header, node.scanned)) if header else None


def path_text(pointer: Pointer) -> str:
    """*pointer* as people write it: `spec.ports[0].name`, `data["a.b"]`."""
    text = ""
    for step in pointer:
        if isinstance(step, int):
            text += f"[{step}]"
        elif is_name(step):
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]'
    return text


def is_name(step: str) -> bool:
    """Whether a key reads well in a path without quotes."""
    return _NAME.fullmatch(step) is not None


class _Found(NamedTuple):
    node: Node
    key: Node | None  # the key before it, if it is a map's value
    exact: bool  # whether it is the value asked for, or only the nearest around that


def _find(place: Place) -> _Found:
    node, key = _root(place.file, place.document), None
    for step in place.pointer:
        inner = _step(node, step)
        if inner is None:
            return _Found(node, key, exact=False)
        key, node = inner
    return _Found(node, key, exact=True)


@lru_cache(maxsize=8)
def _root(file: SourceFile, document: int) -> Node:
    start, end = list(parts(file.text))[document]
    return compose(file.text, start, end)


def _step(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    """The key and value that *step* leads to from *node*; a map's own keys come before merged ones."""
    node = _target(node)
    if isinstance(step, int):
        in_reach = not node.is_map and node.style is None and 0 <= step < len(node.items)
        return (None, node.items[step]) if in_reach else None
    # Of keys that stand twice the last one counts.
    for key, value in reversed(node.pairs):
        if key.value == step:
            return key, value
    for key, value in reversed(node.pairs):
        if key.value == "<<" and key.style == "":
            merged = [value, *(_target(value).items if not _target(value).is_map else ())]
            for source in merged:
                if found := _step(source, step):
                    return found
    return None


def _target(node: Node) -> Node:
    return node if node.target is None else node.target
