"""Every selector of an expression is narrowed, and nothing else about it changes."""

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.stages.expand.promql import metrics, narrowed

LABELS = {"namespace": "mw", "middleware_io_group": "orders"}
BOTH = 'middleware_io_group="orders",namespace="mw"'

ROWS = {
    "a plain selector": ("redis_up == 0", f"redis_up{{{BOTH}}} == 0"),
    "braces in a string": ('foo{a=~"x{2}"} > 1', f'foo{{a=~"x{{2}}",{BOTH}}} > 1'),
    "a range": ("rate(a[5m]) > 0", f"rate(a{{{BOTH}}}[5m]) > 0"),
    "offset and @": ("a offset 5m > b @ end()", f"a{{{BOTH}}} offset 5m > b{{{BOTH}}} @ end()"),
    "a subquery": ("max_over_time(rate(a[5m])[1h:1m]) > 1", f"max_over_time(rate(a{{{BOTH}}}[5m])[1h:1m]) > 1"),
    "no name": ('{__name__="a"} > 0', f'{{__name__="a",{BOTH}}} > 0'),
    "empty braces": ("a{} > 0", f"a{{{BOTH}}} > 0"),
    "one label is said already": ('a{namespace=~"x.*"} > 0', 'a{middleware_io_group="orders",namespace=~"x.*"} > 0'),
    "both are said already": (
        "a{namespace='x',  middleware_io_group!='y'}>0",
        "a{namespace='x',  middleware_io_group!='y'}>0",
    ),
    "nothing to narrow": ("vector(1)   > 0", "vector(1)   > 0"),
    "matching": (
        "a / on (instance) group_left (x) b > bool 0.9",
        f"a{{{BOTH}}} / on (instance) group_left (x) b{{{BOTH}}} > bool 0.9",
    ),
    "absent": ('absent(up{job="x"})', 'absent(up{job="x",middleware_io_group="orders",namespace="mw"})'),
    "so long that the parser breaks it": (
        'increase(a_counter_with_a_long_name_total[5m]) / (another_series{text="a  (b"} > 0) > 0.9',
        (
            f"increase(a_counter_with_a_long_name_total{{{BOTH}}}[5m]) / "
            '(another_series{middleware_io_group="orders",namespace="mw",text="a  (b"} > 0) > 0.9'
        ),
    ),
}


@pytest.mark.parametrize(("expr", "want"), ROWS.values(), ids=ROWS)
def test_narrowed(expr: str, want: str) -> None:
    assert narrowed(expr, LABELS) == want


@pytest.mark.parametrize("expr", ["a >", "sum(", "a{b=}", "a[5m] > 0", "nobody(a)", 'a{b="1" or b="2"}', ""])
def test_what_is_no_promql(expr: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        narrowed(expr, LABELS)


def test_metrics() -> None:
    assert metrics('sum(a) / b > 0 and {__name__="c"} unless {__name__=~"d.*"} > e{f="g"}') == ("a", "b", "c", "e")


# --- any expression --------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b_total", "job:c:rate5m"])
TEXTS = st.text(st.sampled_from('ab{}()[],"\\\n =~x'), max_size=6)
MATCHERS = st.lists(
    st.tuples(st.sampled_from(["l", "m", "namespace"]), st.sampled_from(["=", "!="]), TEXTS),
    max_size=2,
    unique_by=lambda one: one[0],
)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@st.composite
def selectors(draw: st.DrawFn) -> str:
    inner = ",".join(f"{name}{op}{quoted(text)}" for name, op, text in draw(MATCHERS))
    return draw(NAMES) + (f"{{{inner}}}" if inner else "") + draw(st.sampled_from(["", " offset 1h", " @ start()"]))


VECTORS = st.recursive(
    selectors(),
    lambda inner: st.one_of(
        st.builds("({})".format, inner),
        st.builds("sum by (l) ({})".format, inner),
        st.builds("{} > {}".format, inner, inner),
        st.builds("({}) and on (l) ({})".format, inner, inner),
        st.builds("max_over_time(({})[1h:1m])".format, inner),
        st.builds("-{}".format, inner),
    ),
    max_leaves=6,
)


def without(expr: str, names: set[str]) -> str:
    """The expression without matchers for *names*, as the parser lays it out."""

    def selector(node: object) -> promql_parser.Expr | None:
        if not isinstance(node, promql_parser.VectorSelector):
            return None
        text = node.prettify()
        rest = [one for one in node.matchers.matchers if one.name not in names]
        start, end = text.find("{"), text.rfind("}")
        tail = text[end + 1 :] if start >= 0 else text[len(node.name or "") :]
        inner = ",".join(f"{one.name}{ {'Equal': '=', 'NotEqual': '!='}[op(one)] }{quoted(one.value)}" for one in rest)
        parsed: promql_parser.Expr = promql_parser.parse(f"{node.name or ''}{{{inner}}}{tail}")
        return parsed

    return str(promql_parser.transform(promql_parser.parse(expr), post_visit=selector).prettify())


def op(matcher: promql_parser.Matcher) -> str:
    return str(matcher.op).rpartition(".")[2]


@given(VECTORS)
def test_nothing_but_the_matchers_changes(expr: str) -> None:
    labels = {"group_of_mine": 'a"b\\c'}
    result = narrowed(expr, labels)
    assert "\n" not in result
    assert without(result, set(labels)) == without(expr, set())
    assert narrowed(result, labels) == result


@given(VECTORS)
def test_every_selector_is_narrowed(expr: str) -> None:
    found: list[bool] = []

    def visit(node: object) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(any(one.name == "namespace" for one in node.matchers.matchers))

    promql_parser.walk(promql_parser.parse(narrowed(expr, LABELS)), pre_visit=visit)
    assert found
    assert all(found)
