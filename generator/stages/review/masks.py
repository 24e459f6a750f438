"""Secret values out of sight, before anything is compared: what a review shows was masked first.

A mask stands for a value: equal values have equal masks within one run, so that whether something changed still
shows. The salt differs from run to run: without it, a short hash of a weak password would be as good as the password.

What is masked: the data of Secrets; values whose name says that they are secret (`password`, `API_TOKEN`, also of an
environment variable, an argument, a line of configuration); and what looks like a secret wherever it stands
(private keys, passwords in addresses, tokens of known shape). A reference to a secret is none: `$(PASSWORD)`,
`secretName`.
"""

import base64
import binascii
import hashlib
import hmac
import re
from functools import lru_cache
from typing import Any, Final, TypeAlias

from generator.model.values import Object

_MARK: Final = re.compile(r"\(masked [0-9a-f]{8}, \d+ bytes?\)")
_STAND_IN: Final = re.compile("\ue000([0-9a-f]{8})([0-9]+)\ue001")
"""What stands for a mask until all patterns have been tried: one word, which none of them takes for two."""

_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
"""kubectl's copy of the whole object, a Secret's data included."""

_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECRET_WORDS: Final = frozenset(
    {
        "authorization",
        "credential",
        "credentials",
        "creds",
        "masterauth",
        "masterpass",
        "pass",
        "passphrase",
        "passwd",
        "password",
        "passwords",
        "pw",
        "pwd",
        "requirepass",
        "secret",
        "token",
        "tokens",
    }
)
_SECRET_PAIRS: Final = frozenset(
    {
        "access",
        "account",
        "api",
        "auth",
        "authentication",
        "client",
        "encryption",
        "master",
        "private",
        "secret",
        "session",
        "shared",
        "signing",
        "ssh",
        "tls",
    }
)
"""What makes a `key` a secret one, as in `private-key`."""

_DERIVED: Final = frozenset({"base", "digest", "hash", "salt"})
"""Words behind that of a secret which give it away as well, or help to guess it."""

_SECRET_FILES: Final = re.compile(
    r"\.?(?:dockercfg|dockerconfigjson|git-credentials|htpasswd|netrc|pgpass|userlist)\b.*"
)
"""Files that hold nothing but secrets, as keys of a ConfigMap: all of each is one."""

_HOLDING_SECRETS: Final = frozenset({"credentials", "passwords", "tokens"})
"""Names of maps and lists whose values are secrets, whatever they are called."""

_REFERRING: Final = frozenset({"file", "key", "name", "namespace", "path", "ref", "secret", "user", "username"})
"""Last words of what, inside such a map, only says where a secret is."""

_NAME = (
    r"[\w.\-]*(?:pass(?:word|wd|phrase)?|pwd|(?<!existing)(?<!existing[_\-])secret|token|credentials?|masterauth"
    r"|(?:api|access|account|auth|client|encryption|master|private|secret|signing)[_\-.]?keys?"
    r"|secret[_\-.]?key[_\-.]?base|erlang[_\-.]?cookie|(?:redis|rediscli|valkeycli)_auth)"
)
_VALUE = r"""\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\s\"',;&]+"""
_HINTS: Final = (
    "pass", "pwd", "secret", "token", "credential", "key", "auth", "://", "bearer", "basic", "redis-cli", "user ",
    "user\t", "-user", "login", "mysql", "mongo", "maria", "curl", "eyj", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
    "github_pat", "glpat-", "xox", "akia", "aiza", "k_live", "cookie", "sig=", "signature=", "identified", "slack",
    "webhooks", "sk-", "hvs.", "npm_", "pypi-", "sg.", "age-", "@",
)  # fmt: skip
"""What there is in every text with a secret in it that is found by its shape, in lower case: most texts have none,
and looking for plain words is quick."""

_LEAST_COLONS: Final = 4
"""In a line of a file of passwords."""

_LINE = rf"^[ \t]*(?:[#;]+[ \t]*)?(?:-[ \t]+|export[ \t]+)?[\"']?{_NAME}[\"']?[ \t]*[=:][ \t]*+"
_SHAPES = (
    r"eyJ[\w\-]{8,}\.[\w\-]{8,}\.[\w\-]*",
    r"gh[pousr]_\w{20,}",
    r"github_pat_\w{20,}",
    r"glpat-[\w\-]{16,}",
    r"xox[abprs]-[\w\-]{10,}",
    r"AKIA[0-9A-Z]{16}",
    r"AIza[\w\-]{30,}",
    r"[sr]k_live_\w{16,}",
    r"sk-(?:proj-|ant-)?[\w\-]{20,}",
    r"hvs\.[\w\-]{20,}",
    r"npm_\w{30,}",
    r"pypi-[\w\-]{30,}",
    r"SG\.[\w\-]{16,}\.[\w\-]{16,}",
    r"AGE-SECRET-KEY-1\w{20,}",
)
_TEXTS: Final = (
    re.compile(r"(?s)(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----)(.*?)(?=-----END|\Z)"),
    re.compile(r"(\b[A-Za-z][\w+.\-]{0,30}://[^/\s:@\"']*:)([^@\s/\"']+)(?=@)"),
    # A user that is a token, and the DSN of Go's drivers, which has no scheme.
    re.compile(r"(\b[A-Za-z][\w+.\-]{0,30}://)((?=[\w\-]*[0-9])[\w\-]{20,})(?=@)"),
    re.compile(r"((?:^|(?<=[\s=\"']))[\w.\-]+:)([^\s:@\"']+)(?=@(?:tcp|unix)\()"),
    re.compile(r"(?i)(\bhooks\.slack\.com/services/|\bdiscord(?:app)?\.com/api/webhooks/)([^\s\"']+)"),
    re.compile(r"(?i)([?&](?:sig|signature|x-amz-signature|x-amz-security-token)=)([^&\s\"']+)"),
    # Blocks of YAML and lists below a name, and elements of XML.
    re.compile(
        rf"(?im)(^([ \t]*)(?:-[ \t]+)?[\"']?{_NAME}[\"']?[ \t]*:[ \t]*[|>][+\-0-9]*[ \t]*\n)"
        r"((?:[ \t]*\n|\2[ \t]+\S.*\n)*\2[ \t]+\S.*)"
    ),
    re.compile(
        r"(?im)(^[ \t]*[\w.\-]*(?:passwords|tokens|credentials|secrets)[ \t]*:[ \t]*\n)"
        r"((?:[ \t]*-[ \t]+[^\s:]+[ \t]*\n)*[ \t]*-[ \t]+[^\s:]+(?=[ \t]*$))"
    ),
    re.compile(rf"(?i)(<{_NAME}(?:[ \t][^<>]{{0,200}})?>)([^<]+)(?=</)"),
    # A whole line of configuration: everything behind the name, blanks included.
    re.compile(rf"(?im)({_LINE})((?:[^ \t\n,]+|,(?![ \t]*$)|[ \t]++(?!,?[ \t]*$))+)"),
    re.compile(rf"(?im)(^[ \t]*{_NAME}[ \t]+)([^\s=:](?:[^ \t\n]+|[ \t]++(?!$))*)"),
    # Within a line: an assignment, or the argument behind an option.
    re.compile(rf"(?i)((?<![\w.\-])(?<!\$\{{){_NAME}[\"']?(?:[ \t]*=[ \t]*|[ \t]*:[ \t]*))({_VALUE})"),
    re.compile(rf"(?i)((?:^|(?<=\s))--?{_NAME}[ \t]+)({_VALUE})"),
    re.compile(r"(?i)(\bauth-pass[ \t]+\S+[ \t]+)(\S+)"),
    re.compile(r"(\bredis-cli\b[^\n|;&]{0,400}?[ \t](?:-a|--pass)[ \t]+)(\S+)"),
    re.compile(r"(\b(?:mysql|mariadb)(?:-?(?:dump|admin|check|backup))?\b[^\n|;&]{0,400}?[ \t]-p)([^\s]+)"),
    re.compile(r"(\bmongo(?:sh|dump|restore|export|import)?\b[^\n|;&]{0,400}?[ \t]-p[ \t]+)(\S+)"),
    re.compile(
        r"((?:\bcurl\b[^\n|;&]{0,400}?[ \t](?:-u|--user)|--user(?![ \t=]+[\"']?\d+:\d+(?![^\s\"'])))"
        r"[ \t=]+[\"']?[^\s:\"']+:)([^\s\"']+)"
    ),
    re.compile(r"(?i)(\blogin[ \t]+\S+[ \t]+password[ \t]+)(\S+)"),
    re.compile(r"(?i)(\bpassword[ \t]+|\bidentified\b[^\n;']{0,80}?[ \t](?:by|as)[ \t]+)('[^'\n]+')"),
    re.compile(r"(\"auth\"[ \t]*:[ \t]*)(\"[A-Za-z0-9+/=]{8,}\")"),
    re.compile(r"(?m)(^[\w.*\-]+:(?:\d+|\*):[\w.*\-]+:[\w.*\-]+:)(\S+)[ \t]*$"),
    # What is no more than a word is prose: "basic authentication".
    re.compile(r"(?i)(\b(?:bearer|basic)[ \t]+)(?!(?-i:[A-Z]?[a-z]+)(?![A-Za-z0-9+/=_~\-]))([A-Za-z0-9+/=._~\-]{8,})"),
    re.compile(rf"()(\b(?:{'|'.join(_SHAPES)}))"),
)
"""What stands before a secret, and the secret."""

_ACL: Final = re.compile(r"(?m)^([ \t]*(?:ACL[ \t]+SETUSER|user)[ \t]+[^\n]*)$")
_ACL_PASSWORD: Final = re.compile(r"((?:^|(?<=[ \t]))[<>#])(\S+)")
_VARIABLE: Final = re.compile(r"""[\"']?(?:\$[A-Za-z_({]|`[^`\n]+`|\{\{)""")
"""What only says where a secret comes from: a variable, a command, a template."""

_NO_SECRET: Final = re.compile(r"(?i)[\"']?(?:true|false|null)[\"']?")
_EMPTY: Final = re.compile(r"(?:''|\"\")(?:\s|$)")
_OPTION: Final = re.compile(r"--?([A-Za-z][\w.\-]*)")
_CLIENT: Final = re.compile(r"(?:^|/)(?:(?:redis|valkey|keydb)-cli|mongo\w*|(?:mysql|mariadb)[\w-]*)$")
_SHORT: Final = frozenset({"a", "p"})
"""Options before a password, of these clients."""

_DOUBTFUL: Final = frozenset({"auth", "p"})
"""Options that are before a password in some programs."""

_SHORTEST_BASE64: Final = 16
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}\s*")


def is_masked(value: Any) -> bool:
    """Whether there is a mask anywhere in *value*."""
    if isinstance(value, str):
        return "(masked " in value and _MARK.search(value) is not None
    if isinstance(value, dict):
        return any(map(is_masked, value.values()))
    if isinstance(value, list | tuple):
        return any(map(is_masked, value))
    return False


@lru_cache(maxsize=10_000)
def is_secret_name(name: str) -> bool:
    """Whether a name says that its value is secret: `adminPassword`, `API_TOKEN`, `tls.key`; but not `secretName`."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words:
        return False
    last = words[-1]
    if _SECRET_FILES.fullmatch(name):
        return True
    if last in _DERIVED and len(words) > 1:
        return words[-3:-1] == ["secret", "key"] if last == "base" else words[-2] in _SECRET_WORDS | {"signing"}
    if last == "cookie":
        return len(words) > 1 and words[-2] in {"erlang", "secret"}
    if words[-2:] in (["rediscli", "auth"], ["valkeycli", "auth"], ["redis", "auth"]):
        return True
    if last == "secret" and len(words) > 1 and words[-2] == "existing":
        return False
    if last in {"key", "keys"}:
        return len(words) > 1 and words[-2] in _SECRET_PAIRS
    return last in _SECRET_WORDS or last.endswith(
        ("apikey", "password", "passwd", "passphrase", "privatekey", "secretkey")
    )


_REMEMBERED: Final = 50_000
"""Texts: manifests repeat themselves."""


Done: TypeAlias = dict[tuple[int, bool], tuple[Any, Any]]
"""Maps and lists, with what they are when masked; by identity, which they keep as they stand here, and by whether all
of it was secret."""


_PAIR: Final = re.compile(
    r"""name[\"']?[ \t]*:[ \t]*[\"']?([\w.\-]+)[\"']?[ \t]*[,\n][ \t]*[\"']?value[\"']?[ \t]*:[ \t]*"""
    r"""("[^"\n]*"|'[^'\n]*'|[^\s,}\]]+)"""
)
"""A name and a value, as environments have them, in a text of YAML or JSON."""


def secrets_in(text: str) -> set[str]:
    """What of *text*, a piece of somebody's definitions, would be masked: as it stands there, without quotes."""
    finder = _Finder()
    finder.text(text)
    pairs = {match[2] for match in _PAIR.finditer(text) if is_secret_name(match[1]) and not _VARIABLE.match(match[2])}
    return {found.strip("\"'") for found in finder.found | pairs} - {""}


class Masker:
    """Masks with one salt; make one for each run."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._known: dict[str, str] = {}

    def mask(self, value: Any) -> str:
        """What stands for a secret *value*."""
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        return _mark(self._digest(data), len(data))

    def _digest(self, data: bytes) -> str:
        return hmac.new(self._salt, data, hashlib.sha256).hexdigest()[:8]

    def object(self, body: Object, done: Done | None = None) -> Object:
        """*body* without any secret value in it. What holds none is returned as it is.

        *done* are maps and lists that were masked before; what is masked now joins them.
        """
        if body.get("kind") == "Secret" and body.get("apiVersion") == "v1":
            body = {
                **body,
                **{
                    field: {key: self._secret_datum(field, text) for key, text in body[field].items()}
                    for field in ("data", "stringData")
                    if isinstance(body.get(field), dict)
                },
            }
        return self._map(body, {} if done is None else done, secret=False)

    def text(self, text: str) -> str:
        """*text* without what looks like a secret in it."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            inside = _decoded(text)
            if inside is not None and self.text(inside) != inside:
                known = self._known[text] = self.mask(text)
                return known
            known = text
            if not _may_hold_secrets(text):
                self._known[text] = text
                return text
            for pattern in _TEXTS:
                known = pattern.sub(self._part, known)
            known = _ACL.sub(lambda line: _ACL_PASSWORD.sub(self._part, line[0]), known)
            known = _STAND_IN.sub(lambda found: _mark(found[1], int(found[2])), known)
            self._known[text] = known
        return known

    def _part(self, match: re.Match[str]) -> str:
        lead, value = match[1], match.groups()[-1]
        if (
            not value
            or _EMPTY.match(value)
            or _VARIABLE.match(value)
            or _NO_SECRET.fullmatch(value)
            or _STAND_IN.fullmatch(value.strip("\"'"))
            or _MARK.fullmatch(value)
        ):
            return match[0]
        return f"{lead}\ue000{self._digest(value.encode('utf-8', 'surrogatepass'))}{len(value)}\ue001"

    def _secret_datum(self, field: str, text: Any) -> Any:
        """One value of a Secret. The same content has the same mask in `data` and in `stringData`."""
        if field == "data" and isinstance(text, str):
            try:
                return self.mask(base64.b64decode(text, validate=True))
            except (binascii.Error, ValueError):
                return self.mask(text)
        return self.mask(text)

    def _value(self, value: Any, done: Done, *, secret: bool) -> Any:
        """*value* masked; all of it where it is *secret*."""
        if isinstance(value, str):
            return self._scalar(value) if secret else self.text(value)
        if isinstance(value, dict | list):
            return self._inside(value, done, secret=secret)
        return self._scalar(value) if secret else value

    def _inside(self, value: Any, done: Done, *, secret: bool) -> Any:
        """A map or list masked, unless that is done."""
        key = (id(value), secret)
        known = done.get(key)
        if known is None:
            walk = self._map if isinstance(value, dict) else self._list
            known = done[key] = (value, walk(value, done, secret=secret))
        return known[1]

    def _scalar(self, value: Any) -> Any:
        if value is None or isinstance(value, bool) or value == "":
            return value
        if isinstance(value, str) and (_VARIABLE.match(value) or _NO_SECRET.fullmatch(value) or _MARK.fullmatch(value)):
            return self.text(value)
        return self.mask(value)

    def _map(self, value: dict[str, Any], done: Done, *, secret: bool) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        known = self._known
        for key, inner in value.items():
            kind = type(inner)
            if kind is str and not secret and not is_secret_name(key):
                masked: Any = known.get(inner) or self.text(inner)
            elif kind is dict or kind is list:
                inside = _holds_secrets(key) or (secret and not _refers(key))
                masked = self._inside(inner, done, secret=inside)
            else:
                masked = self._value(inner, done, secret=is_secret_name(key) or (secret and not _refers(key)))
            if masked is not inner:
                changed[key] = masked
        if "value" in value and isinstance(value.get("name"), str) and is_secret_name(value["name"]):
            changed["value"] = self._value(value["value"], done, secret=True)
        if _LAST_APPLIED in value:
            changed[_LAST_APPLIED] = self.mask(value[_LAST_APPLIED])
        return {**value, **changed} if changed else value

    def _list(self, value: list[Any], done: Done, *, secret: bool) -> list[Any]:
        masked: list[Any] = []
        option = doubtful = False
        short = _SHORT if any(isinstance(one, str) and _CLIENT.search(one) for one in value) else frozenset()
        for element in value:
            if type(element) is dict:
                masked.append(self._inside(element, done, secret=secret))
                option = doubtful = False
                continue
            is_text = isinstance(element, str)
            option = option or (doubtful and is_text and _looks_secret(element))
            starts = _OPTION.fullmatch(element) if is_text else None
            masked.append(self._value(element, done, secret=secret or (option and is_text and not starts)))
            option = starts is not None and (is_secret_name(starts[1]) or starts[1] in short)
            doubtful = starts is not None and starts[1] in _DOUBTFUL
        return masked if any(one is not other for one, other in zip(masked, value, strict=True)) else value


def _mark(digest: str, length: int) -> str:
    return f"(masked {digest}, {length} {'byte' if length == 1 else 'bytes'})"


def _may_hold_secrets(text: str) -> bool:
    """Whether there may be anything in *text* that one of the patterns is about."""
    folded = text.casefold()
    return any(hint in folded for hint in _HINTS) or text.count(":") >= _LEAST_COLONS


def _decoded(text: str) -> str | None:
    """What *text* says in base64, if that is a text."""
    if len(text) < _SHORTEST_BASE64 or not _BASE64.fullmatch(text):
        return None
    try:
        return base64.b64decode(text, validate=False).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _looks_secret(text: str) -> bool:
    """Whether what stands behind an option that may be about secrets is more than a mode, a number or a path."""
    return not text.startswith(("/", ".")) and any(map(str.isdigit, text)) and any(map(str.isalpha, text))


@lru_cache(maxsize=10_000)
def _holds_secrets(key: str) -> bool:
    words = _WORDS.findall(key)
    return bool(words) and words[-1].lower() in _HOLDING_SECRETS


@lru_cache(maxsize=10_000)
def _refers(key: str) -> bool:
    words = _WORDS.findall(key)
    return bool(words) and words[-1].lower() in _REFERRING


class _Finder(Masker):
    """Remembers what it has masked."""

    def __init__(self) -> None:
        super().__init__(b"")
        self.found: set[str] = set()

    def _part(self, match: re.Match[str]) -> str:
        masked = super()._part(match)
        if masked != match[0]:
            self.found.add(match.groups()[-1])
        return masked
