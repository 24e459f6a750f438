"""From a ResourceList to one that holds the bundles asked for, and nothing else than before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import pipeline
from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile
from generator.entrypoints.krm_function.config import Config
from generator.entrypoints.krm_function.config import config as read_config
from generator.entrypoints.krm_function.definitions import GROUP_LABEL, ItemsTree, is_definition, tree
from generator.entrypoints.krm_function.resource_list import (
    FUNCTION_CONFIG,
    PACKAGE,
    Item,
    ResourceList,
    path_of,
    placed,
)
from generator.entrypoints.stateless import Source
from generator.model.bundle import BundleKey
from generator.model.given import Given, GivenValue
from generator.model.resource import ResourceId, annotations_of
from generator.model.values import Object
from generator.outside.cache import open_cache
from generator.outside.files import WorkingTree
from generator.outside.output import Output
from generator.pipeline.narrow import Narrowed, Wanted
from generator.stages.resolve.inherit import chain, environments
from generator.stages.stream import StreamedObject, objects
from generator.yamlio.dump import dump
from generator.yamlio.load import decode, documents
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function's call: what it asks for, and where the definitions are."""

    config: Config
    source: Source
    place: Place
    """Of the configuration."""

    indexes: Mapping[str, Sequence[int]]
    """Which documents of their files the definitions among the items are."""


def function(listed: ResourceList, here: Path) -> Function:
    """The call that *listed* is, made in the folder *here*.

    Raises:
        DiagnosticError: the configuration has mistakes, or there are no definitions.
    """
    place = Place(SourceFile(FUNCTION_CONFIG, dump(listed.config or {})))
    config = read_config(listed.config, place)
    base = _package(listed) or here
    start = (base / config.root).resolve()
    bodies = [one.body for one in listed.items]
    if not any(map(is_definition, bodies)):
        return Function(config=config, source=_around(start), place=place, indexes={})
    disk = _around(start) if config.root else _beside(start)
    items: ItemsTree = tree(bodies, disk.tree, whole=bool(config.root))
    return Function(config=config, source=replace(disk, tree=items), place=place, indexes=items.indexes)


def legacy(path: Path, here: Path) -> Function:
    """The call of a legacy generator plugin, whose configuration stands in a file. Raises as `function` does."""
    (read, *_) = documents(decode(path.name, path.read_bytes())) or (None,)
    value = read.value if read and isinstance(read.value, dict) else {}
    place = read.place if read else Place(decode(path.name, b""))
    config = read_config(value, place)
    return Function(config=config, source=_around((here / config.root).resolve()), place=place, indexes={})


def _package(listed: ResourceList) -> Path | None:
    """The package's folder, where the caller says it: kpt runs functions in the folder where it was started itself."""
    for item in (*filter(None, (listed.config,)), *(one.body for one in listed.items)):
        path = annotations_of(item).get(PACKAGE)
        if isinstance(path, str) and path and Path(path).is_dir():
            return Path(path)
    return None


def _around(folder: Path) -> Source:
    """The definitions that the configuration leads to."""
    return Source.around(folder, f"root in the function's configuration leads to {folder}: let it lead to them")


def _beside(folder: Path) -> Source:
    """What there is on disk beside definitions that come as items: settings, template files, output."""
    files = WorkingTree(str(folder))
    settings = pipeline.load_settings(files)
    return Source(folder, files, settings, Output(str(folder), settings.out), open_cache(str(folder)))


# --- render ----------------------------------------------------------------------------------------------------------


def rendered(call: Function, found: Collector) -> list[StreamedObject]:
    """The objects of all bundles asked for, in the order of the stream; what is wrong goes to *found*."""
    config = call.config
    part = call.source.narrowed(Wanted(config.groups) if config.groups else Wanted(below=""), found)
    wanted = set(found.attempt(lambda: list(_bundles(call, part, found))) or ())
    found.raise_errors()
    name = "the values of the function's configuration"
    given = Given(
        origin=name, values=(GivenValue(name=name, pointer=(), value=config.values),) if config.values else ()
    )
    names = {key.group for key in wanted}
    result = call.source.rendered(part, names, {key.environment for key in wanted}, given, found)
    made = list(objects(one for one in result.outcomes if one.key in wanted))
    found.raise_errors()
    if not made and not config.allow_empty:
        raise DiagnosticError(
            Diagnostic(
                code="MW808",
                message=f"nothing is rendered for {', '.join(sorted(names)) or 'any group'}, "
                "and whoever applies it would delete all that was there before",
                primary=Label(call.place.span()),
                hint="where that is meant, set allowEmpty: true",
            )
        )
    return made


def _bundles(call: Function, part: Narrowed, found: Collector) -> Iterator[BundleKey]:
    """The bundles asked for, as far as groups go there; groups that cannot be had go to *found*."""
    config, catalog = call.config, part.catalog
    for name in config.groups:
        group = catalog.groups.get(name)
        if group is None and ("Group", name) not in catalog.broken:
            names = [one.name for one in catalog.groups.values() if not one.abstract]
            found.add(_refused(call, "groups", "MW319", f'there is no group "{name}"', choices(name, names)))
        elif group is not None and group.abstract:
            message = f"group {name} is abstract: it is there to be extended"
            found.add(_refused(call, "groups", "MW807", message, "name a group that extends it"))
    for name in sorted(part.groups):
        group = catalog.groups.get(name)
        if group is None or group.abstract:
            continue
        known = environments(chain(catalog.groups, group, catalog.broken))
        fitting = [one for one in known if not config.environments or one in config.environments]
        if config.groups and not fitting:
            message = f"group {name} does not go to {', '.join(config.environments)}"
            hint = choices(config.environments[0], known) or f"it goes to {', '.join(known)}"
            found.add(_refused(call, "environments", "MW807", message, hint))
        yield from (BundleKey(environment, name) for environment in fitting)


def _refused(call: Function, field: str, code: str, message: str, hint: str) -> Diagnostic:
    place = call.place / "spec" / field
    return Diagnostic(code=code, message=message, primary=Label(place.span()), hint=hint, field=f"spec.{field}")


# --- items -----------------------------------------------------------------------------------------------------------


def merged(items: Sequence[Item], made: Iterable[StreamedObject], config: Config) -> tuple[Item, ...]:
    """*items* with what was *made*: in the place of what an earlier run has made of it, or else at the end.

    Everything else stays where and as it is, but for what an earlier run has made and this one has not.

    Raises:
        DiagnosticError: an object is there already that mwgen has not made, or two bundles have one object.
    """
    fresh: dict[ResourceId, tuple[str, Object]] = {}
    bundles: set[BundleKey] = set()
    for one in made:
        if one.locked.id in fresh:
            raise _twice(one)
        fresh[one.locked.id] = (f"{config.path}/{one.key.folder}/{one.locked.path}", _body(one))
        bundles.add(one.key)
    is_stale = _stale(config, bundles)
    result: list[Item] = []
    for item in items:
        key = ResourceId.of(item.body)
        if key in fresh:
            if not _ours(item.body):
                raise _taken(item.body, key)
            path, body = fresh.pop(key)
            result.append(Item(placed(body, path, item.body)))
        elif not is_stale(item.body):
            result.append(item)
    return (*result, *(Item(placed(body, path, None)) for path, body in fresh.values()))


def _body(one: StreamedObject) -> Object:
    """The object that stands in a file of a bundle, read back."""
    value = documents(decode(one.locked.path, one.data))[0].value
    assert isinstance(value, dict)
    return value


def _ours(item: Object) -> bool:
    labels = item["metadata"].get("labels")
    return (
        isinstance(labels, Mapping) and GROUP_LABEL in labels and labels.get("app.kubernetes.io/managed-by") == "mwgen"
    )


def _stale(config: Config, bundles: set[BundleKey]) -> Callable[[Object], bool]:
    """Whether an item was made by an earlier run that was asked for the same: it stands below the folders of ours."""
    if config.groups:
        folders = tuple(f"{config.path}/{key.folder}/" for key in bundles)
    else:
        folders = tuple(f"{config.path}/{name}/" for name in config.environments) or (f"{config.path}/",)
    return lambda item: _ours(item) and path_of(item).startswith(folders)


def _twice(one: StreamedObject) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(
            code="MW813",
            message=f"{one.locked.id} is in two bundles, and a list of resources can hold it once",
            hint="name one environment in the function's configuration",
            resource=str(one.locked.id),
            subject=str(one.key),
        )
    )


def _taken(item: Object, key: ResourceId) -> DiagnosticError:
    where = path_of(item)
    return DiagnosticError(
        Diagnostic(
            code="MW813",
            message=f"{key} is there already, and mwgen has not made it" + (f" (in {where})" if where else ""),
            hint="remove it, or give the group another name",
            resource=str(key),
        )
    )
