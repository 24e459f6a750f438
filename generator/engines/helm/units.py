"""Compiling each text once in a process, and where a caller keeps compiled units for longer."""

from _thread import allocate_lock
from collections import OrderedDict
from typing import Final, Protocol

from generator.engines.gotemplate.dialect import Dialect
from generator.engines.gotemplate.program import compile_text
from generator.engines.gotemplate.unit import CodeUnit, key, loads

_KEPT: Final = 2048


class UnitStore(Protocol):
    """A cache that outlives the process. It holds code: nobody else may be able to write to it."""

    def get(self, key: str) -> bytes | None:
        """What was put under the key, if it is there."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Keep data under a key."""
        ...


class _Kept:
    """The units of this process, by dialect and text; what was not used for longest is dropped."""

    def __init__(self) -> None:
        self.units: OrderedDict[tuple[str, str], CodeUnit] = OrderedDict()
        self.lock = allocate_lock()

    def get(self, dialect: str, text: str) -> CodeUnit | None:
        """The unit, if it is there."""
        with self.lock:
            unit = self.units.get((dialect, text))
            if unit is not None:
                self.units.move_to_end((dialect, text))
            return unit

    def put(self, dialect: str, unit: CodeUnit) -> None:
        """Keep a unit."""
        with self.lock:
            self.units[dialect, unit.text] = unit
            if len(self.units) > _KEPT:
                self.units.popitem(last=False)


_kept = _Kept()


class TextCompiler:
    """Compiles texts of a dialect: from this process's memory, from the store, or anew."""

    __slots__ = ("dialect", "store")

    def __init__(self, dialect: Dialect, store: UnitStore | None = None) -> None:
        self.dialect = dialect
        self.store = store

    def __call__(self, text: str, name: str) -> CodeUnit:
        """The unit of a text; errors call it by the name.

        Raises:
            TemplateError: the text is no template.
        """
        digest = self.dialect.digest
        unit = _kept.get(digest, text)
        if unit is None:
            unit = self._stored(text) or self._compiled(text, name)
            _kept.put(digest, unit)
        return unit

    def _stored(self, text: str) -> CodeUnit | None:
        data = self.store.get(key(text, self.dialect.digest)) if self.store is not None else None
        if data is None:
            return None
        try:
            return loads(data, text)
        except (ValueError, EOFError, TypeError):
            return None  # cut off or garbled: as good as nothing

    def _compiled(self, text: str, name: str) -> CodeUnit:
        unit = compile_text(text, name, self.dialect)
        if self.store is not None:
            self.store.put(key(text, self.dialect.digest), unit.dumps())
        return unit
