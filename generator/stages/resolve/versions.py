"""Versions and constraints of plugins: semantic versions as Helm's charts have them (Masterminds/semver)."""

from functools import lru_cache

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.sprig.semver import parse_version, semver_compare


def order(version: str) -> tuple[object, ...]:
    """A key that sorts semantic versions by precedence."""
    return parse_version(version).order()


@lru_cache(maxsize=1_000)
def satisfies(version: str, constraint: str) -> bool:
    """Whether *version* satisfies *constraint*. Raises ValueError where that is no constraint."""
    try:
        return semver_compare(constraint, version)
    except FuncError as error:
        raise ValueError(str(error)) from None
