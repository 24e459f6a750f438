"""A chart as Helm loads one: its metadata, values, schema, templates, other files, and the charts in its charts/."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.dataclass import dataclass, field
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm.charts import log as logging
from generator.engines.helm.charts.archive import BOM, Budget, cleaned, unpacked
from generator.engines.helm.charts.decode import DecodeError, Struct, decode
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.ignore import HELMIGNORE, rules
from generator.engines.helm.charts.log import Log
from generator.engines.helm.charts.metadata import BASE, LOCK, METADATA, Metadata, metadata
from generator.goyaml.errors import YamlError
from generator.goyaml.read import read_values_file

_MOST_NESTED: Final = 64
_MANIFESTS: Final = (".yaml", ".yml", ".json")
_OLD: Final = {"requirements.yaml": "Dependencies are handled", "requirements.lock": "Dependency locking is handled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart. Processing its dependencies makes another one."""

    metadata: Metadata
    values: Mapping[str, Any] = field(default_factory=dict)
    """What values.yaml says; once dependencies are processed, with theirs. None of it may be changed."""

    schema: bytes | None = None
    templates: Mapping[str, bytes] = field(default_factory=dict)
    """By name below the chart's folder: `templates/…`."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """`.Files`, and CRDs, in the order in which they were found."""

    dependencies: tuple["Chart", ...] = ()
    folder: str = ""
    """Where the chart was, relative to the outermost one: `charts/redis`, or `charts/redis.tgz`."""

    @property
    def name(self) -> str:
        """The chart's name, or its alias."""
        return self.metadata.name

    def crds(self, above: str = "") -> Iterator[tuple[str, bytes]]:
        """The files in crds/, of this chart and of those below it, by their full names."""
        full = f"{above}{self.name}"
        for name, content in self.files.items():
            if name.startswith("crds/") and name.lower().endswith(_MANIFESTS):
                yield f"{full}/{name}", content
        for one in self.dependencies:
            yield from one.crds(f"{full}/charts/")


def load_chart(files: Mapping[str, bytes], log: Log = logging.nowhere, budget: Budget | None = None) -> Chart:
    """The chart that *files* make, by their names below its folder.

    Args:
        files: their content.
        log: takes warnings.
        budget: what the archives among them may unpack to.

    Raises:
        ChartError: they make none.
    """
    _check_version(files)
    return _loaded(files, log, Budget() if budget is None else budget, "")


def load_packed(data: bytes, log: Log = logging.nowhere) -> Chart:
    """The chart in an archive.

    Raises:
        ChartError: there is none in it.
    """
    budget = Budget()
    return load_chart(unpacked(data, budget), log, budget)


def kept(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of the files of a folder belongs to the chart, in the order in which Helm walks a folder.

    Raises:
        ChartError: its `.helmignore` cannot be understood.
    """
    ignored = rules(from_bytes(files.get(HELMIGNORE, b"")))
    return {
        name: files[name].removeprefix(BOM)
        for name in sorted(files, key=lambda name: name.split("/"))
        if ignored.keeps(name)
    }


def _check_version(files: Mapping[str, bytes]) -> None:
    """Which sort of chart it is, is found out before anything else is looked at."""
    if "Chart.yaml" not in files:
        raise ChartError("Chart.yaml file is missing")
    version = _decoded(files["Chart.yaml"], "Chart.yaml", "Chart.yaml", BASE).get("apiVersion", "")
    if version == "v3":
        raise ChartError("invalid chart apiVersion", path="Chart.yaml")
    if version not in ("", "v1", "v2"):
        raise ChartError("unsupported chart version", path="Chart.yaml")


def _loaded(files: Mapping[str, bytes], log: Log, budget: Budget, folder: str) -> Chart:
    where = f"{folder}/" if folder else ""
    if where.count("charts/") > _MOST_NESTED:
        raise ChartError(f"charts nested more than {_MOST_NESTED} deep", path=folder)
    said = _metadata(files, log, where)
    values: Mapping[str, Any] = {}
    templates: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    below: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        if name in ("Chart.yaml", "values.schema.json"):
            continue
        if name == "Chart.lock":
            _decoded(content, name, f"{where}{name}", LOCK)
        elif name == "values.yaml":
            values = read_defaults(content, f"{where}{name}")
        elif name in _OLD:
            if name == "requirements.lock":
                _decoded(content, name, f"{where}{name}", LOCK)
            if said.api_version == "v1":
                others[name] = content
        elif name.startswith("templates/"):
            templates[name] = content
        elif name.startswith("charts/") and not name.endswith(".prov"):
            first, _, rest = name.removeprefix("charts/").partition("/")
            below.setdefault(first, {})[rest] = content
        else:
            others[name] = content
    return Chart(
        metadata=said,
        values=values,
        schema=files.get("values.schema.json"),
        templates=templates,
        files=others,
        dependencies=tuple(_below(below, said.name, log, budget, where)),
        folder=folder,
    )


def _metadata(files: Mapping[str, bytes], log: Log, where: str) -> Metadata:
    if "Chart.yaml" not in files and "requirements.yaml" not in files:
        raise ChartError("Chart.yaml file is missing", path=f"{where}Chart.yaml")
    fields: dict[str, Any] = {}
    if "Chart.yaml" in files:
        fields = _decoded(files["Chart.yaml"], "Chart.yaml", f"{where}Chart.yaml")
        fields["apiVersion"] = fields.get("apiVersion") or "v1"
    for name, handled in _OLD.items():
        if name not in files:
            continue
        if fields.get("apiVersion") != "v1":
            log(_old(handled, name))
        if name == "requirements.yaml":
            fields |= _decoded(files[name], name, f"{where}{name}")
    try:
        return metadata(fields)
    except ChartError as error:
        raise ChartError(str(error), path=f"{where}{error.path}", offset=error.offset) from None


def _old(handled: str, name: str) -> str:
    new = name.replace("requirements", "Chart")
    what = "dependencies " if name.endswith(".yaml") else ""
    message = f'Warning: {handled} in {new} since apiVersion "v2". We recommend migrating {what}to {new}.'
    return logging.line("INFO", message)


def _below(
    found: Mapping[str, Mapping[str, bytes]], parent: str, log: Log, budget: Budget, where: str
) -> Iterator[Chart]:
    for name, files in sorted(found.items()):
        if name.startswith(("_", ".")):
            continue
        folder = f"{where}charts/{name}"
        try:
            if name.endswith(".tgz"):
                if "" not in files:
                    first = f"{name}/{next(iter(files))}"
                    raise ChartError(f"error unpacking subchart tar in {parent}: expected {name}, got {first}")  # noqa: TRY301 - Helm wraps this one, too
                yield _loaded(unpacked(files[""], budget), log, budget, folder)
            else:
                inside = {rest: content for rest, content in files.items() if rest}
                yield _loaded(inside, log, budget, folder)
        except ChartError as error:
            message = f"error unpacking subchart {name} in {parent}: {error}"
            raise ChartError(message, path=error.path or folder, offset=error.offset) from None


def _decoded(content: bytes, name: str, path: str, shape: Struct = METADATA) -> dict[str, Any]:
    try:
        return decode(from_bytes(content), shape)
    except DecodeError as error:
        raise ChartError(f"cannot load {name}: {error}", path=path, offset=error.offset) from None


def read_defaults(content: bytes, path: str = "values.yaml") -> dict[str, Any]:
    """What a values.yaml says.

    Raises:
        ChartError: it cannot be read.
    """
    try:
        return read_values_file(from_bytes(content))
    except YamlError as error:
        raise ChartError(f"cannot load values.yaml: {error}", path=path, offset=error.problems[0].start) from None


def below_folder(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Files whose names start with the chart's folder, as bytes by the names below it.

    Raises:
        ChartError: not all are in one folder, or a name leads out of it.
    """
    found: dict[str, bytes] = {}
    folders: set[str] = set()
    for name, content in files.items():
        folder, slash, rest = name.partition("/")
        clean = cleaned(rest)
        if not slash or folder in ("", ".", "..") or clean == "." or clean.startswith("../") or rest.startswith("/"):
            raise ChartError(f"{name} is not the name of a file in the chart's folder", path=name)
        folders.add(folder)
        found[clean] = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    if len(folders) > 1:
        raise ChartError(f"the files are in several folders: {', '.join(sorted(folders))}")
    return found
