"""The values of a command line: files, then what the `--set` options say, in Helm's order whatever theirs is."""

from collections.abc import Callable, Sequence
from typing import Any

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm.charts import strvals
from generator.engines.helm.charts.errors import ChartError
from generator.goyaml.errors import YamlError
from generator.goyaml.read import merge_maps, read_values_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueOptions:
    """What was given, each kind in its order; later ones win."""

    files: Sequence[tuple[str, bytes]] = ()
    """Names, and what they hold."""

    json: Sequence[str] = ()
    plain: Sequence[str] = ()
    strings: Sequence[str] = ()
    from_files: Sequence[str] = ()
    literal: Sequence[str] = ()


def values(options: ValueOptions, read: Callable[[str], bytes]) -> dict[str, Any]:
    """The values that options make.

    Args:
        options: what was given.
        read: gives the content of a file that `--set-file` names.

    Raises:
        ChartError: one of them makes none; `path` is the file's name, if it is one.
    """
    found: dict[str, Any] = {}
    for name, content in options.files:
        found = merge_maps(found, _file(name, content))
    for text in options.json:
        found = _json(text, found)
    for text in options.plain:
        _set(lambda text=text: strvals.set_values(text, found), "--set data")  # type: ignore[misc]
    for text in options.strings:
        _set(lambda text=text: strvals.set_strings(text, found), "--set-string data")  # type: ignore[misc]
    for text in options.from_files:
        _set(
            lambda text=text: strvals.set_files(text, found, lambda name: from_bytes(read(name))),  # type: ignore[misc]
            "--set-file data",
        )
    for text in options.literal:
        _set(lambda text=text: strvals.set_literal(text, found), "--set-literal data")  # type: ignore[misc]
    return found


def _file(name: str, content: bytes) -> dict[str, Any]:
    try:
        return read_values_file(from_bytes(content))
    except YamlError as error:
        problem = error.problems[0]
        raise ChartError(f"failed to parse {name}: {error}", path=name, offset=problem.start, kind="values") from None


def _json(text: str, found: dict[str, Any]) -> dict[str, Any]:
    trimmed = text.strip()
    if trimmed.startswith("{"):
        from generator.goyaml import unjson
        from generator.goyaml.gojson import JsonError

        try:
            return merge_maps(found, unjson.unmarshal_map(trimmed))
        except JsonError as error:
            raise ChartError(f"failed parsing --set-json data JSON: {text}: {error}", kind="set") from None
    try:
        strvals.set_json(text, found)
    except strvals.SetError as error:
        raise ChartError(f"failed parsing --set-json data {text}: {error}", kind="set") from None
    return found


def _set(apply: Callable[[], None], what: str) -> None:
    try:
        apply()
    except strvals.SetError as error:
        raise ChartError(f"failed parsing {what}: {error}", kind="set") from None
