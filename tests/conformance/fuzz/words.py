"""Random literals by kind: texts of all sorts, numbers, layouts, versions, patterns. Equal seeds give equal ones.

A kind is a letter, as `library` uses them: what the text is made for, not what it must be.
"""

import json
from random import Random
from typing import Final

from tests.conformance.yaml.generate import Generator

WORDS: Final = (
    "", "a", "b", "hello", "hello world", "The quick  brown fox", "foo_bar-baz", "HTTPServer2Go", "camelCase", "ID",
    "héllo ☃", "日本語 テキスト", "ǅ ß ŉ", "ÀÉÎ", "e\u0301", "\U0001f600 x", "x\u200by", "\ufeffbom", "a\u00a0b",
    "it's",
    'say "q"', "back\\slash", "tab\there", "a\nb\n", "  lead", "trail  ", "\r\n", "line1\nline2\n\nline4", "a,b,,c",
    "true", "false", "yes", "null", "~", "0", "1", "-1", "12", "1.5", "1e3", "0x1F", "010", "1_000", "NaN", "inf",
    "08", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1:20", "2024-02-29", "=", "<<",
    "- x", "k: v", "#c", "{}", "[]", "{a: 1}", "[1, a]", "%d", "%s", "100%", "<a href='x'>&amp;</a>", "a=b&c=d",
    "$1", "${x}", "{{ 1 }}", "a.b.c", "/usr/local/../bin", "file.tar.gz", "x" * 40, "word " * 25, "a/b/c.txt",
    "user@example.com", "Zz9_",
)  # fmt: skip
BYTES: Final = ("\\xff", "\\xc3", "\\xe2\\x98", "\\x00", "\\u2028", "\\x7f", "\\x1b", "\\ufffd")
NAMES: Final = ("a", "b", "c", "d", "k", "x", "y", "name", "v", "in", "zz", "", "A", "10", "é", "a.b")
VERSIONS: Final = (
    "1.2.3", "v1.2.3", "1.2", "1", "v1", "1.2.3-alpha.1", "1.2.3+build.5", "1.2.3-0", "0.0.0", "10.20.30",
    "1.2.3-rc.1+b", "01.2.3", "1.2.3.4", "", "x", "1.2.x", "v1.36.0", "1.29.3-gke.1245000", " 1.2.3",
    "18446744073709551616.0.0", "1.-2.3",
)  # fmt: skip
CONSTRAINTS: Final = (
    "^1.2", ">=1.19-0", ">1.0 <2.0", "~1.2.3", "1.x", "*", "", "1.2 - 2.3", "=1.2.3", "!=1.2.3", "^0.0.3", "~0",
    "1.2.3 || 2", ">= 1.0.0, < 1.5.0", "^1.2.3-beta", "=> 1", "=< 2", "~> 1.2", "1.*.3", "abc", ">", "^", "1.2.3-",
    ">=1.2.3+b", "x.y.z",
)  # fmt: skip
LAYOUTS: Final = (
    "2006-01-02", "2006-01-02T15:04:05Z07:00", "Mon Jan _2 15:04:05 2006", "02 Jan 06 15:04 MST", "3:04PM",
    "Jan _2 15:04:05.000", "2006-01-02 15:04:05.999999999 -0700 MST", "", "x", "002", "__2", "2006", "06", "15",
    "03", "pm", ".000", ",999", "Z0700", "-07", "January Monday", "1/2/06", "02.01.2006", "20060102150405",
    "Jan 2, 2006 at 3:04pm (MST)",
)  # fmt: skip
STAMPS: Final = (
    "2024-02-29", "1999-12-31", "2023-03-05", "0001-01-01", "9999-12-31", "2023-13-01", "2023-02-30", "", "x",
    "1970-01-01", "2006-01-02T15:04:05Z", "2023-03-05T07:08:09.012345678+05:30", "2024-03-31T02:30:00Z", "3:04PM",
    "1677-09-21", "2262-04-12",
)  # fmt: skip
ZONES: Final = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "",
    "Local",
    "Nowhere/At_All",
    "Asia/Tokyo",
    "../etc",
)
DURATIONS: Final = (
    "1h", "90m", "1h30m5s", "-5m", "300ms", "1.5h", "24h", "8760h", "0", "", "x", "1d", "95", "3600", "1us", "2µs",
    "-1.5s", "2562047h47m16.854775807s", "9999999h", "+1h", "1h-1m", ".5s", "1s1s",
)  # fmt: skip
PATTERNS: Final = (
    "a", "[a-z]+", "^h", "o$", "(l)(l)?", "l*", "", ".", "\\d+", "\\w", "\\s+", "[^a-z]", "(?i)HELLO", "a|b|",
    "(?P<n>h)e", "\\b", "(", "[", "a**", "a{2,1}", "x{1001}", "\\pL", "\\p{Greek}", "(?=a)", "\\1", "[[:upper:]]",
    "(?s).", "(?m)^", "\\x{10FFFF}", "é", "[é-ü]+", "\\.", "$", "^$", "(a+)(b+)?", "(?U)l+", "\\Qa.b\\E", "\\z",
    "\\C", ".*?o",
)  # fmt: skip
REPLACEMENTS: Final = ("", "_", "$1", "${1}x", "$1W", "$$", "${n}", "$0$0", "$", "${", "$2", "a$", "<$1|$2>", "é")
URLS: Final = (
    "https://user:pw@example.com:8443/p/a?q=1#frag", "http://h", "//h/p", "/p?q", "mailto:a@b", "http://[::1]:80/",
    "a b", "%zz", "", "http://h/%41%2f", "http://ü.de/é", "urn:x:y", "http://h?#", ":", "http://h:port", "x://u@h",
    "?a=b;c", "http://a/b/../c",
)  # fmt: skip
TYPES: Final = (
    "string", "int", "int64", "float64", "bool", "map[string]interface {}", "[]interface {}", "[]string", "[]int",
    "<nil>", "nil", "", "map[string]string", "time.Time", "*semver.Version", "common.Values", "uint8", "complex128",
    "[]uint8", "[][]interface {}",
)  # fmt: skip
KINDS: Final = (
    "string",
    "int",
    "int64",
    "float64",
    "bool",
    "map",
    "slice",
    "invalid",
    "ptr",
    "struct",
    "uint8",
    "func",
    "",
    "nil",
)
FLAGS: Final = ("", "", "", "+", "-", "#", "0", " ", "+#", "-0", "# ", "+0", "#0")
WIDTHS: Final = (
    "",
    "",
    "",
    "1",
    "5",
    "12",
    ".0",
    ".1",
    ".3",
    "8.2",
    "12.4",
    "*",
    ".*",
    "[1]",
    "[2]",
    ".",
    "5.",
    "020",
    "-3",
)
VERBS: Final = "vvvvsssdddqxXtTcUeEfFgGboOpw%zy!" + "é"

BY_KIND: Final = {
    "K": NAMES, "v": VERSIONS, "c": CONSTRAINTS, "L": LAYOUTS, "S": STAMPS, "Z": ZONES, "D": DURATIONS, "r": PATTERNS,
    "R": REPLACEMENTS, "u": URLS, "t": TYPES, "k": KINDS,
}  # fmt: skip


class Words:
    """Literals from one source of randomness, as they stand in templates."""

    def __init__(self, random: Random, seed: int) -> None:
        self.random = random
        self.yaml = Generator(seed)

    def text(self, kind: str) -> str:
        """A text that the kind is about."""
        pick = self.random.choice
        if kind in BY_KIND:
            return pick(BY_KIND[kind])
        if kind == "P":
            return self.format()
        if kind in "yjo":
            return self.document(kind)
        return pick(WORDS) if self.random.random() < 0.8 else self.yaml.text()

    def format(self) -> str:
        """A format for printf."""
        pick = self.random.choice
        pieces = []
        for _ in range(self.random.randint(1, 3)):
            pieces.append(pick(("", "", "x", " ", "|", "é", "%%")))
            pieces.append(f"%{pick(FLAGS)}{pick(WIDTHS)}{pick(VERBS)}")
        if self.random.random() < 0.03:
            pieces.append("%")
        return "".join(pieces)

    def document(self, kind: str) -> str:
        """A text of YAML, JSON or TOML, most of the time."""
        if self.random.random() < 0.3:
            return self.yaml.text()
        if kind == "o":
            lines = [f"{self.random.choice('abc')} = {self.random.choice(TOML)}" for _ in range(2)]
            return "\n".join([*lines, self.random.choice(("", "[t]\nx = 1", "[[r]]\ny = 2", "[a.b]", "#c", "x"))])
        text = json.dumps(self.yaml.tree(2), ensure_ascii=self.random.random() < 0.5)
        if kind == "y" and self.random.random() < 0.5:
            text = self.random.choice(YAML)
        return text if self.random.random() < 0.8 else self.yaml.mutated(text)

    def quoted(self, text: str) -> str:
        """A text as a literal: interpreted or raw, now and then with bytes that are no UTF-8."""
        if "`" not in text and "\r" not in text and self.random.random() < 0.25:
            return f"`{text}`"
        escaped = "".join(_ESCAPES.get(char, char) if char < " " or char in '"\\\x7f\ufeff' else char for char in text)
        if self.random.random() < 0.04:
            at = self.random.randint(0, 1)
            escaped = self.random.choice(BYTES) + escaped if at else escaped + self.random.choice(BYTES)
        return f'"{escaped}"'

    def integer(self) -> str:
        """An integer literal that is small enough to count to."""
        return str(
            self.random.choice(
                (0, 1, 1, 2, 2, 3, 4, 5, 7, 8, 10, 12, 20, -1, -2, "0x3", "1_0", "'\\x02'", "2.0", "1e1")
            )
        )

    def number(self) -> str:
        """A number of any sort."""
        pick = self.random.choice
        if self.random.random() < 0.5:
            return self.integer()
        return pick(NUMBERS)


_ESCAPES: Final = {
    **{chr(code): f"\\x{code:02x}" for code in (*range(32), 127)}, "\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"',
    "\\": "\\\\", "\ufeff": "\\ufeff",
}  # fmt: skip
NUMBERS: Final = (
    "0.5", "1.5", "-2.5", "3.14159", "1e3", "1e6", "1e21", "1e-7", "100000.0", "1234567.0", "0.1", "2.675", "-0.0",
    "1e100", "1000000", "123456789", "9223372036854775807", "-9223372036854775808", "9007199254740993", "0x7F",
    "0b101", "0o17", "1_000", "'a'", "'☃'", "4294967296", "2i", "1+2i", "0x1p4", "999999.5", "1e20",
)  # fmt: skip
TOML: Final = (
    "1", "1.5", '"x"', "'raw'", "true", "[1, 2]", "{x = 1}", "2020-01-02", "2020-01-02T03:04:05Z", "inf", "nan",
    "0x1F", "1_000", '"""m"""', "[]", "[[1], [2]]", "07:32:00", "-0", "1e3", "x", "",
)  # fmt: skip
YAML: Final = (
    "a: 1\nb: [1, 2]\n", "- a\n- b: c\n", "a: &x 1\nb: *x\n", "a: |\n  text\n  more\n", "a: >-\n  folded\n  text\n",
    "x", "1", "null", "", "# c", "---\na: 1\n---\nb: 2\n", "a: {b: c, d: [e]}", "a:\n  - b\n -c", "<<: {a: 1}\nb: 2",
    "? a\n: b", "a: !!str 1", "a: 017", "1: a\ntrue: b\n1.5: c", "null: x", "a: 1\na: 2", "[a, b", "a: b: c",
    "a: 'x", "\ta: 1", "a: 2001-01-01", "a: 1e3\nb: .inf", "%YAML 1.1", "a: !!binary aGVsbG8=",
    "a: 0o17\nb: 0b1\nc: 1_000\nd: 1:20", "on: yes\nn: no", 'a: "\\u00e9\\n"', "{a: 1, a: 2}", "- - 1\n  - 2\n",
)  # fmt: skip
