"""Files to documents, as Kubernetes reads them but stricter; every mistake gets its place and a hint.

A stream is cut where kubectl cuts it, so a broken document does not hide the mistakes of the others.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Any, Final

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile, Span
from generator.goyaml.errors import YamlError
from generator.goyaml.read import read_manifest
from generator.goyaml.stream import parts
from generator.yamlio.explain import diagnostics_of
from generator.yamlio.locate import Place, block_of

_NO_BREAK: Final = re.compile(r"[^\r\n]")
_INDENTED_SEPARATOR: Final = re.compile(r"^( +)(---)(?=[ \t\r]*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document that is not empty.

    `index` is the number of its part of the file, from 0; empty parts count. `value` is made of dict, list, str, int,
    float, bool and None.
    """

    file: SourceFile
    index: int
    value: Any = field(repr=False)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.index)


def decode(path: str, data: bytes) -> SourceFile:
    """The text file that *data*, the content of *path*, is: UTF-8, or UTF-16 with a byte order mark.

    Raises:
        DiagnosticError: MW104, at the first byte that is no text.
    """
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return SourceFile(path, data.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        head = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        file = SourceFile(path, data.decode(encoding, "replace").removeprefix("\ufeff"))
        raise DiagnosticError(
            Diagnostic(
                code="MW104",
                message=f"not {encoding.upper()} text: byte 0x{data[error.start]:02x}",
                primary=Label(Span(file, len(head), len(head) + 1)),
                hint="save the file as UTF-8",
            )
        ) from None


def documents(file: SourceFile, found: Collector | None = None) -> tuple[Document, ...]:
    """All documents of *file* that are not empty.

    With *found*, mistakes are kept there, and the documents without any are returned all the same.

    Raises:
        DiagnosticError: with the mistakes of all documents, if there are any and *found* is not given.
    """
    collector = Collector() if found is None else found
    result = collector.each(_read, ((file, index, part) for index, part in enumerate(parts(file.text))))
    if found is None:
        collector.raise_errors()
    return tuple(document for document in result if document.value is not None)


def document(file: SourceFile) -> Document:
    """The only document of *file*; its value is None where the file is empty.

    Raises:
        DiagnosticError: for all mistakes in the file, or for a second document.
    """
    every = documents(file)
    if len(every) > 1:
        raise DiagnosticError(
            Diagnostic(
                code="MW107",
                message="a second document where only one may stand",
                primary=Label(every[1].place.span()),
                hint="move it into a file of its own",
            )
        )
    return every[0] if every else Document(file, 0, None)


def embedded(place: Place, text: str) -> SourceFile:
    """The YAML *text* that the string at *place* is, as a file of its own that keeps the places of the outer one.

    Such as a definition under a ConfigMap's data key. What stands in a `|` block keeps its lines and columns: all
    around it becomes blank. Any other string becomes a file with a name of its own, `path#pointer`.
    """
    block = block_of(place)
    if block is None:
        return SourceFile(f"{place.file.path}#{place}", text)
    outer, (start, end) = place.file.text, block
    # A separator must stand in the first column, where nobody asks for it.
    inner = _INDENTED_SEPARATOR.sub(r"\2\1", outer[start:end])
    return SourceFile(place.file.path, _NO_BREAK.sub(" ", outer[:start]) + inner + _NO_BREAK.sub(" ", outer[end:]))


def _read(numbered: tuple[SourceFile, int, tuple[int, int]]) -> Document:
    file, index, (start, end) = numbered
    try:
        return Document(file, index, read_manifest(file.text[start:end]))
    except YamlError as error:
        raise DiagnosticError(*diagnostics_of(file, start, end, error)) from None
