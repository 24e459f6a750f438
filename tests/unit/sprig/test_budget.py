"""What a short template can ask for is refused before it is built, and what it may have is let through."""

import tracemalloc

import pytest

from generator.engines.gotemplate.gotypes import NilMap
from generator.engines.gotemplate.run import LimitExceeded, Limits, Run
from generator.engines.helm import TemplateError, compile_program
from generator.engines.sprig.cost import NUMBER, STEP
from generator.engines.sprig.equality import deep_equal
from generator.engines.sprig.lists import uniq
from generator.engines.sprig.merging import deep_copy, merge

NAME = "c/templates/t.yaml"
MEGABYTE = 1 << 20

# Twenty-odd doublings of a list or a text, and what would then be written out.
LIST = "{{ $x := list 1 }}" + "{{ $x = list $x $x }}" * 40
TEXT = '{{ $x := "aaaaaaaaaaaaaaaa" }}' + "{{ $x = %s }}" * 40
EXPLOSIONS = {
    "until": "{{ until 1000000000 }}",
    "until, below": "{{ until -1000000000 }}",
    "untilStep": "{{ untilStep 0 9223372036854775807 1 }}",
    "seq": "{{ seq 1 9223372036854775806 }}",
    "repeat": '{{ repeat 1000000000 "a" }}',
    "indent": '{{ indent 1000000000 "a" }}',
    "nindent": '{{ nindent 1000000000 "a\\nb" }}',
    "randAlphaNum": "{{ randAlphaNum 1000000000 }}",
    "randBytes": "{{ randBytes 1000000000 }}",
    "regexReplaceAll": TEXT.replace("%s", 'regexReplaceAll "a" $x "aa"'),
    "regexReplaceAllLiteral": TEXT.replace("%s", 'regexReplaceAllLiteral "" $x "aa"'),
    "replace": TEXT.replace("%s", 'replace "a" "aa" $x'),
    "cat": TEXT.replace("%s", "cat $x $x"),
    "join": TEXT.replace("%s", 'join "" (list $x $x)'),
    "quote": TEXT.replace("%s", "quote $x $x"),
    "squote": TEXT.replace("%s", "squote $x $x"),
    "b64enc": TEXT.replace("%s", "b64enc (b64enc (b64enc $x))"),
    "b32enc": TEXT.replace("%s", "b32enc (b32enc $x)"),
    "regexQuoteMeta": TEXT.replace("%s", "regexQuoteMeta $x").replace("aaaa", "...."),
    "wrapWith": TEXT.replace("%s", 'wrapWith 1 "aaa" $x'),
    "concat": LIST.replace("list $x $x", "concat $x $x"),
    "toJson of a list in itself": LIST + "{{ toJson $x }}",
    "toPrettyJson": LIST + "{{ toPrettyJson $x }}",
    "toRawJson": LIST + "{{ toRawJson $x }}",
    "toToml": LIST + '{{ toToml (dict "x" $x) }}',
    "toString": LIST + "{{ toString $x }}",
    "deepCopy": LIST + "{{ deepCopy $x | len }}",
    "splitList": TEXT.replace("%s", 'join "" (splitList "" (print $x $x))'),
    "many parts": '{{ $x := repeat 1000 (repeat 500 ",") }}{{ splitList "," $x | len }}',
    "many keys": '{{ $x := repeat 1000 (repeat 500 ",") }}{{ split "," $x | len }}',
    "many chunks": "{{ chunk 1 (until 20000) | len }}",
    "a large expression": '{{ range until 2000 }}{{ regexMatch (printf "(?:%s){999}" (repeat 900 "a")) "a" }}{{ end }}',
    "keys that take time": '{{ range until 10000 }}{{ derivePassword 1 "pin" "a" "b" "c" }}{{ end }}',
}


@pytest.mark.parametrize("title", EXPLOSIONS)
def test_is_refused_early(title: str) -> None:
    program = compile_program({NAME: EXPLOSIONS[title]})
    tracemalloc.start()
    try:
        with pytest.raises(TemplateError) as caught:
            program.render(NAME, {}, limits=Limits(work=MEGABYTE), provider=_Random())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.kind == "limit"
    assert peak < 32 * MEGABYTE


class _Random:
    def now(self) -> tuple[int, int]:
        return 0, 0

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


@pytest.mark.parametrize("function", ["randAlphaNum", "randAscii", "randNumeric", "randBytes"])
def test_randomness_takes_no_more_than_it_is_counted_for(function: str) -> None:
    """What a chart may use is sixteen times as much: a thousand million letters took four gigabytes once."""
    count = 2 * MEGABYTE
    program = compile_program({NAME: f"{{{{ {function} {count} | len }}}}"})
    with pytest.raises(TemplateError):
        program.render(NAME, {}, limits=Limits(work=4 * count - 1), provider=_Random())
    tracemalloc.start()
    try:
        program.render(NAME, {}, limits=Limits(work=5 * count), provider=_Random())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4.5 * count


WITHIN = {
    "until": ("{{ until 1000 | len }}", "1000"),
    "repeat": ('{{ repeat 100000 "a" | len }}', "100000"),
    "seq": ("{{ seq 1 1000 | len }}", "3892"),
    "append": ("{{ $l := list }}{{ range until 500 }}{{ $l = append $l . }}{{ end }}{{ len $l }}", "500"),
    "indent": ('{{ indent 8 (repeat 1000 "a\\n") | len }}', "10008"),
}


@pytest.mark.parametrize("title", WITHIN)
def test_is_let_through(title: str) -> None:
    template, want = WITHIN[title]
    program = compile_program({NAME: template})
    assert program.render(NAME, {}, limits=Limits(work=4 * MEGABYTE)) == want


def test_what_holds_itself_ends() -> None:
    run = Run(limits=Limits(work=MEGABYTE))
    loop: dict[str, object] = {}
    loop["self"] = loop
    assert deep_equal(run, loop, loop)
    other: dict[str, object] = {}
    other["self"] = other
    assert deep_equal(run, loop, other)
    with pytest.raises((LimitExceeded, RecursionError)):
        deep_copy(run, loop)
    with pytest.raises((LimitExceeded, RecursionError)):
        merge(run, loop, other)


def test_many_unlike_lists_do_not_take_square_time_for_free() -> None:
    run = Run(limits=Limits(work=MEGABYTE))
    with pytest.raises(LimitExceeded):
        uniq(run, [[number] for number in range(10_000)])


def test_scalars_are_found_without_comparing_them_all() -> None:
    many = 100_000
    looking = Limits(work=NUMBER * many + STEP * many)
    assert len(uniq(Run(limits=looking), [number % 7 for number in range(many)])) == 7


def test_a_nil_map_that_is_merged_into_becomes_a_new_one() -> None:
    nil = NilMap()
    assert merge(Run(), nil, {"a": 1}) == {"a": 1}
    assert nil == {}
