"""How names, labels, ports and the like are spelled, as the API server's own validation has it.

From k8s.io/apimachinery/pkg/util/validation and k8s.io/kubernetes/pkg/apis/core/validation.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_LABEL_1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_QUALIFIED = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_PORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENV_NAME = re.compile(r"[ -<>-~]+")
_CONFIG_KEY = re.compile(r"[-._a-zA-Z0-9]+")
_PATH_SEGMENT = re.compile(r"(?!\.{1,2}\Z)[^/%]+")


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """An RFC 1123 label: what most names inside a pod are."""
    return len(text) <= 63 and _LABEL.fullmatch(text) is not None


def is_label_1035(text: str) -> bool:
    """An RFC 1035 label: it begins with a letter."""
    return len(text) <= 63 and _LABEL_1035.fullmatch(text) is not None


def is_subdomain(text: str) -> bool:
    """An RFC 1123 subdomain: what most objects' names are."""
    return len(text) <= 253 and _SUBDOMAIN.fullmatch(text) is not None


def is_path_segment(text: str) -> bool:
    """What names of RBAC objects are: anything that is one segment of a path."""
    return _PATH_SEGMENT.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_label_value(text: str) -> bool:
    """What a label may say; nothing is allowed, too."""
    return text == "" or (len(text) <= 63 and _QUALIFIED.fullmatch(text) is not None)


@lru_cache(maxsize=4096)
def is_label_key(text: str) -> bool:
    """A name, with a domain and a slash before it or without."""
    prefix, slash, name = text.rpartition("/")
    return bool(len(name) <= 63 and _QUALIFIED.fullmatch(name) and (not slash or is_subdomain(prefix)))


def is_port(number: int) -> bool:
    """A port that one can listen on."""
    return 1 <= number <= 65535


@lru_cache(maxsize=4096)
def is_port_name(text: str) -> bool:
    """An IANA service name, with a letter in it."""
    return len(text) <= 15 and _PORT_NAME.fullmatch(text) is not None and any(char.isalpha() for char in text)


def is_env_name(text: str) -> bool:
    """Printable ASCII without `=`, as the API server takes it since 1.30; most programs want less."""
    return _ENV_NAME.fullmatch(text) is not None


def is_config_key(text: str) -> bool:
    """A key of a ConfigMap or Secret, which becomes a file's name."""
    return len(text) <= 253 and text not in {".", ".."} and _CONFIG_KEY.fullmatch(text) is not None


_CRON_NAMES = {
    "month": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "weekday": ("sun", "mon", "tue", "wed", "thu", "fri", "sat"),
}
_CRON_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 6))
_CRON_MACROS = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
_EVERY = re.compile(r"@every ([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+")


def cron_mistake(schedule: str) -> str:
    """What is wrong with the schedule of a CronJob; empty where nothing is (github.com/robfig/cron/v3, standard)."""
    if schedule.startswith(("TZ=", "CRON_TZ=")):
        return "names a time zone; write it in timeZone"
    if schedule.startswith("@"):
        return "" if schedule in _CRON_MACROS or _EVERY.fullmatch(schedule) else "is no schedule that cron knows"
    parts = schedule.split()
    if len(parts) != len(_CRON_FIELDS):
        return f"has {len(parts)} fields; minute, hour, day, month and weekday are five"
    for part, (name, low, high) in zip(parts, _CRON_FIELDS, strict=True):
        for one in part.split(","):
            if not _is_cron_range(one, name, low, high):
                return f'has "{one}" as its {name}, which is from {low} to {high}'
    return ""


def _is_cron_range(text: str, name: str, low: int, high: int) -> bool:
    span, slash, step = text.partition("/")
    if slash and not (step.isdecimal() and int(step) > 0):
        return False
    if span in {"*", "?"}:
        return True
    bounds = [_cron_number(part, name) for part in span.split("-")]
    numbers = [number for number in bounds if number is not None]
    return len(numbers) == len(bounds) <= 2 and numbers == sorted(numbers) and low <= numbers[0] and numbers[-1] <= high


def _cron_number(text: str, name: str) -> int | None:
    names = _CRON_NAMES.get(name, ())
    if text.lower() in names:
        return names.index(text.lower()) + (name == "month")
    return int(text) if text.isdecimal() else None


def label_mistakes(labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The labels that the API server refuses: key, and what is wrong."""
    for key, value in labels.items():
        if not is_label_key(key):
            yield key, f'"{key}" is no label key'
        elif isinstance(value, str) and not is_label_value(value):
            long = f", and {len(value)} characters long" if len(value) > 63 else ""
            yield key, f'"{value}" is no label value: at most 63 letters, digits, "-", "_" and "."{long}'
