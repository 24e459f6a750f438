"""mwgen renders middleware groups into ordered Kubernetes bundles for GitOps.

The public functions live here; every other module is private and may move.
"""

TYPE_CHECKING = False
"""For type checkers, to whom it is true; `typing` itself would have to be loaded."""

if TYPE_CHECKING:
    from generator.entrypoints.library import TemplateError, render_chart

__version__ = "0.1.0"
__all__ = ["TemplateError", "render_chart"]


def __getattr__(name: str) -> object:
    """What is public, loaded when it is first asked for: most commands need none of it."""
    if name in __all__:
        from generator.entrypoints import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
