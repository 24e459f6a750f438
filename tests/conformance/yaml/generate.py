"""Random values and texts that are likely to be read or written wrongly. Equal seeds give equal ones."""

import os
import random
from collections.abc import Iterator
from typing import Any, Final

VOLUME: Final = int(os.environ.get("MWGEN_FUZZ", "1"))
"""How many times the usual number of random cases is tried."""

FRAGMENTS: Final = (
    "a", "b", "word", "y", "no", "On", "true", "NULL", "~", "0", "1", "00", "08", "0o7", "0x1f", "0b1", "1_000", "1e3",
    "1.", ".5", "-", "+", ".", "_", "12:30", "2001-01-01", ".inf", "=", "<<", "x:", ": ", ":", "#", " #", "# c", "- ",
    "? ", "?", "[", "]", "{", "}", ",", ", ", "&", "*", "!", "|", ">", "'", '"', "%", "@", "`", "\\", "/", "é", "漢",
    "\U0001f600", "\n", "\n\n", " ", "  ", "\t", "\r", "\u2028", "\x85", "\xa0", "\ufeff", "\0", "\a", "\x7f", "\x9f",
    "---", "...", "{{ x }}", "http://x.y/z?a=b", "--flag=value", "500m", "10Gi", "1h", "\ufffd", "\ufffe", "\U0010ffff",
)  # fmt: skip
LINES: Final = ("line", "  indented", "\tat a tab", "in\tner", "trailing ", "a: b", "- c", "# d", "é", "x" * 90, "", "")
WORDS: Final = (
    "lorem",
    "ipsum",
    "a",
    "it's",
    '"q"',
    "x: y",
    "--flag=value",
    "https://example.com/a/b",
    "\\",
    "  ",
    "#",
)


class Generator:
    """Random cases from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self) -> str:
        """A string of any kind."""
        choice = self.random.random()
        if choice < 0.2:
            return self.random.choice(FRAGMENTS)
        if choice < 0.55:
            return "".join(self.random.choices(FRAGMENTS, k=self.random.randint(0, 6)))
        if choice < 0.7:
            return " ".join(self.random.choices(WORDS, k=self.random.randint(2, 40)))
        if choice < 0.9:
            return "\n".join(self.random.choices(LINES, k=self.random.randint(1, 6)))
        return self.random.choice(FRAGMENTS) * self.random.choice((2, 64, 65, 128, 129, 200))

    def key(self) -> str:
        """A key: mostly of a few letters, digits and signs, so that their order matters."""
        if self.random.random() < 0.6:
            return "".join(self.random.choices(("a", "B", "z", "1", "10", "0", "_", ".", "/", "-"), k=3))
        return self.text()

    def number(self) -> int | float:
        """A number that JSON can hold."""
        choice = self.random.random()
        if choice < 0.3:
            return self.random.choice((0, 1, -1, 10, 2**63 - 1, -(2**63), 2**53 + 1))
        if choice < 0.5:
            return self.random.randint(-(2**63), 2**63 - 1)
        if choice < 0.7:
            return float(self.random.randint(-(10**6), 10**6))
        return self.random.choice((1, -1)) * self.random.random() * 10.0 ** self.random.randint(-25, 30)

    def tree(self, depth: int = 0) -> Any:
        """A value of any shape."""
        choice = self.random.random()
        if depth < 4 and choice < 0.3:
            return {self.key(): self.tree(depth + 1) for _ in range(self.random.randint(0, 4))}
        if depth < 4 and choice < 0.5:
            return [self.tree(depth + 1) for _ in range(self.random.randint(0, 3))]
        if choice < 0.88:
            return self.text()
        return self.number() if choice < 0.97 else self.random.choice((None, True, False))

    def trees(self, count: int) -> list[Any]:
        """*count* values, times `VOLUME`."""
        return [self.tree() for _ in range(count * VOLUME)]

    def mutated(self, text: str) -> str:
        """*text* with a few fragments put in, taken out or doubled."""
        for _ in range(self.random.randint(1, 4)):
            at = self.random.randrange(len(text) + 1)
            choice = self.random.random()
            if choice < 0.5:
                text = text[:at] + self.random.choice(FRAGMENTS) + text[at:]
            elif choice < 0.75:
                text = text[:at] + text[at + self.random.randint(1, 6) :]
            else:
                other = self.random.randrange(len(text) + 1)
                text = text[:at] + text[other : other + self.random.randint(1, 20)] + text[at:]
        return text

    def scalars(self, alphabet: str, shortest: int, longest: int, count: int) -> Iterator[str]:
        """*count* random words over *alphabet*, times `VOLUME`."""
        for _ in range(count * VOLUME):
            yield "".join(self.random.choices(alphabet, k=self.random.randint(shortest, longest)))
