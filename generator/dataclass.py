# ruff: noqa: A002, ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, ARG001, FBT002, N807
"""`dataclass`, `field` and `replace` of the standard library, for classes that every short process loads.

The standard library compiles up to six methods for a class when it is made: 0.4 ms each, a quarter of the time in which
a small chart is rendered, and most are never called. Here a method is compiled when it is called first. To whoever
uses a class, and to type checkers, nothing differs; what this module does not know of dataclasses, it refuses.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):  # where annotations are no plain values any more
    from dataclasses import dataclass, field, replace
else:
    from operator import attrgetter
    from typing import ClassVar

    _ABSENT = object()
    _FEW = 8
    _set = object.__setattr__

    class _Field:
        """What `field` was given."""

        __slots__ = ("default", "factory", "init", "repr")

        def __init__(self, default=_ABSENT, factory=_ABSENT, init=True, repr_=True):
            self.default = default
            self.factory = factory
            self.init = init
            self.repr = repr_

    def field(*, default=_ABSENT, default_factory=_ABSENT, init=True, repr=True):
        """A field with a default, or one that a call gives."""
        return _Field(default, default_factory, init, repr)

    def dataclass(*, frozen=False, slots=False, kw_only=False, eq=True):
        """Make a class a dataclass."""
        return lambda cls: _made(cls, frozen=frozen, slots=slots, kw_only=kw_only, eq=eq)

    def replace(one, /, **changes):
        """A copy of an object, with other values for some of its fields."""
        for name, known in one.__fields__.items():
            if known.init:
                changes.setdefault(name, getattr(one, name))
        return type(one)(**changes)

    def _made(cls, *, frozen, slots, kw_only, eq):
        space = dict(cls.__dict__)
        if "__post_init__" in space or len(cls.__bases__) > 1:
            raise TypeError(
                f"{cls.__qualname__}: no __post_init__ here, and one base: take the standard library's dataclass"
            )
        own = {}
        for name, annotation in space.get("__annotations__", {}).items():
            if annotation is not ClassVar and getattr(annotation, "__origin__", None) is not ClassVar:
                given = space.pop(name, _ABSENT)
                own[name] = given if given.__class__ is _Field else _Field(given)
                if own[name].default.__class__.__hash__ is None:
                    raise ValueError(f"{cls.__qualname__}.{name}: one default for all objects, and it can change")
        fields = {**getattr(cls.__base__, "__fields__", {}), **own}
        added = _methods(cls.__qualname__, space, fields, frozen=frozen, kw_only=kw_only, eq=eq)
        if slots:
            for name in ("__dict__", "__weakref__"):
                space.pop(name, None)
            made = type(cls)(cls.__name__, cls.__bases__, {**space, **added, "__slots__": tuple(own)})
            made.__qualname__ = cls.__qualname__
            return made
        for name, one in own.items():
            if one.default is not _ABSENT:
                added[name] = one.default
            elif name in cls.__dict__:
                delattr(cls, name)
        for name, value in added.items():
            setattr(cls, name, value)
        return cls

    def _methods(owner, space, fields, *, frozen, kw_only, eq):
        """What a class gets that has these fields, and this in it already."""
        added = {
            "__fields__": fields,
            "__dataclass_fields__": _StandardFields(frozen, kw_only, eq),
            "__init__": _init(owner, fields, frozen, kw_only),
            "__match_args__": () if kw_only else tuple(name for name, one in fields.items() if one.init),
        }
        if "__repr__" not in space:
            added["__repr__"] = _repr
        if eq and "__eq__" not in space:
            added["__eq__"] = _eq
        if eq and space.get("__hash__") is None:
            added["__hash__"] = _hash if frozen else None
        if frozen:
            added |= {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}
        return added

    def _init(owner, fields, frozen, kw_only):
        """An `__init__` that compiles itself once it was called a few times: of many classes, there is one object."""
        order = () if kw_only else tuple(name for name, one in fields.items() if one.init)
        known = frozenset(name for name, one in fields.items() if one.init)
        calls = 0

        def __init__(self, *args, **kwargs):
            nonlocal calls
            calls += 1
            if calls > _FEW or not _filled(self, fields, known, order, args, kwargs):
                cls = next(one for one in type(self).__mro__ if one.__dict__.get("__init__") is __init__)
                space = {"_set": _set, "_ABSENT": _ABSENT}
                for name, one in fields.items():
                    space[f"_{name}"], space[f"_f_{name}"] = one.default, one.factory
                exec(_init_text(fields, frozen, kw_only), space)  # noqa: S102 - nothing but names of fields is in it
                cls.__init__ = space["__init__"]
                cls.__init__(self, *args, **kwargs)

        __init__.__qualname__ = f"{owner}.__init__"
        return __init__

    def _filled(self, fields, known, order, args, kwargs):
        """Set all fields; whether the arguments were right."""
        given = dict(zip(order, args, strict=False))
        if len(args) > len(order) or not known >= kwargs.keys() or not given.keys().isdisjoint(kwargs):
            return False
        given.update(kwargs)
        for name, one in fields.items():
            value = given.get(name, _ABSENT) if one.init else _ABSENT
            if value is _ABSENT:
                value = one.default if one.factory is _ABSENT else one.factory()
                if value is _ABSENT:
                    return False
            _set(self, name, value)
        return True

    def _init_text(fields, frozen, kw_only):
        parameters = ["self", *(["*"] if kw_only and any(one.init for one in fields.values()) else [])]
        lines = []
        for name, one in fields.items():
            value = name
            if one.factory is not _ABSENT:
                value = f"_f_{name}() if {name} is _ABSENT else {name}" if one.init else f"_f_{name}()"
            elif not one.init:
                value = f"_{name}"
            if one.init:
                default = "" if one.default is _ABSENT else f"=_{name}"
                parameters.append(name + (default if one.factory is _ABSENT else "=_ABSENT"))
            lines.append(f" _set(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
        return f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"])

    def _values(one):
        names = tuple(one.__fields__)
        return attrgetter(*names)(one) if len(names) > 1 else tuple(getattr(one, name) for name in names)

    def _eq(self, other):
        return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented

    def _hash(self):
        return hash(_values(self))

    def _repr(self):
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name, one in self.__fields__.items() if one.repr)
        return f"{type(self).__qualname__}({shown})"

    def _refuse(self, name, *_):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot change field {name!r}")

    def _state(self):
        return list(_values(self))

    def _restore(self, state):
        for name, value in zip(self.__fields__, state, strict=True):
            object.__setattr__(self, name, value)

    class _StandardFields:
        """`__dataclass_fields__`, for the standard library's functions: made when one of them asks."""

        def __init__(self, frozen, kw_only, eq):
            self.options = {"frozen": frozen, "kw_only": kw_only, "eq": eq}

        def __get__(self, one, cls):
            import dataclasses

            made = []
            for name, known in cls.__fields__.items():
                options = {"init": known.init}
                if known.default is not _ABSENT:
                    options["default"] = known.default
                if known.factory is not _ABSENT:
                    options["default_factory"] = known.factory
                made.append((name, object, dataclasses.field(**options)))
            return dataclasses.make_dataclass(cls.__name__, made, **self.options).__dataclass_fields__


__all__ = ["dataclass", "field", "replace"]
