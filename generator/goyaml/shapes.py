"""What a writer of YAML is given where plain types do not say enough."""

from typing import Any


class Struct(dict[str, Any]):
    """A map whose keys are written in the order in which they stand: the fields of a struct."""

    __slots__ = ()


class Verbatim(str):
    """A scalar that is written as it is, such as a time."""

    __slots__ = ()
