"""Modules that are imported when one of their functions is first called: most templates need few of them."""

from importlib import import_module

from generator.engines.gotemplate.funcs import Deferred


class Topic:
    """A module of this package, by its name. Its attributes are its functions, which need not be there yet."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Deferred:
        module = f"{__package__}.{self._name}"
        return Deferred(lambda: getattr(import_module(module), name))
