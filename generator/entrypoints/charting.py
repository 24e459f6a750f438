"""One run of `chart template`: reads the chart and its values, renders, and gives what is to be printed."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.dataclass import dataclass
from generator.engines.gotemplate.errors import TemplateError
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm.charts.chart import Chart, load_chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.options import ValueOptions, values
from generator.engines.helm.charts.render import Release, Surroundings
from generator.engines.helm.charts.render import render as render_templates
from generator.engines.helm.charts.template import Printed, Wanted, check_installable, check_name, manifests, only
from generator.engines.helm.objects import Capabilities, capabilities
from generator.outside import answers
from generator.outside.answers import Watch
from generator.outside.cache import Cache, open_cache
from generator.outside.chance import Machine, Seeded
from generator.outside.chart_files import read_chart

if TYPE_CHECKING:
    from generator.diagnostics import SourceFile
    from generator.engines.base import TemplateSource
    from generator.engines.helm.charts.sources import Source

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


def printed(words: Sequence[str], given_name: str | None, options: Mapping[str, Any], asked: Sequence[str]) -> None:
    """Print what a command line asks for.

    Args:
        words: the release's name, if it stands there, and the chart.
        given_name: the name that an option gives.
        options: the others, by the names of `Wish`; `files` and `api_versions` may have several in one, with commas.
        asked: the command line, see `render`.

    Raises:
        DiagnosticError: the chart cannot be rendered so.
    """
    wish = Wish(
        chart=words[-1],
        name=words[0] if len(words) > 1 else given_name or "",
        **{**options, "api_versions": _split(options["api_versions"]), "files": _split(options["files"])},
    )
    text = render(wish, asked)
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode("utf-8", "surrogateescape"))  # bytes that are no UTF-8 as they were in the chart


def _split(given: Sequence[str]) -> tuple[str, ...]:
    """Each option's values, of which one may hold several with commas between them."""
    if not any(char in one for one in given for char in ',"\r\n'):
        return tuple(one for one in given if one)
    import csv

    return tuple(one for row in csv.reader(given) for one in row)


def render(wish: Wish, arguments: Sequence[str] = ()) -> str:
    """What is to be printed; files are written where the wish says so.

    Args:
        wish: what is asked for.
        arguments: the command line that asks for it: the answer is kept for it. None: nothing is kept.

    Raises:
        DiagnosticError: the chart cannot be rendered so.
    """
    run = _Run(wish, _cache((*arguments, wish.chart)))
    text = run.result()
    if arguments and wish.output_dir is None:
        kept = run.watch.kept(text.encode("utf-8", "surrogateescape"), "".join(run.said))
        if kept is not None:
            run.cache.put(answers.key(arguments), kept)
    return text


def _cache(arguments: Sequence[str]) -> Cache:
    """The user's cache, unless it lies where it could come from whoever wrote the chart."""
    found = [open_cache(root) for root in answers.roots(arguments)]
    return next((one for one in found if one.folder is None), found[0])


class _Asked:
    """This machine's clock and randomness; what is made with them cannot be kept."""

    real = True

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._machine = Machine()

    def now(self) -> tuple[int, int]:
        self._watch.whole = False
        return self._machine.now()

    def random_bytes(self, count: int) -> bytes:
        self._watch.whole = False
        return self._machine.random_bytes(count)


class _Run:
    """One rendering, and what it has read and said."""

    def __init__(self, wish: Wish, cache: Cache) -> None:
        self.wish = wish
        self.cache = cache
        self.watch = Watch()
        self.said: list[str] = []
        self._files: dict[str, bytes] = {}
        """Of the chart, by their names below its folder."""

    def result(self) -> str:
        """What is to be printed."""
        wish = self.wish
        try:
            name = self._name()
            given = self._values()
            content, budget = read_chart(wish.chart, self._log, self.watch)
            self._files.update(content)
            chart = load_chart(self._files, self._log, budget)
            check_installable(chart)
            if chart.metadata.fields.get("deprecated"):
                self._log('level=WARN msg="this chart is deprecated"')
            check_name(name)
            return self._printed(chart, name, given)
        except ChartError as error:
            from generator.diagnostics import DiagnosticError
            from generator.engines.faults import chart_fault

            raise DiagnosticError(chart_fault(error, self._sources(error))) from None

    def _printed(self, chart: Chart, name: str, given: dict[str, object]) -> str:
        wish = self.wish
        around = Surroundings(
            cluster=_cluster(wish),
            provider=_Asked(self.watch) if wish.seed is None else _seeded(wish.seed),
            store=self.cache,
            check_schema=not wish.skip_schema_validation,
            log=self._log,
        )
        release = Release(name=name, namespace=wish.namespace, is_upgrade=wish.is_upgrade)
        try:
            done, texts = render_templates(chart, given, release, around)
        except TemplateError as error:
            from generator.diagnostics import DiagnosticError
            from generator.engines.faults import template_fault
            from generator.engines.helm.charts.sources import sources

            raise DiagnosticError(template_fault(error, _shown(wish, sources(chart, given)))) from None
        wanted = Wanted(crds=wish.include_crds, hooks=not wish.no_hooks, tests=not wish.skip_tests)
        try:
            result = manifests(done, texts, wanted, self._log)
        except ChartError as error:
            from generator.diagnostics import DiagnosticError
            from generator.engines.faults import chart_fault
            from generator.engines.helm.charts.sources import sources

            raise DiagnosticError(chart_fault(error, _blamed(wish, error, sources(chart, given)))) from None
        if wish.output_dir is not None:
            return _written(wish.output_dir, name if wish.in_folder else "", result)
        stream = result.stream()
        return only(stream, wish.show_only) if wish.show_only else stream

    def _log(self, line: str) -> None:
        self.said.append(f"{line}\n")
        sys.stderr.write(f"{line}\n")

    def _name(self) -> str:
        """The release's name."""
        template = self.wish.name_template
        if not template:
            return self.wish.name or DEFAULT_NAME
        from generator.engines.gotemplate.run import Limits
        from generator.engines.helm.program import compile_program

        try:
            program = compile_program({"name-template": template})
            return program.render("name-template", {}, provider=_Asked(self.watch), limits=Limits())
        except TemplateError as error:
            raise ChartError(str(error), kind="refused") from None

    def _values(self) -> dict[str, object]:
        wish = self.wish
        options = ValueOptions(
            files=[(name, self._read(name)) for name in wish.files],
            json=wish.json,
            plain=wish.plain,
            strings=wish.strings,
            from_files=wish.from_files,
            literal=wish.literal,
        )
        return values(options, self._read)

    def _read(self, name: str) -> bytes:
        """What a file of values holds; `-` is standard input."""
        if name.strip() == "-":
            self.watch.whole = False
            return sys.stdin.buffer.read()
        try:
            with open(name, "rb") as file:  # noqa: PTH123 - pathlib takes longer to load than a chart to render
                content = file.read()
        except OSError as error:
            reason = "nothing is downloaded" if "://" in name else str(error.strerror).lower()
            raise ChartError(f"{name}: {reason}", kind="values") from None
        self.watch.file(name, content)
        return content

    def _sources(self, error: ChartError) -> "dict[str, SourceFile]":
        """The file that an error names, as the user knows it."""
        from generator.diagnostics import SourceFile

        wish = self.wish
        if error.path in self._files:
            return {error.path: SourceFile(f"{wish.chart}/{error.path}", from_bytes(self._files[error.path]))}
        if error.kind == "values" and error.path in wish.files and error.path.strip() != "-":
            return {error.path: SourceFile(error.path, from_bytes(self._read(error.path)).removeprefix("\ufeff"))}
        return {error.path: SourceFile(f"{wish.chart}/{error.path}", "")} if error.path else {}


def _seeded(seed: str) -> Seeded:
    from generator.outside.clock import source_date_epoch

    return Seeded(seed, source_date_epoch() or 0)


def _cluster(wish: Wish) -> Capabilities:
    try:
        cluster = capabilities(wish.kube_version) if wish.kube_version else capabilities()
    except ValueError as error:
        raise ChartError(f"invalid kube version '{wish.kube_version}': {error}", kind="refused") from None
    return cluster.with_more(wish.api_versions)


def _written(folder: str, below: str, result: Printed) -> str:
    """Write the files, and say so as Helm does: once for each document. CRDs are not of the release."""
    from pathlib import Path

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


def _shown(wish: Wish, known: "Mapping[str, Source]") -> "dict[str, TemplateSource]":
    from generator.engines.base import TemplateSource

    return {
        name: TemplateSource(name=f"{wish.chart}/{one.path}", text=one.text, span=None) for name, one in known.items()
    }


def _blamed(wish: Wish, error: ChartError, known: "Mapping[str, Source]") -> "dict[str, SourceFile]":
    """The template whose text is to blame, though not the place in it: that is one of what it gave."""
    from generator.diagnostics import SourceFile

    source = known.get(error.path)
    return {error.path: SourceFile(f"{wish.chart}/{source.path}", "")} if source else {}
