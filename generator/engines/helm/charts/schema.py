"""`values.schema.json`: what a chart demands of its values, checked as Helm checks it.

Only what the schema itself holds counts: nothing is fetched, from no network and no file. A reference to a `urn:` that
nobody knows permits everything, as in Helm.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.engines.gotemplate.gotypes import Int64
from generator.engines.gotemplate.text import from_bytes
from generator.engines.gotemplate.values import type_name
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log, line

_LEAD: Final = "values don't meet the specifications of the schema(s) in the following chart(s):\n"
_EXACT: Final = 2.0**53
"""Up to here, every float64 that is an integer is that integer."""


def check(chart: Chart, values: Mapping[str, Any], log: Log) -> None:
    """Hold the values of a chart and of all below it against their schemas.

    Raises:
        ChartError: with all that does not fit.
    """
    misfits = "".join(_misfits(chart, values, log))
    if misfits:
        path = next(_with_schema(chart), "")
        raise ChartError(_LEAD + misfits, path=path, kind="schema")


def _with_schema(chart: Chart) -> Iterator[str]:
    """The schemas of the chart and of those below it."""
    if chart.schema is not None:
        yield f"{chart.folder}/values.schema.json".lstrip("/")
    for below in chart.dependencies:
        yield from _with_schema(below)


def _misfits(chart: Chart, values: Mapping[str, Any], log: Log) -> Iterator[str]:
    if chart.schema is not None:
        message = _misfit(chart.schema, values, log)
        if message:
            yield f"{chart.name}:\n{message}"
    for below in chart.dependencies:
        theirs = values.get(below.name)
        if isinstance(theirs, dict):
            yield from _misfits(below, theirs, log)
        elif theirs is not None:
            shown = type_name(theirs)
            yield f"{below.name}:\ninvalid type for values: expected object (map), got {shown}\n"


def _misfit(schema: bytes, values: Mapping[str, Any], log: Log) -> str:
    """What the values lack, a line each; or what is wrong with the schema."""
    import jsonschema_rs

    from generator.goyaml import unjson
    from generator.goyaml.gojson import JsonError

    def retrieve(uri: str) -> Any:
        if uri.startswith("urn:"):
            log(line("WARN", "unresolved URN reference ignored; using permissive schema", urn=uri))
            return True
        raise ValueError(f"{uri} is not part of the schema, and nothing is fetched")

    try:
        wanted = _json(unjson.unmarshal(from_bytes(schema)))
    except JsonError as error:
        return "unexpected EOF" if str(error) == unjson.END else str(error)
    try:
        validator = jsonschema_rs.validator_for(
            wanted, retriever=retrieve, pattern_options=jsonschema_rs.RegexOptions()
        )
    except jsonschema_rs.ValidationError as error:
        from generator.engines.helm.charts.schema_faults import fault

        return fault(wanted, error)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        return str(error).partition("\n")[0]
    given = _json(values)
    errors = [*validator.iter_errors(given)]
    if errors:
        from generator.engines.helm.charts.schema_words import said

        return said(wanted, given, errors)
    return ""


def _json(value: Any) -> Any:
    """A value as JSON has it: integers are integers, and text is text."""
    if isinstance(value, Mapping):
        return {_text(key): _json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_json(one) for one in value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Int64):
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value


def _text(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
