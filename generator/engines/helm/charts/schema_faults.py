"""What is wrong with a schema itself, in the words of the Go library that Helm asks (santhosh-tekuri/jsonschema).

That library holds a schema against that of its draft, then looks for what it refers to.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from generator.engines.gotemplate.text import quote as quoted
from generator.engines.helm.charts.schema_words import said
from generator.engines.sprig.regexp_syntax import RegexpError, translate

_FILE: Final = "file:///values.schema.json"
_DRAFT: Final = re.compile(r"https?://json-schema\.org/(?:(draft-0[467])/|draft/(2019-09|2020-12)/)?schema#?\Z")
_LATEST: Final = "https://json-schema.org/draft/2020-12/schema#"
_DRAFT_4: Final = {"dependencies": {"exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]}}
"""What words need to know of the drafts' own schemas: only that of draft 4 has properties that need others."""


def fault(schema: Any, error: Any) -> str:
    """Why there is no schema: `error` is what jsonschema-rs says (a ValidationError)."""
    if error.kind.name in ("$ref", "referencing"):
        return next(_unknown(schema), "") or next(_lost(schema, schema), str(error.message))
    draft = _draft(schema)
    lines = _misfits(schema, draft).rstrip("\n") if draft else ""
    if not lines:
        where = "".join(f"/{step}" for step in error.instance_path)
        return f"{quoted(f'{_FILE}#')} is not valid against metaschema:\n- at '{where}': {error.message}"
    lead = f"{quoted(f'{_FILE}#')} is not valid against metaschema: jsonschema validation failed with '{draft}'"
    return f"{lead}\n{lines}"


def _draft(schema: Any) -> str:
    """The address of the draft's own schema, empty if we do not know it."""
    named = schema.get("$schema") if isinstance(schema, Mapping) else None
    if not isinstance(named, str):
        return _LATEST
    match = _DRAFT.match(named)
    if match is None:
        return ""
    old, new = match.groups()
    return f"http://json-schema.org/{old}/schema#" if old else _LATEST.replace("2020-12", new or "2020-12")


def _misfits(schema: Any, draft: str) -> str:
    import jsonschema_rs

    validator = jsonschema_rs.validator_for(
        {"$schema": draft, "$ref": draft},
        validate_formats=True,
        formats={"regex": lambda pattern: not regex_fault(pattern)},
    )
    errors = [*validator.iter_errors(schema)]
    return said(_DRAFT_4, schema, errors, skip=1) if errors else ""


def regex_fault(pattern: Any) -> str:
    """Why a pattern is none, in Go's words; empty where it is one."""
    try:
        translate(pattern)
    except RegexpError as error:
        return str(error)
    return ""


# -- references


def _unknown(schema: Any) -> Iterator[str]:
    """The draft, if its name is no address at all."""
    named = schema.get("$schema") if isinstance(schema, Mapping) else None
    if isinstance(named, str) and ":" not in named:
        yield f"failing loading {quoted(named)}: no URLLoader registered for {quoted(named)}"


def _lost(part: Any, schema: Any) -> Iterator[str]:
    """The references within the schema that lead nowhere."""
    for one in part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ():
        yield from _lost(one, schema)
    named = part.get("$ref") if isinstance(part, Mapping) else None
    if isinstance(named, str) and named.startswith("#/") and not _leads(schema, unquote(named[2:]).split("/")):
        yield f"json-pointer in {quoted(f'{_FILE}{quote(named, safe=_SAFE)}')} not found"
    elif isinstance(named, str) and re.match(r"#[^/]", named):
        yield f"anchor in {quoted(f'{_FILE}{named}')} not found in schema {quoted(_FILE)}"


_SAFE: Final = "#/%$&+,:;=@!'()*~"


def _leads(part: Any, steps: list[str]) -> bool:
    for step in steps:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(part, Mapping) and name in part:
            part = part[name]
        elif isinstance(part, list) and name.isdecimal() and int(name) < len(part):
            part = part[int(name)]
        else:
            return False
    return True
