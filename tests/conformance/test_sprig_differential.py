"""The function library beside real Helm, on texts, numbers, expressions, versions, URLs and dates that nobody chose.

One template loops over a batch of inputs, so that Helm answers many in a millisecond. Errors end a template: functions
that refuse are asked one input at a time.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.engines.sprig.regexp_syntax import RegexpError, translate
from tests.conformance import helm_oracle
from tests.conformance.test_sprig import outcome

pytestmark = pytest.mark.oracle

BATCH: Final = 40
EXAMPLES: Final = 12

bounded = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),  # a batch that disagrees is short enough to be read as it is
)

Text = st.SearchStrategy[str]


def helm(template: str, values: dict[str, Any]) -> dict[str, str]:
    rendered, error = helm_oracle.required()({"t.yaml": template}, values)
    return {"want": rendered["t.yaml"]} if error is None else {"error": error}


def agree(template: str, values: dict[str, Any]) -> None:
    floats = json.loads(json.dumps(values), parse_int=float)
    assert outcome(template, floats) == helm(template, values), (template, values)


def agree_on_each(expression: str, inputs: Sequence[Any]) -> None:
    agree(f"{{{{ range .Values.inputs }}}}{expression}\n{{{{ end }}}}", {"inputs": list(inputs)})


def made_of(alphabet: str, most: int) -> Text:
    return st.text(st.sampled_from(alphabet), max_size=most)


def joined(pieces: Sequence[str], most: int, least: int = 0) -> Text:
    return st.lists(st.sampled_from(pieces), min_size=least, max_size=most).map("".join)


def batches(one: st.SearchStrategy[Any], size: int = BATCH) -> st.SearchStrategy[list[Any]]:
    return st.lists(one, min_size=size, max_size=size)


TEXTS: Final = made_of("aAbB1_- .éÀ☃\n日ǅß/ΣxyXYZ09\u00a0,'", 14)
TEXT_EXPRESSIONS: Final = {
    "camelcase": "{{ camelcase . | quote }}",
    "snakecase": "{{ snakecase . | quote }}{{ kebabcase . | quote }}",
    "title": "{{ title . | quote }}{{ untitle . | quote }}{{ swapcase . | quote }}",
    "letters": "{{ upper . | quote }}{{ lower . | quote }}{{ initials . | quote }}{{ nospace . | quote }}",
    "wrap": '{{ wrap 4 . | quote }}{{ wrapWith 3 "é" . | quote }}',
    "abbreviations": "{{ abbrev 5 . | quote }}{{ abbrevboth 5 8 . | quote }}",
    "cut": "{{ trunc 3 . | quote }}{{ trunc -3 . | quote }}{{ substr 1 4 . | quote }}{{ trim . | quote }}",
    "split": '{{ splitList "a" . | toJson }}{{ splitn "" 3 . | toJson }}{{ replace "" "-" . | quote }}',
    "paths": "{{ clean . }}|{{ base . }}|{{ dir . }}|{{ ext . }}",
    "written": "{{ quote . }}{{ toJson . }}{{ squote . }}{{ b64enc . }}{{ b32enc . }}{{ sha256sum . }}",
}


@pytest.mark.parametrize("title", TEXT_EXPRESSIONS)
@bounded
@given(inputs=batches(TEXTS))
def test_text(title: str, inputs: list[str]) -> None:
    agree_on_each(TEXT_EXPRESSIONS[title], inputs)


@bounded
@given(inputs=batches(made_of("0123456789.eE+-_xXbBoOnaifINF ", 8)))
def test_numbers_from_text(inputs: list[str]) -> None:
    agree_on_each("{{ int . }}|{{ int64 . }}|{{ float64 . }}|{{ atoi . }}|{{ toDecimal . }}", inputs)


FLOATS: Final = st.one_of(
    st.floats(-1e6, 1e6), st.integers(-1000, 1000), st.integers(-(10**6), 10**6).map(lambda number: number / 1000)
)


@bounded
@given(inputs=batches(st.tuples(FLOATS, FLOATS, st.integers(-3, 8))))
def test_arithmetic(inputs: list[tuple[float, float, int]]) -> None:
    expression = (
        "{{ $a := index . 0 }}{{ $b := index . 1 }}{{ addf $a $b }}|{{ subf $a $b }}|{{ mulf $a $b }}|"
        "{{ if ne (float64 $b) 0.0 }}{{ divf $a $b }}{{ end }}|{{ round $a (int (index . 2)) }}|{{ floor $a }}|"
        "{{ ceil $b }}|{{ add $a $b }}|{{ mul $a $b }}|{{ if int64 $b }}{{ div $a $b }} {{ mod $a $b }}{{ end }}|"
        "{{ seq (int (mod $a 40)) (int (mod $b 40)) }}|{{ untilStep (int (mod $a 40)) (int (mod $b 40)) 3 }}"
    )
    agree_on_each(expression, inputs)


ATOMS: Final = (
    "a", "b", "é", "ab", ".", r"\d", r"\w", r"\s", r"\b", "^", "$", "[a-c]", "[^ab]", "[[:alpha:]]", r"\pL", "(a)",
    "(a|b)", "(?:ab|a)", "(?i:A)", "(?P<n>b)", "x?", "(?s:.)", r"\B", "(a*)", "(b+)", "()", "|", "[é-ü]", r"\x61",
    r"\n", "(?m)", "(?U)", "(?i)", r"\Qa.b\E", "(?:a|)", "(|a)",
)  # fmt: skip
REPEATS: Final = ("", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{2,3}?", "{0}")
EXPRESSIONS: Final = st.lists(
    st.tuples(st.sampled_from(ATOMS), st.sampled_from(REPEATS)).map("".join), min_size=1, max_size=5
).map("".join)


def is_expression(text: str) -> bool:
    """Whether we take it for one, so that Helm can be asked about many at once. If we are wrong, Helm says so."""
    try:
        translate(text)
    except RegexpError:
        return False
    return True


SEARCHED: Final = st.lists(made_of("aabbé1 \nxB.", 8), min_size=4, max_size=4)


@bounded
@given(inputs=batches(st.tuples(EXPRESSIONS.filter(is_expression), SEARCHED)))
def test_regular_expressions(inputs: list[tuple[str, list[str]]]) -> None:
    expression = (
        "{{ $p := index . 0 }}{{ range index . 1 }}{{ regexMatch $p . }}{{ regexFind $p . | quote }}"
        "{{ regexFindAll $p . -1 | toJson }}{{ regexFindAll $p . 2 | toJson }}{{ regexSplit $p . -1 | toJson }}"
        '{{ regexSplit $p . 2 | toJson }}{{ regexReplaceAll $p . "<$0|$1|${n}>" | quote }}\n{{ end }}'
    )
    agree_on_each(expression, inputs)


@settings(bounded, max_examples=250)
@given(expression=made_of("ab()[]{}*+?|\\^$.-,:<>=!P0123456789ismUdpLQExzZ", 8))
def test_what_is_no_regular_expression(expression: str) -> None:
    agree('{{ mustRegexFind .Values.expression "ab" | quote }}', {"expression": expression})


NUMBERS: Final = st.sampled_from(("0", "1", "2", "10"))
PRERELEASES: Final = st.sampled_from(("", "", "", "-0", "-alpha", "-beta.1", "-a.b.c", "-alpha.10", "-9"))
VERSIONS: Final = st.tuples(
    st.sampled_from(("", "", "v")), st.lists(NUMBERS, min_size=1, max_size=3).map(".".join), PRERELEASES
).map("".join)
WANTED: Final = st.tuples(
    st.sampled_from(("", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^")),
    st.sampled_from(("", "", " ")),
    st.lists(st.sampled_from(("0", "1", "2", "10", "x", "*")), min_size=1, max_size=3).map(".".join),
    PRERELEASES,
).map("".join)
CONSTRAINTS: Final = st.one_of(
    WANTED,
    st.tuples(WANTED, st.sampled_from((", ", " ", ",", " || ", "||")), WANTED).map("".join),
    st.tuples(VERSIONS, st.just(" - "), VERSIONS).map("".join),
)


@bounded
@given(inputs=batches(st.tuples(CONSTRAINTS, st.lists(VERSIONS, min_size=8, max_size=8))))
def test_versions(inputs: list[tuple[str, list[str]]]) -> None:
    agree_on_each("{{ $c := index . 0 }}{{ range index . 1 }}{{ semverCompare $c . }} {{ end }}", inputs)


@settings(bounded, max_examples=150)
@given(constraint=st.one_of(made_of("012.x*<>=~^, |-v", 8), CONSTRAINTS.map(lambda text: text + "-01")))
def test_what_is_no_constraint(constraint: str) -> None:
    agree('{{ semverCompare .Values.constraint "1.2.3" }}', {"constraint": constraint})


@settings(bounded, max_examples=60)
@given(left=st.one_of(VERSIONS, made_of("012.-+va ", 8)), right=VERSIONS)
def test_versions_as_objects(left: str, right: str) -> None:
    template = (
        "{{ $a := semver .Values.left }}{{ $b := semver .Values.right }}{{ $a }} {{ $a.Original }} {{ $a.Compare $b }} "
        "{{ $a.Equal $b }} {{ $a.IncMinor }} {{ $a.IncPatch.String }} {{ $a.Prerelease }}"
    )
    agree(template, {"left": left, "right": right})


URL_PIECES: Final = (
    "http", "http://", "://", "//", "/", "a", "b.c", ":", "80", "@", "?", "#", "%41", "%zz", "%2", "[::1]", "[", "]",
    "é", " ", "u:p", "x=1", "&", "*", "..", "%e9", "<", '"', "%25", "+",
)  # fmt: skip


@settings(bounded, max_examples=500)
@given(url=joined(URL_PIECES, 6, 1) | joined(URL_PIECES, 4, 1).map("http://{}".format))
def test_urls(url: str) -> None:
    agree("{{ $u := urlParse .Values.url }}{{ toJson $u }} {{ urlJoin $u }}", {"url": url})


@settings(bounded, max_examples=100)
@given(
    parts=st.dictionaries(
        st.sampled_from(("scheme", "host", "path", "query", "opaque", "fragment", "userinfo")), joined(URL_PIECES, 2)
    )
)
def test_urls_from_parts(parts: dict[str, str]) -> None:
    agree("{{ urlJoin .Values.parts }}", {"parts": parts})


ELEMENTS: Final = (
    "2006", "06", "01", "1", "Jan", "January", "02", "2", "_2", "002", "__2", "15", "03", "3", "04", "4", "05", "5",
    ".000", ".999", ",00", "PM", "pm", "MST", "-0700", "-07:00", "Z07:00", "-07", "Z0700", "Mon", "Monday", "-07:00:00",
)  # fmt: skip
LAYOUTS: Final = st.lists(
    st.tuples(st.sampled_from(ELEMENTS), st.sampled_from((" ", "-", "/", ":", "T", ", ", ""))).map("".join),
    min_size=1,
    max_size=6,
).map("".join)
SHORT_LAYOUTS: Final = ("06", "06", "2006-01-02", "15:04", "002 2006")
STAMPS: Final = (
    "2023-03-05T07:08:09.012345678Z",
    "1999-12-31T23:59:59Z",
    "2024-02-29T00:00:00.5+05:30",
    "0001-01-01T12:00:00Z",
    "9999-12-31T13:01:02.1-11:45",
)


@pytest.mark.parametrize("stamp", STAMPS)
@bounded
@given(inputs=batches(LAYOUTS))
def test_layouts(stamp: str, inputs: list[str]) -> None:
    time = f'(mustToDate "2006-01-02T15:04:05.999999999Z07:00" "{stamp}")'
    agree_on_each(f"{{{{ {time}.Format . | quote }}}}", inputs)


@pytest.mark.parametrize("stamp", STAMPS)
@settings(bounded, max_examples=60)
@given(layout=LAYOUTS, cut=st.integers(0, 30), put=st.sampled_from(("", "", "", "x", "9", " ", ":")))
def test_reading_times(stamp: str, layout: str, cut: int, put: str) -> None:
    written = helm(
        '{{ (mustToDate "2006-01-02T15:04:05.999999999Z07:00" .Values.stamp).Format .Values.layout }}',
        {"layout": layout, "stamp": stamp},
    )["want"]
    changed = written[:cut] + put + written[cut + len(put) :]
    agree("{{ mustToDate .Values.layout .Values.text }}", {"layout": layout, "text": changed})


@bounded
@given(inputs=batches(st.tuples(st.sampled_from(SHORT_LAYOUTS), made_of("0123456789-: ", 9))))
def test_reading_short_times(inputs: list[tuple[str, str]]) -> None:
    agree_on_each("{{ toDate (index . 0) (index . 1) }}", inputs)


def test_reading_all_short_years() -> None:
    agree_on_each('{{ toDate "06" . }}', [f"{year:02}" for year in range(100)])


EDGES: Final = [
    edge + more for edge in (0, 10**3, 10**6, 10**9, 6 * 10**10, 36 * 10**11, -(10**3), -(10**9)) for more in (-1, 0, 1)
]
DURATION_PIECES: Final = (
    "1", "2.5", "0", ".5", "h", "m", "s", "ms", "us", "µs", "ns", "-", "+", "x", "1h", "30m", "9", "999999999", ".",
)  # fmt: skip


@bounded
@given(inputs=batches(joined(DURATION_PIECES, 5)))
def test_durations(inputs: list[str]) -> None:
    agree_on_each('{{ durationRound . }} {{ duration . }} {{ dateModify . (toDate "2006" "2020") }}', inputs)


@bounded
@given(inputs=batches(st.one_of(st.sampled_from(EDGES), st.integers(-(10**13), 10**13))))
def test_durations_as_objects(inputs: list[int]) -> None:
    expression = (
        '{{ $zero := toDate "2006" "2020" }}{{ $d := (dateModify (printf "%dns" (int64 .)) $zero).Sub $zero }}'
        "{{ $d }} {{ $d.Hours }} {{ $d.Minutes }} {{ $d.Seconds }} {{ $d.Milliseconds }} {{ durationRound (int64 .) }}"
    )
    agree_on_each(expression, inputs)


@settings(bounded, max_examples=100)
@given(duration=joined(DURATION_PIECES, 5))
def test_what_is_no_duration(duration: str) -> None:
    agree('{{ mustDateModify .Values.d (toDate "2006" "2020") }}', {"d": duration})


# Not those whose rules change so often that this machine's data and ours may differ.
ZONES: Final = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Asia/Tehran",
)


@pytest.mark.parametrize("zone", ZONES)
@settings(bounded, max_examples=4)
@given(inputs=batches(st.integers(-4 * 10**9, 8 * 10**9), 100))
def test_zones(zone: str, inputs: list[int]) -> None:
    layout = "2006-01-02 15:04:05 MST -07:00:00 Mon 002"
    agree_on_each(f'{{{{ dateInZone "{layout}" (int64 .) "{zone}" }}}}', inputs)


JSON_SCALARS: Final = st.sampled_from((None, True, False, 0, 1, 1.5, "", "x", "<é>", -3, 1e21, 1e-7, "a\nb"))
JSON_VALUES: Final = st.recursive(
    JSON_SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abcde"), inner, max_size=3)),
    max_leaves=6,
)
MAPS: Final = st.dictionaries(st.sampled_from("abcde"), JSON_VALUES, max_size=4)
VALUE_EXPRESSIONS: Final = {
    "json": "{{ toJson . }}{{ toPrettyJson . }}{{ toRawJson . }}",
    "text": '{{ index . 0 | toString }}|{{ quote (index . 0) (index . 1) }}|{{ squote . }}|{{ join "," (index . 0) }}',
    "equality": "{{ deepEqual (index . 0) (index . 1) }}{{ has (index . 0) (list (index . 1) nil 1.5) }}"
    "{{ uniq (list (index . 0) (index . 1) (index . 0)) }}{{ without . (index . 0) }}{{ compact . }}",
    "defaults": "{{ default (index . 0) (index . 1) | toJson }}{{ empty (index . 0) }}"
    "{{ coalesce (index . 0) (index . 1) | toJson }}{{ all (index . 0) (index . 1) }}",
    "types": "{{ typeOf (index . 0) }}{{ kindOf (index . 1) }}{{ int (index . 0) }}{{ float64 (index . 1) }}",
    "copies": "{{ deepCopy . | toJson }}{{ toStrings (index . 0) | toJson }}{{ sortAlpha (index . 0) | toJson }}",
    "toml": '{{ toToml (dict "a" (index . 0) "b" (index . 1)) }}',
}  # fmt: skip


@pytest.mark.parametrize("title", VALUE_EXPRESSIONS)
@bounded
@given(inputs=batches(st.tuples(JSON_VALUES, JSON_VALUES), 20))
def test_values(title: str, inputs: list[Any]) -> None:
    agree_on_each(VALUE_EXPRESSIONS[title], inputs)


@bounded
@given(inputs=batches(st.tuples(MAPS, MAPS), 20))
def test_merging(inputs: list[Any]) -> None:
    expression = (
        "{{ merge (deepCopy (index . 0)) (index . 1) | toJson }}{{ mergeOverwrite (deepCopy (index . 0)) (index . 1) "
        '| toJson }}{{ pick (index . 0) "a" "b" | toJson }}{{ omit (index . 0) "a" | toJson }}{{ toToml (index . 1) }}'
    )
    agree_on_each(expression, inputs)


@bounded
@given(inputs=batches(made_of("aAZ+/=\n9-", 10)), others=batches(made_of("AZ27=\n1", 12)))
def test_broken_encodings(inputs: list[str], others: list[str]) -> None:
    agree_on_each("{{ b64dec . | quote }}", inputs)
    agree_on_each("{{ b32dec . | quote }}", others)


TOML_LINES: Final = (
    "a = 1", "b = 1.5", 'c = "x\\ty"', "[t]", "[t.u]", "[[r]]", "d = [1, 2,]", "e = {f = 1, g = [true]}", "a.b = 2",
    "# c", "", "", "'q r' = 'raw\\'", "h = 2020-01-02", "i = 0x1F", 'j = """\nm\\\n   n"""', "k = inf", "[r.s]",
    "a = 2", "= 1", "l = 1__0", "[", "m = [", "n = tru", 'o = "\\q"', "[t]x", "p = 1 q", "é = 1",
)  # fmt: skip


@bounded
@given(inputs=batches(st.lists(st.sampled_from(TOML_LINES), min_size=1, max_size=5).map("\n".join), 80))
def test_toml(inputs: list[str]) -> None:
    agree_on_each("{{ fromToml . | toJson }}", inputs)
