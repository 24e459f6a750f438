"""Where secrets stand in manifests that people write: none of them is seen, and what is none stays."""

import base64
import json
import re
from typing import Any

import pytest

from generator.stages.review.masks import Masker, is_secret_name

SECRET = "zebra7Kw9"
CODED = base64.b64encode(f"password={SECRET}".encode()).decode()

TEXTS = {
    "account key": f"DefaultEndpointsProtocol=https;AccountKey={SECRET};EndpointSuffix=core",
    "ADO": f"Server=db;User Id=sa;Password={SECRET};Encrypt=true",
    "basic": "Authorization: Basic " + base64.b64encode(f"u:{SECRET}".encode()).decode(),
    "base64": CODED,
    "block of YAML": f"db:\n  user: x\n  password: >-\n    {SECRET}\n  port: 1\n",
    "block of YAML with a blank line": f"password: |\n  first\n\n  {SECRET}\nport: 1\n",
    "curl": f"curl -s -u admin:{SECRET} http://x",
    "curl's long option": f"curl --user 1000:{SECRET} http://x",
    "basic of a word": "Basic " + base64.b64encode(f"{SECRET}:".encode()).decode(),
    "discord": f"https://discord.com/api/webhooks/1/{SECRET}",
    "docker's config": json.dumps({"auths": {"r": {"auth": base64.b64encode(f"u:{SECRET}".encode()).decode()}}}),
    "environment of a command": f"REDISCLI_AUTH={SECRET} redis-cli ping",
    "erlang": f"erlang_cookie = {SECRET}",
    "etcdctl": f"etcdctl --user root:{SECRET} get x",
    "GitHub": f"github_pat_11ABCDEFG0{SECRET}aaaaaaaaaaaaaaaaaaaa",
    "Go's MySQL": f"app:{SECRET}@tcp(db:3306)/app",
    "JDBC": f"jdbc:postgresql://db/x?user=a&password={SECRET}&ssl=true",
    "JSON in an annotation": json.dumps({"db": {"user": "u", "password": SECRET}}),
    "list of YAML": f"passwords:\n  - other\n  - {SECRET}\nport: 1\n",
    "mongosh": f"mongosh -u root -p {SECRET} --quiet",
    "mysql": f"mysql -uroot -p{SECRET} -e x",
    "netrc": f"machine h login u password {SECRET}",
    "OpenAI": f"sk-proj-{SECRET}aaaaaaaaaaaaaaaaaaaaaaa",
    "pgpass": f"db:5432:*:app:{SECRET}",
    "role": f"CREATE USER app WITH PASSWORD '{SECRET}';",
    "role of MySQL": f"ALTER USER x IDENTIFIED BY '{SECRET}'",
    "SAS": f"https://x.blob.core.windows.net/c?sv=1&sig={SECRET}%3D",
    "Sentry": f"https://{SECRET}0123456789abcdef@sentry.io/1",
    "Slack": f"https://hooks.slack.com/services/T0/B0/{SECRET}abc",
    "SQLAlchemy": f"mysql+pymysql://root:{SECRET}@db/x",
    "vault": f"hvs.{SECRET}aaaaaaaaaaaaaaaaaaaa",
    "XML": f"<password>{SECRET}</password>",
}

MAPS: dict[str, dict[str, Any]] = {
    "creds": {"name": "CREDS", "value": f"user/{SECRET}"},
    "Rails": {"name": "SECRET_KEY_BASE", "value": SECRET},
    "RabbitMQ": {"name": "RABBITMQ_ERLANG_COOKIE", "value": SECRET},
    "hash": {"ADMIN_PASSWORD_HASH": SECRET},
    "keys": {"ENCRYPTION_KEYS": SECRET},
    "salt": {"SIGNING_SALT": SECRET},
    "userlist": {"userlist.txt": f'"app" "{SECRET}"'},
    "htpasswd": {"htpasswd": f"admin:$apr1${SECRET}"},
    "probe": {"command": ["/usr/bin/redis-cli", "-a", SECRET, "ping"]},
    "short option": {"args": ["-p", SECRET]},
    "NATS": {"args": ["--auth", SECRET]},
    "binary": {"binaryData": {"x": CODED}},
}


def whole(text: str) -> str:
    """*text*, and what the words in it are in base64."""
    words = [word for word in re.findall(r"[A-Za-z0-9+/]{8,}", text) if len(word) % 4 != 1]
    return text + "".join(base64.b64decode(word + "===").decode("latin-1") for word in words)


@pytest.mark.parametrize("name", TEXTS)
def test_a_secret_in_a_text_is_masked(name: str) -> None:
    shown = Masker(b"salt").object({"data": {"file": TEXTS[name]}})["data"]["file"]
    assert SECRET not in whole(shown)
    assert "(masked " in shown
    other = Masker(b"salt").object({"data": {"file": TEXTS[name].replace(SECRET, "other1Xy2")}})["data"]["file"]
    if CODED[-12:] not in TEXTS[name] and "Basic" not in TEXTS[name] and "auths" not in TEXTS[name]:
        assert other != shown, "that it changed shows"


@pytest.mark.parametrize("name", MAPS)
def test_a_secret_by_its_name_or_its_place_is_masked(name: str) -> None:
    shown = json.dumps(Masker(b"salt").object(MAPS[name]))
    assert SECRET not in whole(shown)
    assert "(masked " in shown


@pytest.mark.parametrize(
    "body",
    [
        {"args": ["-p", "8080"]},
        {"args": ["-p", "/etc/x1.conf"]},
        {"args": ["--auth", "scram"]},
        {"text": 'if [ -n "${REPLICATION_PASSWORD:-}" ]; then'},
        {"text": "MYSQL_PWD='' mariadb-admin ping"},
        {"text": "https://git@github.com/x/y.git"},
        {"text": "registry.example.com/redis@sha256:0123456789abcdef0123456789abcdef"},
        {"text": "aGVsbG8gd29ybGQsIHRoaXMgaXMgcGxhaW4="},
        {"middleware.io/values-hash": "0123456789abcdef"},
        {"secretKeyRef": {"name": "x", "key": "password"}},
        {"tls": {"secretName": "x"}},
        {"hash": "0123456789"},
        {"cookie": "session"},
        {"text": "secrets:\n  - name: x\n"},
        {"text": "chown --user 1000:1000 /data"},
        {"text": "docker run --user=1000:1000"},
        {"text": "basic authentication is off"},
        {"text": "Basic configuration, as it stands"},
        {"text": "requirepass `cat /run/secrets/p`"},
        {"text": "password: {{ .Values.auth.password }}"},
        {"text": "existingSecret: orders-auth"},
        {"text": "secret: false"},
        {"secret": "true"},
    ],
)
def test_what_is_no_secret_stays(body: dict[str, Any]) -> None:
    assert Masker(b"salt").object(body) == body


@pytest.mark.parametrize("name", ["userlist.txt", ".pgpass", "netrc", "accountKey", "MASTER_KEY", "db-creds"])
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["hash", "salt", "base", "cookie", "key", "existingSecret", "secretName"])
def test_names_of_what_is_none(name: str) -> None:
    assert not is_secret_name(name)


def test_a_block_of_yaml_ends_where_its_indentation_does() -> None:
    shown = Masker(b"salt").text(f"db:\n  password: |\n    {SECRET}\n    more\n  port: 1\n")
    assert shown.endswith("bytes)\n  port: 1\n")


def test_a_line_is_masked_to_its_end_without_the_comma_behind_it() -> None:
    shown = Masker(b"salt").text(f'password: one, "two" {SECRET} , \nport: 1')
    assert re.fullmatch(r"password: \(masked [0-9a-f]{8}, 20 bytes\) , \nport: 1", shown)


HARD = (
    "password: a{} b", "password a{} b", "password:{}", "password: |{}", "passwords:{}- a", "user{} x", "curl{} -u x:",
    "--user{}1:", "basic{}a",
    "a:1:b:c:d{} e", "login{} password", "--password{}", "<password{}>", "https://{}@", "identified{}by x", "mysql{}-p",
)  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_a_long_text_is_done_with(text: str) -> None:
    """Each text is put together so that a pattern which tries everything twice would take hours for it."""
    for filling in (" ", "\t", ",", " ,", "\n", " \n", "a", "a:", "-", "'", '"', "password ", "curl ", "<password"):
        long = text.format(filling * (4_000 // len(filling)))
        Masker(b"salt").text(long)
        Masker(b"salt").text(f"{long}\n" * 2)
