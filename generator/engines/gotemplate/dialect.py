"""What a compiler must know besides the text: the functions, and what the dialect makes of missing values."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from generator.dataclass import dataclass, field
from generator.digest import blake2b
from generator.engines.gotemplate.builtins import BUILTINS
from generator.engines.gotemplate.funcs import Func, FuncMap


class Missing(StrEnum):
    """What becomes of a key that a map does not have."""

    ZERO = "zero"
    """The zero value of the map's elements: Helm's rule."""
    ERROR = "error"
    """An error: Helm's rule under --strict."""
    GUARDED = "guarded"
    """As `ZERO`; but to print what is missing, or to format it, is an error at that place.

    An error are: an action whose value is nil or missing, and a chain of fields whose last key is missing, where
    it stands itself as an argument of, or is piped into, one of the functions `Dialect.formatting`. Conditions,
    `default`, assignments, arguments of other functions and of templates: all these guard, and are as in Helm.
    """


@dataclass(frozen=True)
class Dialect:
    """A template language: Go's, with a library of functions."""

    functions: FuncMap
    missing: Missing = Missing.ZERO
    methods: frozenset[str] = frozenset()
    """Names of methods that maps of the dialect have: they come before keys of that name."""
    mutators: frozenset[str] = frozenset()
    """Functions through which values may be changed in place."""
    formatting: frozenset[str] = field(
        default=frozenset({"html", "js", "print", "printf", "println", "urlquery"}),
    )
    """Functions that make text or numbers of anything, nil too."""

    @cached_property
    def callable(self) -> Mapping[str, Func]:
        """All functions by name: the library's come before Go's own."""
        return {**BUILTINS, **self.functions}

    def builtin(self, name: str) -> bool:
        """Whether the name means Go's own function."""
        return name not in self.functions and name in BUILTINS

    @cached_property
    def digest(self) -> str:
        """What compiled code depends on, in short: for keys of caches."""
        parts = [self.missing, *sorted(self.methods), "|", *sorted(self.formatting), "|"]
        parts += [f"{name} {func.signature} {func.wants_run}" for name, func in sorted(self.callable.items())]
        return blake2b("\n".join(parts).encode(), digest_size=32).hexdigest()
