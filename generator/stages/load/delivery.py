"""`delivery`, in `mwgen.yaml` and in Environments → Delivery."""

import re

from generator.model.delivery import ArgoSettings, Delivery, FluxSettings, Form
from generator.stages.load import fields
from generator.yamlio.cursor import Cursor, parsed

_URL = re.compile(r"(?:https?|ssh)://[^\s/]+/\S+|[^\s/:@]+@[^\s/:]+:\S+")
_WITH_CREDENTIALS = re.compile(r"https?://[^/@]*@|ssh://[^/@:]*:[^/@]*@")
_REVISION = re.compile(r"(?!-)[^\s~^:?*\[\\\x00-\x1f\x7f]+")
_DURATION = re.compile(r"([0-9]+(\.[0-9]+)?(ms|s|m|h))+")
_OPTION = re.compile(r"[A-Za-z]+=[A-Za-z]+")
_SOURCE = re.compile(r"((GitRepository|OCIRepository|Bucket)/)?[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?")
_NAME = re.compile(r"[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?")
_UNWAITED = "ApplyOutOfSyncOnly=true"


def delivery(cursor: Cursor) -> Delivery:
    """The whole map; what is left out is not said."""
    result = Delivery(
        repo_url=cursor.optional("repoURL", _url, ""),
        revision=cursor.optional("revision", _revision, ""),
        path=cursor.optional("path", _path, ""),
        argocd=cursor.optional("argocd", _argocd, ArgoSettings()),
        flux=cursor.optional("flux", _flux, FluxSettings()),
    )
    cursor.no_other_fields()
    return result


def _argocd(cursor: Cursor) -> ArgoSettings:
    result = ArgoSettings(
        namespace=cursor.optional("namespace", fields.name, ""),
        project=cursor.optional("project", _object_name, ""),
        form=cursor.optional("form", Form),
        automated=cursor.optional("automated", bool),
        prune=cursor.optional("prune", bool),
        self_heal=cursor.optional("selfHeal", bool),
        retries=cursor.optional("retries", _count),
        sync_options=cursor.each("syncOptions", _option),
    )
    cursor.no_other_fields()
    return result


def _flux(cursor: Cursor) -> FluxSettings:
    result = FluxSettings(
        namespace=cursor.optional("namespace", fields.name, ""),
        source=cursor.optional("source", _source, ""),
        parent=cursor.optional("parent", _object_name, ""),
        secret=cursor.optional("secret", _object_name, ""),
        interval=cursor.optional("interval", _duration, ""),
        retry_interval=cursor.optional("retryInterval", _duration, ""),
        timeout=cursor.optional("timeout", _duration, ""),
    )
    cursor.no_other_fields()
    return result


def _repository(text: str) -> str:
    if _WITH_CREDENTIALS.match(text):
        # The text itself is not repeated: whoever reads this message need not see the password.
        raise ValueError("credentials do not belong into git: leave them out, and give the tool a Secret")
    if not _URL.fullmatch(text):
        raise ValueError(f'"{text}" is no address of a repository, such as https://git.example.com/platform.git')
    return text


def _branch(text: str) -> str:
    if not _REVISION.fullmatch(text) or ".." in text:
        raise ValueError(f'"{text}" is no branch, tag or commit')
    return text


def _folder(text: str) -> str:
    parts = text.strip("/").split("/")
    if parts == ["."]:
        return "."
    if text.startswith("/") or not all(parts) or {".", ".."} & {*parts}:
        raise ValueError(f'"{text}" is no folder of a repository, such as out, or "." for its root')
    return "/".join(parts)


def _time(text: str) -> str:
    if not _DURATION.fullmatch(text):
        raise ValueError(f'"{text}" is no duration, such as 90s, 10m or 1h30m')
    return text


def _sync_option(text: str) -> str:
    if not _OPTION.fullmatch(text):
        raise ValueError(f'"{text}" is no sync option, such as CreateNamespace=true')
    if text == _UNWAITED:
        raise ValueError(f"{_UNWAITED} lets Argo CD pass over waves without waiting: orders would mean nothing")
    return text


def _named(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f'"{text}" is no name of a Kubernetes object')
    return text


def _source_name(text: str) -> str:
    if not _SOURCE.fullmatch(text):
        raise ValueError(f'"{text}" is no source, such as platform, or OCIRepository/platform')
    return text


def _count(cursor: Cursor) -> int:
    number = cursor.read(int)
    if number < 0:
        cursor.fail("a number from 0 is wanted")
    return number


_url, _revision, _path, _duration, _option = map(parsed, (_repository, _branch, _folder, _time, _sync_option))
_object_name, _source = map(parsed, (_named, _source_name))
