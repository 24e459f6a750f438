"""Paths as keys of a ConfigMap, and the labels and annotations that say what a ConfigMap carries.

A key has letters, digits, `-`, `_` and `.` (Kubernetes' `IsConfigMapKey`), a path nearly anything. So `/` is written
`__`, and every other byte that a key may not have, `_` among them, as `_` and two hexadecimal digits.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

PLUGIN_LABEL = "middleware.io/plugin"
VERSION_LABEL = "middleware.io/version"
TEMPLATE_LABEL = "middleware.io/template"
COMPONENT_LABEL = "middleware.io/component"
FILES_LABEL = "middleware.io/files"
"""`true` on a ConfigMap that carries files of a plugin's folder, their paths as keys."""

FOLDER = "middleware.io/folder"
"""Annotation: the plugin's folder, relative to that of all plugins."""

FILE = "middleware.io/file"
"""Annotation of a Template ConfigMap: the file of the plugin's folder whose text it has."""

VERSIONS = "middleware.io/plugin-versions"
"""Annotation: the versions of the plugin whose file it is, with blanks between them; none: all."""

DEFINED_IN = "middleware.io/defined-in"
"""Annotation of a ConfigMap that a file of the folder defines: that file, which is carried as well."""

COUNT = "middleware.io/file-count"
"""Annotation: how many files the folder has."""

TEMPLATE_KEY = "template"
LONGEST_KEY = 253
LARGEST = 1 << 20
"""Bytes of all values of a ConfigMap together (Kubernetes' `MaxSecretSize`)."""

_KEY = re.compile(r"[-._a-zA-Z0-9]+")
_BARE = re.compile(rb"[-.a-zA-Z0-9]")
_ESCAPE = re.compile(r"_(_|[0-9a-f]{2})")


class Content(NamedTuple):
    """One value of a ConfigMap."""

    field: str
    """`data` or `binaryData`."""

    key: str
    data: bytes


def key_of(path: str) -> str:
    """The key for *path*, relative to the plugin's folder. It may be longer than a key can be."""
    data = path.encode()
    found = "".join(
        "__" if byte == b"/" else byte.decode() if _BARE.fullmatch(byte) else f"_{byte[0]:02x}"
        for byte in (data[at : at + 1] for at in range(len(data)))
    )
    # `.` alone and names that begin with `..` are no keys.
    return f"_2e{found[1:]}" if found == "." or found.startswith("..") else found


def path_of(key: str) -> str | None:
    """The path that *key* stands for; None where it is none that `key_of` makes."""
    if not _KEY.fullmatch(key) or "_" in _ESCAPE.sub("", key):
        return None
    found = _ESCAPE.sub(lambda one: "/" if one[1] == "_" else f"%{one[1]}", key)
    data = b"".join(
        bytes.fromhex(part[1:]) if part.startswith("%") else part.encode() for part in re.split("(%..)", found)
    )
    try:
        path = data.decode()
    except UnicodeDecodeError:
        return None
    return path if key_of(path) == key else None


def contents(value: Mapping[str, Any]) -> Iterator[Content | str]:
    """The values of a ConfigMap; of one in `binaryData` that is no base64, only the key."""
    for field in ("data", "binaryData"):
        held = value.get(field)
        for key, text in held.items() if isinstance(held, Mapping) else ():
            if not isinstance(text, str):
                continue
            if field == "data":
                yield Content(field, str(key), text.encode("utf-8", "surrogatepass"))
                continue
            try:
                yield Content(field, str(key), base64.b64decode("".join(text.split()), validate=True))
            except (binascii.Error, ValueError):
                yield str(key)


def is_safe(path: str) -> bool:
    """Whether *path* is one below its folder that mwgen would read there: no `..`, no hidden name but .helmignore."""
    parts = path.split("/")
    return bool(path) and all(
        part and (part[0] != "." or (at == len(parts) - 1 and part == ".helmignore")) and part.isprintable()
        for at, part in enumerate(parts)
    )
