"""`mwgen.yaml` → Settings."""

from generator.diagnostics import Collector, SourceFile
from generator.model.settings import Settings
from generator.stages.load.delivery import delivery
from generator.yamlio.cursor import Cursor, decode
from generator.yamlio.load import document


def settings(file: SourceFile) -> Settings:
    """The settings in *file*; an empty file has none.

    Raises:
        DiagnosticError: every mistake in it.
    """
    found = Collector()
    read = document(file)
    result = Settings() if read.value is None else decode(read.value, read.place, _settings, found)
    found.raise_errors()
    assert result is not None
    return result


def _settings(cursor: Cursor) -> Settings:
    plain = Settings()
    result = Settings(
        plugins=cursor.optional("plugins", _folders, plain.plugins),
        groups=cursor.optional("groups", _folders, plain.groups),
        out=cursor.optional("out", _folder, plain.out),
        allow_loss=cursor.each("allowLoss", str),
        allow_immutable=cursor.each("allowImmutable", str),
        allow_plain_secrets=cursor.each("allowPlainSecrets", str),
        commit=cursor.optional("commit", _commit, {}),
        delivery=cursor.optional("delivery", delivery, plain.delivery),
    )
    cursor.no_other_fields("apiVersion", "kind")
    return result


def _commit(cursor: Cursor) -> dict[str, str]:
    result = {name: cursor.optional(name, str, "") for name in ("name", "email", "subject")}
    cursor.no_other_fields()
    return {name: text for name, text in result.items() if text}


def _folders(cursor: Cursor) -> tuple[str, ...]:
    if isinstance(cursor.value, str):
        return (_folder(cursor),)
    return tuple(element.read(_folder) for element in cursor.elements())


def _folder(cursor: Cursor) -> str:
    text = cursor.read(str).strip("/")
    parts = text.split("/")
    if not text or ".." in parts or "." in parts:
        cursor.fail("a folder below the root of the repository is wanted", code="MW204", hint="such as plugins")
    return text
