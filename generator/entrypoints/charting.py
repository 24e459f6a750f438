"""One run of `chart template`: reads the chart and its values, renders, and gives what is to be printed."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import DiagnosticError, SourceFile
from generator.engines.base import TemplateSource
from generator.engines.faults import chart_fault, template_fault
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm import Capabilities, Limits, TemplateError, capabilities, compile_program
from generator.engines.helm.charts.chart import Chart, load_chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.options import ValueOptions, values
from generator.engines.helm.charts.render import Release, Surroundings
from generator.engines.helm.charts.render import render as render_templates
from generator.engines.helm.charts.sources import Source, sources
from generator.engines.helm.charts.template import Printed, Wanted, check_installable, check_name, only, printed
from generator.outside.cache import open_cache
from generator.outside.chance import Machine, Seeded
from generator.outside.chart_files import read_chart
from generator.outside.clock import source_date_epoch

DEFAULT_NAME = "release-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for."""

    chart: str
    """A folder, or a packed chart."""

    name: str
    name_template: str | None
    namespace: str
    files: tuple[str, ...]
    plain: tuple[str, ...]
    strings: tuple[str, ...]
    json: tuple[str, ...]
    from_files: tuple[str, ...]
    literal: tuple[str, ...]
    show_only: tuple[str, ...]
    include_crds: bool
    no_hooks: bool
    skip_tests: bool
    is_upgrade: bool
    kube_version: str | None
    api_versions: tuple[str, ...]
    skip_schema_validation: bool
    output_dir: str | None
    in_folder: bool
    seed: str | None


def render(wish: Wish) -> str:
    """What is to be printed; files are written where the wish says so.

    Raises:
        DiagnosticError: the chart cannot be rendered so.
    """
    files: dict[str, bytes] = {}
    try:
        name = _name(wish)
        given = _values(wish)
        content, budget = read_chart(wish.chart, _log)
        files.update(content)
        chart = load_chart(files, _log, budget)
        check_installable(chart)
        if chart.metadata.fields.get("deprecated"):
            _log('level=WARN msg="this chart is deprecated"')
        check_name(name)
        return _printed(wish, chart, name, given)
    except ChartError as error:
        raise DiagnosticError(chart_fault(error, _files(wish, files, error))) from None


def _printed(wish: Wish, chart: Chart, name: str, given: dict[str, object]) -> str:
    release = Release(name=name, namespace=wish.namespace, is_upgrade=wish.is_upgrade)
    around = Surroundings(
        cluster=_cluster(wish),
        provider=Machine() if wish.seed is None else Seeded(wish.seed, source_date_epoch() or 0),
        store=open_cache(wish.chart),
        check_schema=not wish.skip_schema_validation,
        log=_log,
    )
    try:
        done, texts = render_templates(chart, given, release, around)
    except TemplateError as error:
        raise DiagnosticError(template_fault(error, _shown(wish, sources(chart, given)))) from None
    wanted = Wanted(crds=wish.include_crds, hooks=not wish.no_hooks, tests=not wish.skip_tests)
    try:
        result = printed(done, texts, wanted, _log)
    except ChartError as error:
        raise DiagnosticError(chart_fault(error, _blamed(wish, error, sources(chart, given)))) from None
    if wish.output_dir is not None:
        return _written(wish.output_dir, name if wish.in_folder else "", result)
    stream = result.stream()
    return only(stream, wish.show_only) if wish.show_only else stream


def _log(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _name(wish: Wish) -> str:
    """The release's name."""
    if not wish.name_template:
        return wish.name or DEFAULT_NAME
    try:
        program = compile_program({"name-template": wish.name_template})
        return program.render("name-template", {}, provider=Machine(), limits=Limits())
    except TemplateError as error:
        raise ChartError(str(error), kind="refused") from None


def _cluster(wish: Wish) -> Capabilities:
    try:
        cluster = capabilities(wish.kube_version) if wish.kube_version else capabilities()
    except ValueError as error:
        raise ChartError(f"invalid kube version '{wish.kube_version}': {error}", kind="refused") from None
    return cluster.with_more(wish.api_versions)


# -- files


def _values(wish: Wish) -> dict[str, object]:
    options = ValueOptions(
        files=[(name, _read(name)) for name in wish.files],
        json=wish.json,
        plain=wish.plain,
        strings=wish.strings,
        from_files=wish.from_files,
        literal=wish.literal,
    )
    return values(options, _read)


def _read(name: str) -> bytes:
    """What a file of values holds; `-` is standard input."""
    if name.strip() == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        reason = "nothing is downloaded" if "://" in name else str(error.strerror).lower()
        raise ChartError(f"{name}: {reason}", kind="values") from None


def _written(folder: str, below: str, result: Printed) -> str:
    """Write the files, and say so as Helm does: once for each document. CRDs are not of the release."""
    texts: dict[Path, str] = {}
    said = []
    for path, text, at in (
        *((path, text, "") for path, text in result.crds),
        *((path, text, below) for path, text in (*result.manifests, *result.hooks)),
    ):
        place = Path(folder, at, path)
        texts[place] = texts.get(place, "") + text
        said.append(f"wrote {'/'.join(part for part in (folder, at, path) if part)}\n")
    for place, text in texts.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8", "surrogateescape"))
    return "".join([*said, "\n"])


# -- errors


def _files(wish: Wish, files: Mapping[str, bytes], error: ChartError) -> dict[str, SourceFile]:
    """The file that an error names, as the user knows it."""
    if error.path in files:
        return {error.path: SourceFile(f"{wish.chart}/{error.path}", from_bytes(files[error.path]))}
    if error.kind == "values" and error.path in wish.files and error.path.strip() != "-":
        return {error.path: SourceFile(error.path, from_bytes(_read(error.path)).removeprefix("\ufeff"))}
    return {error.path: SourceFile(f"{wish.chart}/{error.path}", "")} if error.path else {}


def _shown(wish: Wish, known: Mapping[str, Source]) -> dict[str, TemplateSource]:
    return {
        name: TemplateSource(name=f"{wish.chart}/{one.path}", text=one.text, span=None) for name, one in known.items()
    }


def _blamed(wish: Wish, error: ChartError, known: Mapping[str, Source]) -> dict[str, SourceFile]:
    """The template whose text is to blame, though not the place in it: that is one of what it gave."""
    source = known.get(error.path)
    return {error.path: SourceFile(f"{wish.chart}/{source.path}", "")} if source else {}
