"""What Jinja2 templates can do besides Jinja2's own filters: named as Ansible and Jinja2 name such things."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError, Undefined

from generator.goyaml.emit import marshal


def to_yaml(value: Any) -> str:
    """A value as YAML, without a newline at its end; the same text as `toYaml` of Helm's dialect gives."""
    return marshal(value).rstrip("\n")


def to_json(value: Any) -> str:
    """A value as compact JSON, keys sorted."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def indent(text: object, spaces: int) -> str:
    """Every line moved to the right, the first one too, as `indent` of Helm's dialect does."""
    pad = " " * _sensible(spaces)
    return pad + str(text).replace("\n", f"\n{pad}")


def nindent(text: object, spaces: int) -> str:
    """`indent` on a new line."""
    return "\n" + indent(text, spaces)


def quote(value: object) -> str:
    """A double-quoted YAML text."""
    return json.dumps(value if isinstance(value, str) else _text(value), ensure_ascii=False)


def squote(value: object) -> str:
    """A single-quoted YAML text."""
    escaped = _text(value).replace("'", "''")
    return f"'{escaped}'"


def b64encode(value: object) -> str:
    """Base64 of a text's UTF-8 bytes."""
    return base64.b64encode(_text(value).encode()).decode()


def b64decode(value: object) -> str:
    """The text whose base64 this is."""
    return base64.b64decode(_text(value), validate=True).decode()


def sha256(value: object) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(_text(value).encode()).hexdigest()


def required(value: Any, message: str) -> Any:
    """The value; an error with *message* where it is undefined, null or empty text."""
    if isinstance(value, Undefined) or value is None or value == "":
        raise TemplateRuntimeError(message)
    return value


def regex_replace(text: object, pattern: str, replacement: str) -> str:
    r"""Every match of an RE2 pattern replaced; `\1` is the first group."""
    import re2

    replaced = re2.sub(pattern, replacement, str(text))
    assert isinstance(replaced, str)
    return replaced


def dns_name(text: object) -> str:
    """A text as a Kubernetes name: lower case, other characters as `-`, at most 63 of them."""
    return re.sub(r"[^a-z0-9-]+", "-", str(text).lower()).strip("-")[:63].rstrip("-")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _sensible(spaces: int) -> int:
    if not 0 <= spaces <= 1000:
        raise TemplateRuntimeError(f"an indentation of {spaces} is out of bounds (0 to 1000)")
    return spaces


FILTERS: Mapping[str, Callable[..., Any]] = {
    "b64decode": b64decode,
    "b64encode": b64encode,
    "dns_name": dns_name,
    "indent": indent,
    "nindent": nindent,
    "quote": quote,
    "regex_replace": regex_replace,
    "required": required,
    "sha256": sha256,
    "squote": squote,
    "to_json": to_json,
    "to_yaml": to_yaml,
}
"""By the name that templates use."""
