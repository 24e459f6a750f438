"""ConfigMaps of plugins as files of folders: what `wrap` wrote comes back byte for byte.

ConfigMaps that were written by hand say no folder. Their plugin gets one of its own name: its document becomes a file,
and a Template ConfigMap a file that defines it, for the plugin refers to it by name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.diagnostics import Collector, Diagnostic, Label, Severity, SourceFile, Span
from generator.stages import load
from generator.stages.configmaps import keys
from generator.yamlio.dump import dump
from generator.yamlio.load import decode, documents
from generator.yamlio.locate import Place

_SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(slots=True)
class _Folder:
    """What is known of one folder."""

    files: dict[str, tuple[bytes, Place]] = field(default_factory=dict)
    """By path, each with the ConfigMap that it comes from."""

    expected: dict[int, Place] = field(default_factory=dict)
    """How many files there should be, and who says so."""

    defined: list[tuple[str, Mapping[str, Any], Place]] = field(default_factory=list)
    """ConfigMaps that a file of the folder defines, with that file."""

    loose: list[tuple[Mapping[str, Any], Place]] = field(default_factory=list)
    """Template ConfigMaps that no file defines."""

    broken: bool = False
    """Whether something of it cannot be had, which has been told."""


def unwrapped(sources: Iterable[SourceFile], found: Collector) -> dict[str, bytes]:
    """The files that the ConfigMaps in *sources* carry, by path below the folder of all plugins.

    Mistakes go to *found*: what is missing, twice and different, or no ConfigMap of a plugin at all.
    """
    folders: dict[str, _Folder] = {}
    others: list[Diagnostic] = []
    for source in sources:
        read = documents(source, found)
        values = [each for one in read for each in load.unpacked(one.value, one.place)]
        others += [_no_config_map(value, place) for value, place in values if _plugin_of(value) is None]
        if not values and not found.failed:
            others.append(_nothing(source))
        for value, place in values:
            if _plugin_of(value) is not None:
                _take(value, place, folders, found)
    found.extend(others if folders else (replace(one, severity=Severity.ERROR) for one in others))
    files: dict[str, bytes] = {}
    for name, folder in sorted(folders.items()):
        _settle(name, folder, found)
        prefix = "" if name == "." else f"{name}/"
        files |= {f"{prefix}{path}": data for path, (data, _) in sorted(folder.files.items())}
    return files


def _plugin_of(value: Any) -> str | None:
    """The plugin whose ConfigMap it is; None: of no plugin, or no ConfigMap."""
    metadata = value.get("metadata") if isinstance(value, Mapping) and value.get("kind") == "ConfigMap" else None
    labels = metadata.get("labels") if isinstance(metadata, Mapping) else None
    plugin = labels.get(keys.PLUGIN_LABEL) if isinstance(labels, Mapping) else None
    return plugin if isinstance(plugin, str) and isinstance(metadata, Mapping) and metadata.get("name") else None


def _take(value: Mapping[str, Any], place: Place, folders: dict[str, _Folder], found: Collector) -> None:
    metadata, plugin = value["metadata"], _plugin_of(value)
    given = metadata.get("annotations")
    annotations: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    said = annotations.get(keys.FOLDER)
    name = said if isinstance(said, str) else str(plugin)
    if name != "." and not keys.is_safe(name):
        found.add(_unsafe(f'"{name}" is no folder below that of the plugins', place / "metadata"))
        return
    folder = folders.setdefault(name, _Folder())
    count = annotations.get(keys.COUNT)
    if isinstance(count, str) and count.isdigit():
        folder.expected[int(count)] = place
    held = [one for one in keys.contents(value) if isinstance(one, keys.Content)]
    for bad in (one for one in keys.contents(value) if isinstance(one, str)):
        folder.broken = True
        found.add(_unsafe(f"binaryData.{bad} is no base64", place / "binaryData" / bad))
    if isinstance(defined := annotations.get(keys.DEFINED_IN), str):
        folder.defined.append((defined, value, place))
        return
    carried = annotations.get(keys.FILE)
    if isinstance(carried, str):
        paths = dict(zip([carried], (one for one in held if one.key == keys.TEMPLATE_KEY), strict=False))
    elif any(one.key == keys.TEMPLATE_KEY for one in held):
        folder.loose.append((value, place))
        return
    elif said is not None:
        paths = {keys.path_of(one.key) or one.key: one for one in held}
    else:
        paths = {_document_name(one.key, metadata, held): one for one in held}
    for path, one in paths.items():
        if keys.is_safe(path):
            _put(folder, path, one.data, place / one.field / one.key, found)
        else:
            folder.broken = True
            where = place / "metadata" / "annotations" / keys.FILE if path == carried else place / one.field / one.key
            found.add(_unsafe(f'"{path}" is no file of a plugin\'s folder', where))


def _document_name(key: str, metadata: Mapping[str, Any], held: list[keys.Content]) -> str:
    """The file for a key of a ConfigMap that was written by hand."""
    if key.endswith(_SUFFIXES) or len(held) > 1:
        return key
    return f"{metadata.get('name')}.yaml"


def _put(folder: _Folder, path: str, data: bytes, place: Place, found: Collector) -> None:
    known = folder.files.setdefault(path, (data, place))
    if known[0] != data:
        found.add(
            Diagnostic(
                code="MW261",
                message=f"{path} stands in two ConfigMaps, and differs",
                primary=Label(place.span(key=True)),
                secondary=(Label(known[1].span(key=True), "it is also here"),),
                hint="keep the one that is meant",
            )
        )


def _settle(name: str, folder: _Folder, found: Collector) -> None:
    """Match ConfigMaps with the files that define them, and see that nothing is missing."""
    for path, value, place in folder.defined:
        title = str(value["metadata"].get("name"))
        data = folder.files[path][0] if path in folder.files else b""
        known = [_held(one) for one in config_maps(path, data) if one["metadata"]["name"] == title]
        if data and _held(value) not in known:
            found.add(
                Diagnostic(
                    code="MW261",
                    message=f"ConfigMap {title} says something else than {path}, which defines it",
                    primary=Label((place / "data").span(key=True)),
                    secondary=(Label(folder.files[path][1].span(key=True), f"{path} is here"),),
                    hint=f"change {path} as well, or export the plugin again",
                )
            )
    for value, place in folder.loose:
        _put(folder, f"{value['metadata'].get('name')}.yaml", dump(_plain(value)).encode(), place, found)
    wanted, have = max(folder.expected, default=0), len(folder.files)
    if have < wanted and not folder.broken:
        found.add(_missing(folder.expected[wanted], f"only {have} of the {wanted} files of the folder {name} are here"))


def config_maps(path: str, data: bytes) -> Iterator[Mapping[str, Any]]:
    """The ConfigMaps of plugins that a file defines; none where it is no YAML."""
    if not path.endswith(_SUFFIXES):
        return
    quiet = Collector()
    file = quiet.attempt(lambda: decode(path, data))
    for read in documents(file, quiet) if file and load.may_define(file.text) else ():
        for value, _ in load.unpacked(read.value, read.place):
            if _plugin_of(value) is not None:
                yield value


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """A ConfigMap without what an API server adds, and without the folder."""
    metadata = value["metadata"]
    annotations = {
        key: text
        for key, text in (metadata.get("annotations") or {}).items()
        if key not in (keys.FOLDER, "kubectl.kubernetes.io/last-applied-configuration")
    }
    kept = {
        "name": metadata.get("name"),
        "labels": metadata.get("labels"),
        **({"annotations": annotations} if annotations else {}),
    }
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": kept, **_held(value)}


def _held(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value[name] for name in ("data", "binaryData") if value.get(name)}


# --- mistakes --------------------------------------------------------------------------------------------------------


def _no_config_map(value: Any, place: Place) -> Diagnostic:
    kind = value.get("kind") if isinstance(value, Mapping) else None
    return Diagnostic(
        code="MW260",
        message=f"{kind or 'this'} is no ConfigMap of a plugin",
        severity=Severity.WARNING,
        primary=Label((place / "kind").span()),
        hint="it is a plugin as it is: copy the file below plugins/"
        if kind == "Plugin"
        else f"ConfigMaps of plugins are labelled {keys.PLUGIN_LABEL}",
    )


def _nothing(source: SourceFile) -> Diagnostic:
    return Diagnostic(
        code="MW260",
        message="nothing stands here, no plugin's ConfigMap either",
        severity=Severity.WARNING,
        primary=Label(Span(source, 0, 0)),
    )


def _unsafe(message: str, place: Place) -> Diagnostic:
    return Diagnostic(
        code="MW262",
        message=message,
        primary=Label(place.span()),
        hint="export the plugin again: mwgen plugins export writes such ConfigMaps",
    )


def _missing(place: Place, message: str) -> Diagnostic:
    return Diagnostic(
        code="MW259",
        message=message,
        primary=Label((place / "metadata" / "name").span()),
        hint="import all ConfigMaps of the export at once, such as those of kubectl get configmap "
        f"-l {keys.PLUGIN_LABEL}=NAME -o yaml",
    )
