"""Our dataclasses are those of the standard library, to whoever uses them."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from generator import dataclass as ours


def made(module: Any, name: str, **options: Any) -> type:
    """The same class, by one module or the other."""

    class Plain:
        KIND: ClassVar[str] = "plain"
        number: int
        text: str = "x"
        items: list[int] = module.field(default_factory=list)
        hidden: int = module.field(default=3, init=False, repr=False)

        def double(self) -> int:
            return self.number * 2

    Plain.__name__ = name
    Plain.__qualname__ = name
    cls: type = module.dataclass(**options)(Plain)
    cls.__module__ = __name__
    globals()[name] = cls
    return cls


OPTIONS: dict[str, dict[str, bool]] = {
    "frozen": {"frozen": True, "slots": True},
    "loose": {},
    "named": {"frozen": True, "slots": True, "kw_only": True},
    "apart": {"frozen": True, "slots": True, "eq": False},
}


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - which one it is, is what is asked
        return type(error)


USES: dict[str, Callable[[Any], Any]] = {
    "made of positions": lambda cls: (cls(1).number, cls(1, "y").text, cls(1, "y", [2]).items),
    "made of names": lambda cls: (cls(number=1).text, cls(text="z", number=2).number, cls(number=1).hidden),
    "made of too little": lambda cls: cls(),
    "made of too much": lambda cls: cls(1, "x", [], 4),
    "made of what is no field": lambda cls: cls(number=1, nope=2),
    "what is not given": lambda cls: cls(number=1, hidden=2),
    "lists of their own": lambda cls: cls(number=1).items is cls(number=1).items,
    "equal": lambda cls: (cls(number=1) == cls(number=1), cls(number=1) == cls(number=2), cls(number=1) == 1),
    "hashed": lambda cls: len({*map(hash, [cls(number=1, items=()), cls(number=1, items=())])}),
    "shown": lambda cls: repr(cls(number=1)).partition("(")[2],
    "set": lambda cls: setattr(cls(number=1), "number", 2),
    "deleted": lambda cls: delattr(cls(number=1), "number"),
    "matched by position": lambda cls: cls.__match_args__,
    "methods": lambda cls: (cls(number=4).double(), cls.KIND),
    "pickled": lambda cls: (pickle.loads(pickle.dumps(cls(number=5, items=[1]))).items, pickle.dumps(cls) is None),
    "copied": lambda cls: (copy.copy(cls(number=5)).number, copy.deepcopy(cls(number=5, items=[[1]])).items),
    "replaced": lambda cls: dataclasses.replace(cls(number=1, text="q"), number=7).text,
    "as a map": lambda cls: dataclasses.asdict(cls(number=1)),
    "its fields": lambda cls: [one.name for one in dataclasses.fields(cls(number=1))],
    "whether it has a place for more": lambda cls: hasattr(cls(number=1), "__dict__"),
}


@pytest.mark.parametrize("made_before", [0, 20], ids=["young", "old"])
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("use", USES)
def test_as_the_standard_library(options: str, use: str, made_before: int) -> None:
    mine = made(ours, "Mine", **OPTIONS[options])
    theirs = made(dataclasses, "Theirs", **OPTIONS[options])
    for number in range(made_before):  # after a few objects, the class has a method of its own to make them
        assert mine(number=number).number == number
    assert outcome(lambda: USES[use](mine)) == outcome(lambda: USES[use](theirs))


def test_what_is_not_known_here_is_refused() -> None:
    class Finished:
        number: int = 0

        def __post_init__(self) -> None: ...

    class Mixed(Below, Beside): ...

    class Shared:
        items: Any = []  # noqa: RUF012 - the mistake

    for cls in (Finished, Mixed):
        with pytest.raises(TypeError, match=cls.__name__):
            ours.dataclass()(cls)
    for module in (ours, dataclasses):
        with pytest.raises(ValueError, match="default"):
            module.dataclass()(Shared)


class Below: ...


class Beside: ...


def test_our_own_replace() -> None:
    one = made(ours, "Mine", frozen=True, slots=True)(1, "q", [2])
    other = ours.replace(one, number=7)
    assert (other.number, other.text, other.items) == (7, "q", [2])


def test_a_class_on_another() -> None:
    @ours.dataclass(frozen=True, slots=True)
    class Below:
        first: int

    @ours.dataclass(frozen=True, slots=True)
    class Above(Below):
        second: int = 2

    assert Above(1) == Above(1, 2)
    assert (Above(5).first, Above(5).second) == (5, 2)
    assert Below(1) != Above(1)
