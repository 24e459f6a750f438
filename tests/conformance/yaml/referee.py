"""Asks the Go program in `oracle/`, many questions at a time."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "oracle"
CACHE = Path(__file__).parents[3] / ".tools" / "yaml-oracle"


class Uint64(int):
    """Go's uint64, where it differs from int64."""


class Time(str):
    """A time.Time."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` for what was written, `value` for what was read, `error` for what was refused."""

    text: str = ""
    value: Any = None
    error: str = ""


class Referee:
    """The Go program, started once for each batch."""

    def __init__(self, binary: Path) -> None:
        self._binary = binary

    def read(self, op: str, texts: Iterable[str]) -> list[Answer]:
        """What *op* reads from each of *texts*."""
        return self._ask([{"op": op, "data": encode(text)} for text in texts])

    def write(self, op: str, values: Iterable[Any]) -> list[Answer]:
        """What *op* writes for each of *values*."""
        return self._ask([{"op": op, "value": spell(value)} for value in values])

    def _ask(self, requests: Sequence[dict[str, Any]]) -> list[Answer]:
        lines = "".join(f"{json.dumps(request)}\n" for request in requests)
        ran = subprocess.run([self._binary], input=lines, capture_output=True, text=True, check=True)
        answers = [json.loads(line) for line in ran.stdout.splitlines()]
        assert len(answers) == len(requests), ran.stderr
        return [
            Answer(decode(answer.get("text") or ""), unspell(answer.get("value")), answer.get("error", ""))
            for answer in answers
        ]


def build(go: str) -> Path:
    """The program, compiled by *go* unless that was done before."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.iterdir()):
        digest.update(path.read_bytes())
    binary = CACHE / digest.hexdigest()[:16]
    if not binary.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([go, "build", "-o", binary, "."], cwd=SOURCE, check=True)
    return binary


def encode(text: str) -> str:
    """*text*, whose lone surrogates stand for bytes, as base64 of its bytes."""
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()


def decode(encoded: str) -> str:
    """The inverse of `encode`."""
    return base64.b64decode(encoded).decode("utf-8", "surrogateescape")


def spell(value: Any) -> Any:
    """*value* as the program takes it."""
    match value:
        case None | bool():
            return value
        case int():
            return ["i" if value < 2**63 else "u", str(value)]
        case float():
            return ["f", repr(value)]
        case str():
            return ["s", encode(value)]
        case bytes():
            return ["b", base64.b64encode(value).decode()]
        case dict():
            return ["m", *([spell(key), spell(item)] for key, item in value.items())]
        case list():
            return ["l", *map(spell, value)]
        case _:
            raise TypeError(value)


def unspell(spelled: Any) -> Any:
    """The value that the program answered; a map with keys that are not text stays a list of pairs."""
    if not isinstance(spelled, list):
        return spelled
    kind, *rest = spelled
    match kind:
        case "i":
            return int(rest[0])
        case "u":
            return Uint64(rest[0])
        case "f":
            return float(rest[0].replace("Inf", "inf"))
        case "t":
            return Time(rest[0])
        case "s":
            return decode(rest[0])
        case "l":
            return [unspell(item) for item in rest]
        case _:
            pairs = [(unspell(key), unspell(item)) for key, item in rest]
            return dict(pairs) if all(type(key) is str for key, _ in pairs) else pairs


def as_int64(digits: str) -> int | float:
    """The number that Kubernetes makes of an integer in JSON: a float64 where int64 is too small."""
    return int(digits) if -(2**63) <= int(digits) < 2**63 else float(digits)


def same(ours: Any, theirs: Any) -> bool:
    """Whether both are equal in value and in type: 1 is not 1.0, and neither is true."""
    if type(ours) is not type(theirs) and not (isinstance(theirs, Uint64) and type(ours) is int):
        return False
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(item, theirs[key]) for key, item in ours.items())
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, float) and ours != ours:  # noqa: PLR0124 - not a number
        return bool(theirs != theirs)  # noqa: PLR0124
    return bool(ours == theirs) and (not isinstance(ours, float) or repr(ours) == repr(theirs))
