"""What goes wrong with a chart or its values before any template runs."""


class ChartError(Exception):
    """Files that are no chart, or values that do not fit one. The text is what Helm says.

    Attributes:
        path: the file to blame, relative to the chart's folder; empty where it is none.
        offset: where in its text, in code points; None where nobody knows.
    """

    def __init__(self, message: str, *, path: str = "", offset: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.offset = offset

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by fields."""
        return _rebuilt, (str(self), self.path, self.offset)


def _rebuilt(message: str, path: str, offset: int | None) -> ChartError:
    return ChartError(message, path=path, offset=offset)
