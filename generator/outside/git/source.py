"""The commit that output was made from, told as Argo CD's source hydrator tells it of its dry source.

It tells it twice: in trailers of the commit that holds the output, which Argo CD shows beside what it deploys, and in
the file `hydrator.metadata` at the root of the branch, which tools read that promote from one branch to the next.
Rules: util/hydrator, util/git (GetReferences) and commitserver/commit of argo-cd v3.5.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit, urlunsplit

from generator.outside.git.repository import Repository

METADATA = "hydrator.metadata"
"""At the root of the branch. No ending by which anybody would take it for a manifest."""

SOURCE = "Source-Commit"
_REFERENCE = "Argocd-reference-commit-"
_PLAIN_NAME = re.compile(r"[\w' -]+")
"""A name that RFC 5322 takes without quotes."""

_SHA = re.compile(r"[0-9a-f]{5,40}")
_SCP = re.compile(r"(?:(?P<user>[^@/:]+)@)?(?P<host>[^@/:]{2,}):(?P<path>[^/].*)")
"""git's short form of an ssh address, which is no URL. One letter before the colon would be a drive."""

_LONGEST_TRAILER = 60_000
"""Bytes: Go's scanner ends at a line of 64 KiB, and takes what comes after it for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A commit of definitions. `message` is without blanks around it; `authored` counts seconds since 1970."""

    id: str
    name: str
    address: str
    authored: int
    date: str
    """As the author's clock showed it, RFC 3339."""

    message: str
    repo_url: str = ""
    """Empty: the repository has no address that means something elsewhere."""

    @property
    def subject(self) -> str:
        """The message's first paragraph."""
        return self.message.partition("\n\n")[0]

    @property
    def body(self) -> str:
        """What follows it."""
        return self.message.partition("\n\n")[2]


def source_of(repository: Repository, commit: str, *, remote: str, otherwise: str = "") -> Source:
    """What git knows of the commit with that id. Its repository is where *remote* is, or the URL *otherwise*."""
    told = repository.run("log", "-1", "--no-show-signature", "--format=%an%x00%ae%x00%at%x00%aI%x00%B", commit, "--")
    name, address, authored, date, message = told.decode("utf-8", "replace").split("\0", 4)
    where = repository.finish("config", "--get", f"remote.{remote}.url")
    return Source(
        id=commit,
        name=name,
        address=address,
        authored=int(authored),
        date=date,
        message=message.strip(),
        repo_url=public_url(where.stdout.decode("utf-8", "replace").strip()) or otherwise,
    )


def public_url(address: str) -> str:
    """A remote's address as a URL without credentials; empty for a folder of this machine."""
    short = _SCP.fullmatch(address)
    if short and "://" not in address:
        user = f"{short['user']}@" if short["user"] else ""
        return f"ssh://{user}{short['host']}/{short['path']}"
    parts = urlsplit(address)
    if parts.scheme not in {"https", "http", "ssh"}:
        return ""
    host = parts.netloc.rpartition("@")[2]
    user = parts.netloc.rpartition("@")[0].partition(":")[0] if parts.scheme == "ssh" else ""
    return urlunsplit((parts.scheme, f"{user}@{host}" if user else host, parts.path, "", ""))


def trailers(source: Source) -> tuple[tuple[str, str], ...]:
    """What a commit of output says of its source."""
    author = source.name if _PLAIN_NAME.fullmatch(source.name) else _quoted(source.name)
    body = json.dumps(source.body)
    rows = (
        ("author", f"{author} <{source.address}>"),
        ("sha", source.id),
        ("subject", " ".join(source.subject.split())),
        ("body", body if source.body and len(body) < _LONGEST_TRAILER else ""),
        ("repourl", source.repo_url),
        ("date", source.date),
    )
    return ((SOURCE, source.id), *((f"{_REFERENCE}{key}", value) for key, value in rows if value.strip()))


def metadata(source: Source) -> bytes:
    """The file `hydrator.metadata`, as the hydrator writes it for the same commit."""
    told = _references(source.body)
    body = "".join(f"{line}\n" for line in _lines(source.body) if not _reference(line))
    facts = {
        "repoURL": source.repo_url,
        "drySha": source.id,
        "author": f"{source.name} <{source.address}>",
        "date": datetime.fromtimestamp(source.authored, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "subject": source.subject,
        "body": body,
        "references": [{"commit": told}] if told else [],
    }
    text = json.dumps({key: value for key, value in facts.items() if value}, indent=2, ensure_ascii=False)
    for separator in "\u2028\u2029":  # Go escapes them: JavaScript ends lines there
        text = text.replace(separator, f"\\u{ord(separator):x}")
    return f"{text}\n".encode()


def _lines(text: str) -> list[str]:
    """As Go's scanner tells lines apart."""
    return [line.removesuffix("\r") for line in text.split("\n")] if text else []


def _references(body: str) -> dict[str, str]:
    """The commit of another repository that the source's own trailers name, as Argo CD orders its fields."""
    last = body.rpartition("\n\n")[2]
    said = dict(row for row in map(_reference, _lines(last)) if row)
    return {name: said[name] for name in ("author", "date", "subject", "body", "sha", "repoUrl") if said.get(name)}


def _reference(line: str) -> tuple[str, str] | None:
    """The field and the value of a trailer that Argo CD takes; None for any other line."""
    key, _, value = line.partition(": ")
    if not key.startswith(_REFERENCE):
        return None
    known = _FIELDS.get(key.removeprefix(_REFERENCE))
    if known is None:
        return None
    name, read = known
    try:
        return name, read(value)
    except ValueError:
        return None


def _author(value: str) -> str:
    name, address = parseaddr(value)
    if "@" not in address:
        raise ValueError(value)
    return f"{_quoted(name)} <{address}>" if name else f"<{address}>"


def _date(value: str) -> str:
    return datetime.fromisoformat(value).isoformat().replace("+00:00", "Z")


def _body(value: str) -> str:
    if not value.lstrip().startswith('"'):
        raise ValueError(value)
    return str(json.loads(value))


def _sha(value: str) -> str:
    if not _SHA.fullmatch(value):
        raise ValueError(value)
    return value


def _quoted(name: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


_FIELDS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "author": ("author", _author),
    "date": ("date", _date),
    "subject": ("subject", str),
    "body": ("body", _body),
    "sha": ("sha", _sha),
    "repourl": ("repoUrl", str),
}
"""By the end of a trailer's key: the field's name, and what is read; ValueError where Argo CD passes over it."""
