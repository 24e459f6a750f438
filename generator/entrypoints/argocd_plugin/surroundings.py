"""What Argo CD tells a plugin, all of it in environment variables (argo-cd, reposerver/repository, getPluginEnvs).

`ARGOCD_APP_PARAMETERS` is JSON: a list of `{"name": …, "string" | "array" | "map": …}` whose values are texts; it is
`null` where the Application has a plugin section without parameters, and absent where it has none. What the
Application's `plugin.env` sets comes as `ARGOCD_ENV_<name>`. The `PARAM_*` variables say the same as the JSON, but two
names may fall together in them, so they are not read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, SourceFile
from generator.model.given import Given, GivenText, GivenValue, Text
from generator.model.values import undotted
from generator.stages.load.environment import is_kube_version
from generator.yamlio.load import document
from generator.yamlio.wording import choices

PARAMETERS = "ARGOCD_APP_PARAMETERS"
ENV = "ARGOCD_ENV_"

_COMPONENT = re.compile(r"components\.(?P<component>[a-z0-9-]+)\.values(?P<path>[.\[].*)?\Z", re.DOTALL)
_VALUES = re.compile(r"values(?P<path>[.\[].*)?\Z", re.DOTALL)
_SECRET = re.compile(r"pass(word|wd|phrase)?|secret|token|credential|api.?key|private.?key", re.IGNORECASE)
_SHORTEST_SECRET = 4
_FORMS = ("string", "array", "map")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an Application asks for."""

    group: str = ""
    environment: str = ""
    given: Given = field(default_factory=Given)
    secrets: frozenset[str] = frozenset()
    """Texts under names that sound secret: no message may hold them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parameter:
    name: str
    value: Text
    source: str
    """How a message calls it."""


def surroundings(variables: Mapping[str, str], found: Collector) -> Surroundings:
    """What the environment *variables* say; mistakes go to *found*. A parameter wins over an `ARGOCD_ENV_`."""
    named = {"group": "", "environment": ""}
    values: list[GivenValue] = []
    parameters = [*_env(variables), *(found.attempt(lambda: list(_parameters(variables, found))) or ())]
    for one in parameters:
        if one.name in named:
            if not isinstance(one.value, str):
                found.add(_odd(one.source, "is one name, so it has a string"))
            elif one.value:
                named[one.name] = one.value.strip()
        else:
            values += found.attempt(lambda one=one: list(_values(one))) or ()  # type: ignore[misc]
    version = variables.get("KUBE_VERSION", "")
    if version and not is_kube_version(version):
        found.add(
            Diagnostic(
                code="MW805", message=f'KUBE_VERSION is "{version}", no version of Kubernetes', hint="such as 1.32"
            )
        )
    return Surroundings(
        **named,
        given=Given(
            origin="parameters of the Application",
            values=tuple(values),
            kube_version=version,
            api_versions=tuple(filter(None, variables.get("KUBE_API_VERSIONS", "").split(","))),
            namespace=variables.get("ARGOCD_APP_NAMESPACE", ""),
        ),
        secrets=frozenset(text for one in parameters for text in _secrets(one.name, one.value)),
    )


def _env(variables: Mapping[str, str]) -> Iterator[_Parameter]:
    """Ours among the variables of `plugin.env`; all others are for somebody else."""
    for name, text in sorted(variables.items()):
        if not name.startswith(ENV):
            continue
        own = name.removeprefix(ENV)
        if own in ("GROUP", "ENVIRONMENT", "VALUES"):
            own = own.lower()
        if own in ("group", "environment") or _VALUES.match(own) or _COMPONENT.match(own):
            yield _Parameter(name=own, value=text, source=name)


def _parameters(variables: Mapping[str, str], found: Collector) -> Iterator[_Parameter]:
    text = variables.get(PARAMETERS, "")
    if not text.strip():
        return
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise DiagnosticError(
            Diagnostic(
                code="MW803",
                message=f"{PARAMETERS} is no JSON: {error}",
                hint="Argo CD writes it; a wrapper around mwgen must hand it on as it is",
            )
        ) from None
    if entries is None:
        return
    if not isinstance(entries, list):
        raise DiagnosticError(
            Diagnostic(code="MW803", message=f"{PARAMETERS} must be a list of parameters", hint=_example())
        )
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        one = found.attempt(lambda entry=entry, number=number: _parameter(entry, number))  # type: ignore[misc]
        if one is None:
            continue
        if one.name in seen:
            found.add(_odd(one.source, "is given twice"))
        seen.add(one.name)
        yield one


def _parameter(entry: Any, number: int) -> _Parameter:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        raise DiagnosticError(
            Diagnostic(code="MW803", message=f"parameter {number} in {PARAMETERS} has no name", hint=_example())
        )
    source = f"parameter {name}"
    forms = [(form, entry[form]) for form in _FORMS if entry.get(form) is not None]
    if len(forms) != 1:
        raise DiagnosticError(_odd(source, "has none or several of string, array and map"))
    ((form, value),) = forms
    if not _is_form(form, value):
        raise DiagnosticError(_odd(source, f"has a {form} that is none, or holds something else than texts"))
    if name not in ("group", "environment") and not _VALUES.match(name) and not _COMPONENT.match(name):
        known = ("group", "environment", "values")
        raise DiagnosticError(
            Diagnostic(
                code="MW804",
                message=f'there is no parameter "{name}"',
                hint=choices(name, known)
                if "." not in name
                else "a value is set as values.PATH, that of one component as components.NAME.values.PATH",
            )
        )
    return _Parameter(name=name, value=value, source=source)


def _is_form(form: str, value: Any) -> bool:
    if form == "string":
        return isinstance(value, str)
    if form == "array":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _values(one: _Parameter) -> Iterator[GivenValue]:
    inner = _COMPONENT.match(one.name)
    match = inner or _VALUES.match(one.name)
    assert match is not None
    component = inner["component"] if inner else ""
    path = _pointer(one, (match["path"] or "").removeprefix("."))
    if path:
        yield GivenValue(name=one.source, component=component, pointer=path, value=GivenText(text=one.value))
    elif isinstance(one.value, Mapping):
        # Such a map can hold no other maps, so its keys are paths.
        for key, text in one.value.items():
            pointer = _pointer(one, key)
            yield GivenValue(name=one.source, component=component, pointer=pointer, value=GivenText(text=text))
    elif isinstance(one.value, str):
        value = document(SourceFile(f"({one.source})", one.value)).value
        if value is not None and not isinstance(value, Mapping):
            raise DiagnosticError(_odd(one.source, "must be a map of values, in YAML"))
        yield GivenValue(name=one.source, component=component, pointer=(), value=value or {})
    else:
        raise DiagnosticError(_odd(one.source, "must be a map of values"))


def _pointer(one: _Parameter, path: str) -> tuple[str, ...]:
    try:
        return undotted(path)
    except ValueError as error:
        raise DiagnosticError(_odd(one.source, f"does not say which value: {error}")) from None


def _secrets(name: str, value: Text) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, text in value.items():
            yield from _secrets(f"{name}.{key}", text)
    elif _SECRET.search(name):
        texts = (value,) if isinstance(value, str) else value
        yield from (text for text in texts if len(text) >= _SHORTEST_SECRET)


def _odd(source: str, what: str) -> Diagnostic:
    return Diagnostic(code="MW805", message=f"{source} {what}", hint=_example())


def _example() -> str:
    return 'such as {"name": "values.replicas", "string": "3"}, with string, array or map'
