"""The document that KRM functions read and write: a ResourceList, as the functions' specification has it.

The specification is kustomize's, in `cmd/config`, "Configuration Functions Specification". kpt writes what
comes back into its user's files, so what is not ours goes back as the text that it came as, comments, quotes and all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic, DiagnosticError, Label
from generator.model.resource import annotations_of, is_object
from generator.model.values import Object
from generator.yamlio.dump import dump
from generator.yamlio.load import decode, documents
from generator.yamlio.locate import Place

API_VERSION = "config.kubernetes.io/v1"
STDIN = "(standard input)"
FUNCTION_CONFIG = "(functionConfig)"
"""What places in the function's configuration are called: which file it stands in, only its annotations may say."""


PATH = ("config.kubernetes.io/path", "internal.config.kubernetes.io/path")
INDEX = ("config.kubernetes.io/index", "internal.config.kubernetes.io/index")
PACKAGE = "internal.config.kubernetes.io/package-path"
_OF_THE_CALLER = (
    "internal.config.kubernetes.io/",
    "config.kubernetes.io/",
    "config.k8s.io/",
    "kustomize.config.k8s.io/",
)


_REFERENCE = re.compile(r"(?:^|[\s\[{,])[&*]\w")
_ITEMS = re.compile(r"^items:[ \t]*(?:#.*)?$", re.MULTILINE)


class Item(NamedTuple):
    """An object of the list."""

    body: Object
    text: str = ""
    """As the element of a list that it came as; empty where it is to be written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceList:
    """What came in, or goes out."""

    items: tuple[Item, ...]
    config: Object | None = None
    """`functionConfig`."""

    place: Place
    """Of the document."""

    results: tuple[Mapping[str, Any], ...] = ()

    def dump(self) -> bytes:
        """The document."""
        parts = [f"apiVersion: {API_VERSION}\nkind: ResourceList\n"]
        parts.append("items:\n" if self.items else "items: []\n")
        parts += [one.text or dump([one.body]) for one in self.items]
        rest = {"functionConfig": self.config, "results": list(self.results)}
        parts += [dump({key: value}) for key, value in rest.items() if value]
        return "".join(parts).encode()

    def with_results(self, results: Sequence[Mapping[str, Any]]) -> "ResourceList":
        """The same list, with *results* behind those that it has."""
        return replace(self, results=(*self.results, *results))


def read(data: bytes) -> ResourceList:
    """The ResourceList in *data*.

    Raises:
        DiagnosticError: it is none.
    """
    file = decode(STDIN, data)
    read = documents(file)
    if not read:
        raise _none(Place(file), "there is nothing on standard input")
    if len(read) > 1:
        raise _none(read[1].place, "there is more than one document on standard input")
    value, place = read[0].value, read[0].place
    if not isinstance(value, dict) or value.get("kind") != "ResourceList":
        raise _none(place, "standard input holds no ResourceList")
    if value.get("apiVersion") != API_VERSION:
        raise _none(place / "apiVersion", f"the ResourceList is not of {API_VERSION}, but of {value.get('apiVersion')}")
    items = value.get("items") or []
    if not isinstance(items, list):
        raise _none(place / "items", "items is no list")
    wrong = [number for number, one in enumerate(items) if not is_object(one)]
    if wrong:
        raise _none(place / "items" / wrong[0], f"item {wrong[0]} has no apiVersion, kind or name")
    config = value.get("functionConfig")
    if config is not None and not isinstance(config, dict):
        raise _none(place / "functionConfig", "functionConfig is no object")
    results = value.get("results") or []
    return ResourceList(
        items=tuple(map(Item, items, _texts(file.text, len(items)))),
        config=config,
        place=place,
        results=tuple(results) if isinstance(results, list) else (),
    )


def _texts(text: str, count: int) -> list[str]:
    """The text of each item as the element of a list that starts in the first column.

    Empty texts, where the items are written in another way than kustomize and kpt write them, or refer to each other.
    """
    none = [""] * count
    start = _ITEMS.search(text)
    lines = text[start.end() + 1 :].splitlines(keepends=True) if start else []
    first = next((line for line in lines if line.lstrip(" ").startswith("-")), "")
    indent = len(first) - len(first.lstrip(" "))
    found: list[str] = []
    for line in lines:
        own, rest = line[:indent], line[indent:]
        if own.strip() or (rest.strip() and rest[0] not in " -#"):
            break  # the list has ended
        if rest.startswith(("- ", "-\n")):
            found.append("")
        if found:
            found[-1] += rest
    return none if len(found) != count or any(map(_REFERENCE.search, found)) else found


def _none(place: Place, message: str) -> DiagnosticError:
    hint = f"a function gets a document of {API_VERSION}, kind ResourceList, from kustomize or kpt"
    return DiagnosticError(Diagnostic(code="MW811", message=message, primary=Label(place.span()), hint=hint))


# --- annotations -----------------------------------------------------------------------------------------------------


def path_of(item: Mapping[str, Any]) -> str:
    """The file that the object stands in, relative to the package; empty where nobody says."""
    return next((str(annotations_of(item)[key]) for key in reversed(PATH) if annotations_of(item).get(key)), "")


def index_of(item: Mapping[str, Any]) -> int:
    """Its place among the documents of the file, from 0."""
    text = next((str(annotations_of(item)[key]) for key in reversed(INDEX) if annotations_of(item).get(key)), "0")
    return int(text) if text.isdecimal() else 0


def plain(item: Object) -> Object:
    """The object without what its caller has written into its annotations."""
    own = {key: text for key, text in annotations_of(item).items() if not key.startswith(_OF_THE_CALLER)}
    metadata = {key: value for key, value in item["metadata"].items() if key != "annotations"}
    return {**item, "metadata": {**metadata, "annotations": own} if own else metadata}


def placed(body: Object, path: str, replaced: Object | None) -> Object:
    """*body* as an item that goes to *path*; what the caller knows the *replaced* item by stays on it."""
    kept = {key: text for key, text in annotations_of(replaced or {}).items() if key.startswith(_OF_THE_CALLER)}
    told = {**dict.fromkeys(PATH, path), **dict.fromkeys(INDEX, "0")}
    metadata = {**body["metadata"], "annotations": {**annotations_of(body), **kept, **told}}
    return {**body, "metadata": metadata}
