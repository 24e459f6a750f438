"""Which of the charts in charts/ take part, under which names, and what values a chart imports from them.

Conditions and tags switch charts off, aliases rename them, `import-values` copies tables of theirs. As in Helm, charts
below a chart that declares no dependencies are taken as they are, and nothing that they declare is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.dataclass import replace
from generator.engines.gotemplate.fmt import sprintf
from generator.engines.gotemplate.gotypes import StringMap
from generator.engines.gotemplate.text import quote
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.coalesce import coalesce_tables, coalesced, copied, merged
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log, line
from generator.engines.helm.charts.metadata import Dependency, compatible

HERE = "."
"""The parent's own top level, as the place to which values are imported."""


def processed(chart: Chart, values: Mapping[str, Any], log: Log) -> Chart:
    """The chart with the dependencies that are enabled for these values, and what is imported from them.

    Raises:
        ChartError: values for a chart below are no table.
    """
    try:
        return _imported(_enabled(chart, values, "", log), log)
    except ChartError as error:
        raise ChartError(f"chart dependencies processing failed: {error}", kind=error.kind) from None


def all_enabled(chart: Chart) -> Chart:
    """The chart with all dependencies that its Chart.yaml and charts/ allow, under their aliases."""
    if chart.metadata.dependencies is None:
        return chart
    present = _present(chart.dependencies, chart.metadata.dependencies)
    return replace(chart, dependencies=tuple(all_enabled(one) for one in present))


def missing(chart: Chart) -> list[str]:
    """The dependencies that Chart.yaml declares and charts/ has not."""
    there = {one.name for one in chart.dependencies}
    return [one.name for one in chart.metadata.dependencies or () if one.name not in there]


# -- enabling


def _enabled(chart: Chart, values: Mapping[str, Any], path: str, log: Log) -> Chart:
    declared = chart.metadata.dependencies
    if declared is None:
        return chart
    chart = replace(chart, dependencies=tuple(_present(chart.dependencies, declared)))
    declared = tuple(replace(one, name=one.alias or one.name, enabled=True) for one in declared)
    known = coalesced(chart, values, log)
    declared = tuple(_switched(one, known, path, log) for one in declared)
    off = {one.name for one in declared if not one.enabled}
    left = tuple(one for one in declared if one.name not in off)
    return replace(
        chart,
        metadata=replace(chart.metadata, dependencies=left or None),
        dependencies=tuple(
            _enabled(one, known, f"{path}{one.name}.", log) for one in chart.dependencies if one.name not in off
        ),
    )


def _present(charts: Sequence[Chart], declared: Sequence[Dependency]) -> Iterator[Chart]:
    """The charts that nobody declares, then those that are declared, under their aliases."""
    for chart in charts:
        if not any(_is(chart, one) for one in declared):
            yield chart
    for one in declared:
        found = next((chart for chart in charts if _is(chart, one)), None)
        if found:
            yield replace(found, metadata=found.metadata.renamed(one.alias)) if one.alias else found


def _is(chart: Chart, wanted: Dependency) -> bool:
    return chart.name == wanted.name and compatible(wanted.version, chart.metadata.version)


def _switched(one: Dependency, values: Mapping[str, Any], path: str, log: Log) -> Dependency:
    """Conditions beat tags; the first condition that is a boolean decides."""
    enabled = _by_tags(one, values, log)
    for condition in one.condition.strip().split(","):
        if not condition:
            continue
        value = _value(values, (path + condition).split("."))
        if isinstance(value, bool):
            return replace(one, enabled=value)
        if value is not _NOTHING:
            log(line("WARN", "returned non-bool value", path=condition, chart=one.name))
    return replace(one, enabled=enabled)


def _by_tags(one: Dependency, values: Mapping[str, Any], log: Log) -> bool:
    """One true tag is enough; without one, a false one switches off."""
    tags = values.get("tags")
    if not isinstance(tags, dict):
        return True
    said = set()
    for tag in one.tags:
        if isinstance(tags.get(tag), bool):
            said.add(tags[tag])
        elif tag in tags:
            log(line("WARN", "returned non-bool value", tag=tag, chart=one.name))
    return True in said or False not in said


_NOTHING: Any = object()


def _value(values: Mapping[str, Any], path: Sequence[str]) -> Any:
    """What stands at a path, if it is no table."""
    found: Any = values
    for key in path:
        if not isinstance(found, dict) or key not in found:
            return _NOTHING
        found = found[key]
    return _NOTHING if isinstance(found, dict) else found


# -- importing values


def _imported(chart: Chart, log: Log) -> Chart:
    chart = replace(chart, dependencies=tuple(_imported(one, log) for one in chart.dependencies))
    declared = chart.metadata.dependencies
    if not declared:
        return chart
    known = merged(chart, {}, log)
    imported: dict[str, Any] = {}
    done: list[Dependency] = []
    for one in declared:
        pairs = [pair for wanted in one.import_values for pair in _pair(wanted)]
        done.append(replace(one, import_values=tuple(StringMap(child=child, parent=to) for child, to, _ in pairs)))
        for child, parent, from_exports in pairs:
            path = f"{one.name}.{child}"
            table, stopped = _table(known, path.split("."))
            if table is None:
                log(_not_there(one.name, stopped, from_exports=from_exports))
                continue
            # A table with nothing in it counts as a new one: what is imported beside it must not reach it.
            coalesce_tables(imported, _at(parent, table or {}), log, merge=True)
    values = copied(known)
    coalesce_tables(values, imported, log, merge=True)
    return replace(chart, values=values, metadata=replace(chart.metadata, dependencies=tuple(done)))


def _pair(wanted: Any) -> Iterator[tuple[str, str, bool]]:
    """The table of the child, where it goes in the parent, and whether it is one of the child's `exports`."""
    if isinstance(wanted, dict):
        yield sprintf("%v", wanted.get("child")), sprintf("%v", wanted.get("parent")), False
    elif isinstance(wanted, str):
        yield f"exports.{wanted}", HERE, True


def _not_there(chart: str, key: str, *, from_exports: bool) -> str:
    error = f"{quote(key)} is not a table"
    if from_exports:
        return line("WARN", "ImportValues missing table", error=error)
    return line("WARN", "ImportValues missing table from chart", chart=chart, error=error)


def _table(values: dict[str, Any], path: Sequence[str]) -> tuple[dict[str, Any] | None, str]:
    """The table at a path; or none, and the key that is none."""
    found = values
    for key in path:
        below = found.get(key)
        if not isinstance(below, dict):
            return None, key
        found = below
    return found, ""


def _at(path: str, table: dict[str, Any]) -> dict[str, Any]:
    """The table, at a path."""
    if path != HERE:
        for key in reversed(path.split(".")):
            table = {key: table}
    return table
