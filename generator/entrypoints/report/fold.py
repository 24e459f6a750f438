"""One mistake that concerns many bundles is one mistake."""

from collections.abc import Iterable

from generator.diagnostics import Diagnostic


def folded(found: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """*found*, with what differs only in the bundle or object concerned in one list: a template's mistake is one.

    In the order in which each comes first.
    """
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for one in found:
        key = (one.severity, one.code, one.message, one.primary, one.secondary, one.hint, one.field)
        groups.setdefault(key, []).append(one)
    return list(groups.values())
