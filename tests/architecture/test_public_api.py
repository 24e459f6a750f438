"""What the package offers is what its page says, and nothing more is public by accident."""

import types

import generator
from tests.architecture.pages import ROOT, Page


def public_names() -> set[str]:
    """What `from generator import *` is meant to give, and the version."""
    if hasattr(generator, "__all__"):
        return {*generator.__all__, "__version__"}
    return {
        name
        for name, value in vars(generator).items()
        if name == "__version__" or not (name.startswith("_") or isinstance(value, types.ModuleType))
    }


def test_the_page_has_the_public_names() -> None:
    (table,) = Page(ROOT / "docs/reference/python.md").tables
    assert {row["name"].strip("`").removeprefix("generator.") for row in table.rows} == public_names()


def test_modules_that_say_what_they_offer_have_it() -> None:
    """`__all__` of every package that has one names what is there."""
    for path in sorted((ROOT / "generator").rglob("__init__.py")):
        name = ".".join(path.parent.relative_to(ROOT).parts)
        module = __import__(name, fromlist=["x"])
        missing = [one for one in getattr(module, "__all__", ()) if not hasattr(module, one)]
        assert not missing, name
