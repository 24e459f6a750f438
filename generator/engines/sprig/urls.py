"""URLs as Go's net/url takes them apart and puts them together.

Inside this module, a text is its bytes, one character each: escaping works on bytes.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, quote, to_bytes
from generator.engines.gotemplate.values import kind_name
from generator.engines.sprig.addresses import AddressError, check_address
from generator.engines.sprig.lists import NIL_POINTER

_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")

# What stands in each part of a URL as itself.
_PATH: Final = _UNRESERVED | frozenset("$&+,/:;=@")
_HOST: Final = _UNRESERVED | frozenset("!$&'()*+,;=:[]<>\"")
_USER: Final = _UNRESERVED | frozenset("$&+,;=")
_FRAGMENT: Final = _UNRESERVED | frozenset("$&+,/:;=?@!()*")
_USERINFO: Final = _UNRESERVED | frozenset(":!$&'()*+,;=%@")

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)?:")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_NOT_IN_HOST: Final = re.compile(rf"%|[^{re.escape(''.join(sorted(_HOST)))}\x80-\xff]")
_PORT: Final = re.compile(r"(?::[0-9]*)?\Z")


class _BadUrlError(Exception):
    """Go's words for what is wrong with a URL."""


@dataclass(frozen=True, slots=True)
class _Url:
    """The parts of a URL: path and fragment unescaped, user information escaped, None where there is none."""

    scheme: str = ""
    opaque: str = ""
    user: str | None = None
    host: str = ""
    path: str = ""
    query: str = ""
    fragment: str = ""


def url_parse(text: str) -> dict[str, Any]:
    """The parts of a URL by name.

    Raises:
        FuncError: it is no URL.
    """
    try:
        url = _parse(_as_bytes(text))
    except _BadUrlError as error:
        raise FuncError(f"unable to parse url: {error}") from None
    parts = {
        "scheme": url.scheme,
        "host": url.host,
        "hostname": _hostname(url.host),
        "path": url.path,
        "query": url.query,
        "opaque": url.opaque,
        "fragment": url.fragment,
        "userinfo": url.user or "",
    }
    return {name: _as_text(part) for name, part in parts.items()}


def url_join(run: Run, parts: dict[str, Any]) -> str:
    """The URL that has these parts.

    Raises:
        FuncError: a part is no string, or the user information is none.
    """
    scheme, host, path, query, opaque, fragment = (
        _as_bytes(_part(parts, name)) for name in ("scheme", "host", "path", "query", "opaque", "fragment")
    )
    userinfo = _as_bytes(_part(parts, "userinfo"))
    run.spend(3 * sum(map(len, (scheme, host, path, query, opaque, fragment, userinfo))))
    user = None
    if userinfo:
        try:
            user = _parse(f"proto://{userinfo}@host").user
        except _BadUrlError as error:
            raise FuncError(f"unable to parse userinfo in dict: {error}") from None
    return _as_text(_format(_Url(scheme, opaque, user, host, path, query, fragment)))


def _part(parts: dict[str, Any], name: str) -> str:
    if name not in parts:
        return ""
    value = parts[name]
    if value is None:
        raise FuncError(NIL_POINTER)
    if not isinstance(value, str):
        raise FuncError(f"unable to parse {name} key, must be of type string, but {kind_name(value)} found")
    return value


def _as_bytes(text: str) -> str:
    return text if text.isascii() else to_bytes(text).decode("latin-1")


def _as_text(data: str) -> str:
    return data if data.isascii() else from_bytes(data.encode("latin-1"))


def _quoted(data: str) -> str:
    return quote(_as_text(data))


def _parse(text: str) -> _Url:
    text_before, _, fragment = text.partition("#")
    try:
        url = _parse_before_fragment(text_before)
    except _BadUrlError as error:
        raise _BadUrlError(f"parse {_quoted(text_before)}: {error}") from None
    if not fragment:
        return url
    try:
        fragment = _unescape(fragment)
    except _BadUrlError as error:
        raise _BadUrlError(f"parse {_quoted(text)}: {error}") from None
    return _Url(url.scheme, url.opaque, url.user, url.host, url.path, url.query, fragment)


def _parse_before_fragment(text: str) -> _Url:
    if _CONTROL.search(text):
        raise _BadUrlError("net/url: invalid control character in URL")
    if text == "*":
        return _Url(path="*")
    scheme, rest = "", text
    if match := _SCHEME.match(text):
        if match[1] is None:
            raise _BadUrlError("missing protocol scheme")
        scheme, rest = match[1].lower(), text[match.end() :]
    rest, _, query = rest.partition("?")
    user: str | None = None
    host = ""
    if not rest.startswith("/"):
        if scheme:
            return _Url(scheme, opaque=rest, query=query)
        if ":" in rest.partition("/")[0]:
            raise _BadUrlError("first path segment in URL cannot contain colon")
    if rest.startswith("//") and (scheme or not rest.startswith("///")):
        authority, slash, rest = rest[2:].partition("/")
        rest = slash + rest
        user, host = _parse_authority(scheme, authority)
    return _Url(scheme, "", user, host, _unescape(rest), query)


def _parse_authority(scheme: str, authority: str) -> tuple[str | None, str]:
    userinfo, at, host = authority.rpartition("@")
    host = _parse_host(scheme, host)
    if not at:
        return None, host
    if not _USERINFO.issuperset(userinfo):
        raise _BadUrlError("net/url: invalid userinfo")
    name, colon, password = userinfo.partition(":")
    return _escape(_unescape(name), _USER) + colon + _escape(_unescape(password), _USER), host


def _parse_host(scheme: str, host: str) -> str:
    bracket = host.rfind("[")
    if bracket > 0:
        raise _BadUrlError("invalid IP-literal")
    if bracket == 0:
        return _parse_bracketed(host)
    first = host.find(":")
    if first >= 0:
        # For the web itself, one colon only: what follows the first is the port.
        port = host[first:] if scheme in ("http", "https") else host[host.rfind(":") :]
        _check_port(port)
    return _unescape_host(host)


def _parse_bracketed(host: str) -> str:
    end = host.rfind("]")
    if end < 0:
        raise _BadUrlError("missing ']' in host")
    port = host[end + 1 :]
    _check_port(port)
    name = host[1:end]
    zone = name.find("%25")
    name = _unescape_host(name) if zone < 0 else _unescape_host(name[:zone]) + _unescape_zone(name[zone:])
    try:
        version = check_address(_as_text(name))
    except AddressError as error:
        raise _BadUrlError(f"invalid host: {_as_bytes(str(error))}") from None
    if version == 4:
        raise _BadUrlError("invalid IP-literal")
    return f"[{name}]{port}"


def _check_port(port: str) -> None:
    if not _PORT.match(port):
        raise _BadUrlError(f"invalid port {_quoted(port)} after host")


def _hostname(host: str) -> str:
    colon = host.rfind(":")
    if colon >= 0 and _PORT.match(host, colon):
        host = host[:colon]
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def _unescape(text: str) -> str:
    if "%" not in text:
        return text
    for escape in _ESCAPE.finditer(text):
        _check_escape(text, escape)
    return _decoded(text)


def _check_escape(text: str, escape: re.Match[str]) -> None:
    if escape[1] is None:
        raise _BadUrlError(f"invalid URL escape {_quoted(text[escape.start() : escape.start() + 3])}")


def _decoded(text: str) -> str:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)


def _unescape_host(text: str) -> str:
    """Host names may escape what is not ASCII, and the percent sign."""
    return _unescape_in_host(text, lambda code: code >= 0x80)


def _unescape_zone(text: str) -> str:
    """Zones may also escape what would stand in a host as itself, and blanks."""
    return _unescape_in_host(text, lambda code: code == ord(" ") or chr(code) in _HOST)


def _unescape_in_host(text: str, allowed: Callable[[int], bool]) -> str:
    if _HOST.issuperset(text):
        return text
    for match in _NOT_IN_HOST.finditer(text):
        found = match[0]
        if found == "%":
            escape = _ESCAPE.match(text, match.start())
            assert escape is not None
            _check_escape(text, escape)
            if escape[0] != "%25" and not allowed(int(escape[1], 16)):
                raise _BadUrlError(f"invalid URL escape {_quoted(escape[0])}")
        else:
            raise _BadUrlError(f"invalid character {_quoted(found)} in host name")
    return _decoded(text)


def _escape(text: str, plain: frozenset[str]) -> str:
    if plain.issuperset(text):
        return text
    return "".join(byte if byte in plain else f"%{ord(byte):02X}" for byte in text)


def _format(url: _Url) -> str:
    before_path = f"{url.scheme}:" if url.scheme else ""
    if url.opaque:
        text = before_path + url.opaque
    else:
        authority = "" if url.user is None else f"{url.user}@"
        authority += _escape(url.host, _HOST)
        if url.host or url.user is not None or (url.scheme and url.path):
            before_path += "//" + authority
        path = url.path if url.path == "*" else _escape(url.path, _PATH)
        if path and url.host and not path.startswith("/"):
            path = "/" + path
        if not before_path and ":" in path.partition("/")[0]:
            path = "./" + path
        text = before_path + path
    if url.query:
        text += f"?{url.query}"
    if url.fragment:
        text += f"#{_escape(url.fragment, _FRAGMENT)}"
    return text
