"""A bundle as one stream of documents, for doors that have no files.

The stream is the bundle's files in order, one behind the other, with `---` lines between them. The order is that of
their waves, from the lowest; in one wave, and where there are none, that of their paths.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.model.bundle import BundleKey, LockedObject
from generator.model.outcome import Outcome

_SEPARATOR = b"---\n"


class StreamedObject(NamedTuple):
    """An object of a bundle, and its file's bytes."""

    key: BundleKey
    locked: LockedObject
    data: bytes


def objects(outcomes: Iterable[Outcome]) -> Iterator[StreamedObject]:
    """The objects of *outcomes* in the order of the stream; the outcomes must hold all files of their bundles."""
    for outcome in outcomes:
        entries = outcome.lock.objects if outcome.lock else ()
        for entry in sorted(entries, key=lambda one: (one.wave or 0, one.path)):
            yield StreamedObject(outcome.key, entry, outcome.write[f"{outcome.key.folder}/{entry.path}"])


def stream(parts: Iterable[StreamedObject]) -> bytes:
    """All of *parts* as one stream."""
    return _SEPARATOR.join(one.data for one in parts)
