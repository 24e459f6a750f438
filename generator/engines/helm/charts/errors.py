"""What goes wrong with a chart or its values before any template runs, or with what its templates give."""

from typing import Literal, TypeAlias

ChartErrorKind: TypeAlias = Literal[
    "chart", "dependencies", "refused", "values", "schema", "set", "manifest", "show-only"
]
"""chart: the files are no chart. dependencies: charts/ lacks some. refused: not for this release or cluster.
values: they cannot be read, or do not fit together. schema: the chart demands others. set: an option sets none.
manifest: a rendered text is no YAML. show-only: nothing is rendered from such a file."""


class ChartError(Exception):
    """Files that are no chart, or values that do not fit one. The text is what Helm says.

    Attributes:
        kind: what sort of mistake it is.
        path: the file to blame, relative to the chart's folder; of a manifest, the template's full name. Empty where it
            is none.
        offset: where in its text, in code points; None where nobody knows.
        excerpt: of a manifest, the rendered line; else empty.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        offset: int | None = None,
        kind: ChartErrorKind = "chart",
        excerpt: str = "",
    ) -> None:
        super().__init__(message)
        self.kind: ChartErrorKind = kind
        self.path = path
        self.offset = offset
        self.excerpt = excerpt

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by fields."""
        return _rebuilt, (str(self), self.path, self.offset, self.kind, self.excerpt)


def _rebuilt(message: str, path: str, offset: int | None, kind: ChartErrorKind, excerpt: str) -> ChartError:
    return ChartError(message, path=path, offset=offset, kind=kind, excerpt=excerpt)
