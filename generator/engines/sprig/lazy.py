"""Modules that are imported when one of their functions is first called: most templates need few of them."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


class Topic:
    """A module of this package, by its name. Its attributes are its functions, which need not be there yet."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function: Callable[..., Any] | None = None

        def call(*args: Any) -> Any:
            nonlocal function
            if function is None:
                function = getattr(import_module(f"{__package__}.{self._name}"), name)
            return function(*args)

        call.__name__ = name
        call.__qualname__ = f"{self._name}.{name}"
        return call
