"""What a value is in Go's type system."""

from typing import Any

from generator.engines.gotemplate.values import kind_name, type_name


def type_is(target: str, value: Any) -> bool:
    """Whether `target` names the value's type."""
    return target == type_name(value)


def type_is_like(target: str, value: Any) -> bool:
    """Whether `target` names the value's type, or the type that it points to."""
    return type_name(value) in (target, "*" + target)


def kind_is(target: str, value: Any) -> bool:
    """Whether `target` names the value's kind."""
    return target == kind_name(value)
