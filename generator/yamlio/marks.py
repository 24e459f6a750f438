"""A document as a tree of places: what each value and key is written as, and where."""

from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from generator.goyaml.errors import YamlError
from generator.goyaml.events import open_events


@dataclass(slots=True)
class Node:
    """A value as written. Offsets count code points from the start of the file.

    `end` leaves out the blank lines behind a block; a scalar's `scanned` does not. `style` is a scalar's (`''` for a
    plain one), None for lists, maps and aliases. `items` are a list's values, or a map's keys and values by turns.
    `target` is what an alias stands for.
    """

    start: int
    end: int
    scanned: int = 0
    style: str | None = None
    value: str = ""
    is_map: bool = False
    items: list["Node"] = field(default_factory=list)
    target: "Node | None" = None

    @property
    def pairs(self) -> list[tuple["Node", "Node"]]:
        """A map's keys with their values, in the text's order."""
        return list(zip(self.items[::2], self.items[1::2], strict=False)) if self.is_map else []


def compose(text: str, start: int, end: int) -> Node:
    """The tree of the document that *text* holds from *start* to *end*; what stands before a syntax error of it."""
    root = Node(start, start)
    open_nodes = [root]
    anchors: dict[str, Node] = {}
    try:
        next_event = open_events(text[start:end])
        while open_nodes:
            event = next_event()
            node = Node(start + event.start_mark.index, start + event.end_mark.index)
            if isinstance(event, ScalarEvent):
                node.scanned = node.end
                node.style = event.style or ""
                # The text that base64 stands for is nowhere in the file.
                node.value = "" if event.tag == "tag:yaml.org,2002:binary" else event.value
                if node.style in {"|", ">"}:
                    node.end = start + len(text[start : node.end].rstrip())
            elif isinstance(event, AliasEvent):
                node.target = anchors.get(event.anchor or "")
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                node.is_map = isinstance(event, MappingStartEvent)
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                closed = open_nodes.pop()
                # A block ends where its last value ends; the mark would stand behind blank lines and comments.
                closed.end = node.end if node.end > node.start or not closed.items else closed.items[-1].end
                continue
            elif isinstance(event, (StreamStartEvent, DocumentStartEvent)):
                continue
            else:
                break
            if event.anchor and node.target is None:
                anchors[event.anchor] = node
            open_nodes[-1].items.append(node)
            if node.style is None and not isinstance(event, AliasEvent):
                open_nodes.append(node)
    except (yaml.YAMLError, YamlError):
        pass
    return root.items[0] if root.items else root
