"""How values meet: a chart's own, those for the charts below it, and what the user gives, by Helm 4.2's rules.

Whoever is higher wins, key by key; lists are replaced whole. The user's null removes a key that the chart sets; nulls
in a chart's defaults are dropped. `global` goes down to every chart. The results share nothing with what was given.
Within a result, the tables inside `global` are the same objects in several charts' values, as in Helm: what a
template changes in one, the others see.
"""

from collections.abc import Mapping
from typing import Any, Final

from generator.engines.gotemplate.fmt import sprintf
from generator.engines.gotemplate.text import quote
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log, line

GLOBAL: Final = "global"


def coalesced(chart: Chart, values: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """The values that a chart and those below it are rendered with, theirs under their names.

    Args:
        chart: the chart, with the charts below it.
        values: what beats its defaults.
        log: takes warnings.

    Raises:
        ChartError: what is given for a chart below is no table.
    """
    return _coalesce(chart, copied(values), "", log, merge=False)


def merged(chart: Chart, values: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """As `coalesced`, but nulls stay, for coalescing yet to come.

    Raises:
        ChartError: what is given for a chart below is no table.
    """
    return _coalesce(chart, copied(values), "", log, merge=True)


def coalesce_tables(values: dict[str, Any], defaults: dict[str, Any], log: Log, *, merge: bool) -> None:
    """Add to *values* what *defaults* have and they have not; with *merge*, nulls stay. Changes both."""
    _tables(values, defaults, "", log, merge=merge)


def copied(value: Any) -> Any:
    """A copy, down to the last list and table."""
    if isinstance(value, Mapping):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    return value


def _coalesce(chart: Chart, values: dict[str, Any], prefix: str, log: Log, *, merge: bool) -> dict[str, Any]:
    prefix = _joined(prefix, chart.name)
    _defaults(chart, values, prefix, log, merge=merge)
    for below in chart.dependencies:
        theirs = values.setdefault(below.name, {})
        if not isinstance(theirs, dict):
            raise ChartError(f"type mismatch on {below.name}: {sprintf('%t', theirs)}", kind="values")
        _globals(theirs, values, prefix, log)
        _coalesce(below, theirs, prefix, log, merge=merge)
    return values


def _joined(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _warn(log: Log, message: str) -> None:
    log(line("INFO", message))


def _globals(theirs: dict[str, Any], ours: Mapping[str, Any], prefix: str, log: Log) -> None:
    """Hand our `global` down: it beats theirs."""
    into, source = theirs.get(GLOBAL, {}), ours.get(GLOBAL, {})
    for table, which in ((into, "destination"), (source, "source")):
        if not isinstance(table, dict):
            _warn(log, f"warning: skipping globals because {which} global is not a table.")
            return
    for key, value in source.items():
        known = into.get(key)
        if isinstance(value, dict):
            if key in into and not isinstance(known, dict):
                _warn(log, f"Conflict: cannot merge map onto non-map for {quote(key)}. Skipping.")
                continue
            table = dict(value)
            if isinstance(known, dict):
                _tables(table, known, _joined(prefix, key), log, merge=True)
            into[key] = table
        elif isinstance(known, dict):
            _warn(log, f"key {key} is table. Skipping")
        else:
            into[key] = value
    theirs[GLOBAL] = into


def _defaults(chart: Chart, values: dict[str, Any], prefix: str, log: Log, *, merge: bool) -> None:
    """Add the chart's own values to those that beat them."""
    below = {one.name for one in chart.dependencies}
    for key, default in copied(chart.values).items():
        value = values.get(key)
        if key not in values:
            if not merge:
                if default is None:
                    continue
                if isinstance(default, dict):
                    _drop_nulls(default)
            values[key] = default
        elif value is None:
            if not merge:
                del values[key]
        elif isinstance(value, dict):
            if isinstance(default, dict):
                keep_nulls = merge or key in below
                if not keep_nulls:
                    _drop_nulls(default)
                _tables(value, default, _joined(prefix, key), log, merge=keep_nulls)
            elif default is not None:
                _warn(log, f"warning: skipped value for {prefix}.{key}: Not a table.")


def _tables(values: dict[str, Any], defaults: dict[str, Any], prefix: str, log: Log, *, merge: bool) -> None:
    known = {key for key, default in defaults.items() if default is not None}
    for key, value in values.items():
        if value is None:
            defaults[key] = None
    for key, default in defaults.items():
        if key not in values:
            values[key] = default
            continue
        value = values[key]
        if value is None and not merge and key in known:
            del values[key]
        elif isinstance(default, dict):
            if isinstance(value, dict):
                _tables(value, default, _joined(prefix, key), log, merge=merge)
            else:
                shown = sprintf("%v", default)
                _warn(log, f"warning: cannot overwrite table with non table for {_joined(prefix, key)} ({shown})")
        elif isinstance(value, dict) and default is not None:
            where, shown = _joined(prefix, key), sprintf("%v", default)
            _warn(log, f"warning: destination for {where} is a table. Ignoring non-table value ({shown})")


def _drop_nulls(table: dict[str, Any]) -> None:
    for key, value in list(table.items()):
        if value is None:
            del table[key]
        elif isinstance(value, dict):
            _drop_nulls(value)
