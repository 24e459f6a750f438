"""Compiled units: kept on disk, shared, and never compiled twice."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from generator.engines.gotemplate.compiler import write_unit
from generator.engines.gotemplate.dialect import Missing
from generator.engines.gotemplate.parser import parse
from generator.engines.gotemplate.program import compile_text
from generator.engines.gotemplate.unit import ENGINE, key, loads
from generator.engines.helm import TemplateError, compile_program, units
from generator.engines.helm.dialect import dialect

TEXT = """{{ define "x" }}[{{ . }}]{{ end }}
{{- range $i, $e := .Values.list }}{{ $i }}={{ include "x" $e }}{{ if eq $e "b" }}{{ break }}{{ end }}{{ end }}
{{ upper (or .Values.nothing .Values.n) }}"""


class Store:
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.asked = 0

    def get(self, name: str) -> bytes | None:
        self.asked += 1
        return self.kept.get(name)

    def put(self, name: str, data: bytes) -> None:
        self.kept[name] = data


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has compiled nothing yet."""
    monkeypatch.setattr(units, "_kept", units._Kept())


def outcome(store: Store | None = None) -> str:
    context: dict[str, Any] = {"Values": {"list": ["a", "b", "c"], "n": 1.0}}
    program = compile_program({"t": TEXT}, store=store)
    with pytest.raises(TemplateError) as caught:
        program.render("t", context)
    return str(caught.value)


def test_a_unit_survives_its_journey() -> None:
    unit = compile_text(TEXT, "t", dialect())
    again = loads(unit.dumps(), TEXT)
    assert again == unit
    assert again.dumps() == unit.dumps()


def test_compiling_twice_gives_equal_bytes() -> None:
    assert compile_text(TEXT, "a", dialect()).dumps() == compile_text(TEXT, "b", dialect()).dumps()


@pytest.mark.usefixtures("forgetful")
def test_the_store_is_asked_once_and_believed() -> None:
    store = Store()
    outcome(store)
    assert len(store.kept) == store.asked == 1
    outcome(store)
    assert store.asked == 1, "the process remembers"


def test_errors_are_the_same_from_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "_kept", units._Kept())
    store = Store()
    fresh = outcome(store)
    monkeypatch.setattr(units, "_kept", units._Kept())
    monkeypatch.setattr(units, "compile_text", None)  # nobody compiles now
    assert outcome(store) == fresh
    assert "wrong type for value; expected string; got float64" in fresh


@pytest.mark.parametrize("data", [b"", b"\x00", b"garbage", b"\xe3"], ids=repr)
def test_garbled_data_is_as_good_as_none(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "_kept", units._Kept())
    store = Store()
    store.kept[key(TEXT, dialect().digest)] = data
    assert "wrong type for value" in outcome(store)
    assert len(store.kept[key(TEXT, dialect().digest)]) > 100


def test_keys_tell_apart_what_compiles_differently() -> None:
    keys = {key(text, dialect(missing).digest) for text in ("a", "b") for missing in Missing}
    assert len(keys) == 6


@pytest.mark.parametrize(
    ("template", "mutates"),
    [
        ("{{ .Values.x }}", False),
        ('{{ include "a" . }}{{ define "a" }}{{ merge . . }}{{ end }}', True),
        ('{{ $_ := set .Values "a" 1 }}', True),
        ('{{ $_ := unset .Values "a" }}', True),
        ('{{ tpl "x" . }}', True),
        ("{{ mergeOverwrite (dict) .Values }}", True),
        ('{{ dict "set" "unset" | toYaml }}', False),
    ],
)
def test_programs_say_whether_they_may_change_values(template: str, *, mutates: bool) -> None:
    assert compile_program({"t": template}).mutates is mutates


def test_without_mutators_values_stay_as_they_are() -> None:
    values: dict[str, Any] = {"a": {"b": [1.0, {"c": None}]}, "s": "x"}
    template = (
        "{{ range $k, $v := .Values }}{{ $k = $v }}{{ end }}{{ $v := .Values }}{{ $v = 1 }}"
        "{{ append .Values.a.b 1 }}{{ omit .Values `a` }}{{ pick .Values `a` }}{{ deepCopy .Values }}"
        "{{ sortAlpha .Values.a.b }}"
        "{{ reverse .Values.a.b }}{{ without .Values.a.b 1.0 }}{{ toYaml .Values }}{{ .Template.Name }}"
    )
    before = repr(values)
    program = compile_program({"t": template})
    assert not program.mutates
    program.render("t", {"Values": values})
    assert repr(values) == before


def test_mutators_change_what_is_inside_but_never_the_top() -> None:
    """`.Values` itself is a copy, as is the root: only what is deeper can change, and only through mutators."""
    values: dict[str, Any] = {"a": {}}
    context: dict[str, Any] = {"Values": values}
    template = (
        '{{ $_ := set .Values "b" 1 }}{{ $_ := set . "X" 1 }}{{ $_ := set .Values.a "c" 1 }}{{ .Values.b }}{{ .X }}'
    )
    assert compile_program({"t": template}).render("t", context) == "11"
    assert context == {"Values": {"a": {"c": 1}}}


def test_built_in_definitions_can_be_used_and_replaced() -> None:
    built_in = {"labels": '{{ define "labels" }}built-in {{ .Template.Name }}{{ end }}'}
    use = '{{ include "labels" . }}'
    assert compile_program({"t": use}, built_in=built_in).render("t", {}) == "built-in t"
    own = {"t": use, "_h": '{{ define "labels" }}own{{ end }}'}
    program = compile_program(own, built_in=built_in)
    assert program.render("t", {}) == "own"
    assert program.files == ("t",)


EVERYTHING = """
text {{- /* comment */ -}} {{ .Values.a.b }}{{ .Values.a.b.c | quote }}{{ $.Values.x }}{{ (.Values.y).z }}
{{ "constant" }}{{ 1.5 }}{{ 0x1F }}{{ 2i }}{{ 'x' }}{{ $x := .Values.x }}{{ $x = 2 }}{{ $x }}{{ $x.y }}
{{ if and .a (or .b (not .c)) (eq .d "e" | ne false) }}1{{ else if lt .f 2 }}2{{ else }}3{{ end }}
{{ with $w := .g }}{{ . }}{{ $w }}{{ else with .h }}{{ . }}{{ end }}{{ upper (or .i .j) }}{{ len .k }}
{{ .l | len }}{{ index .m 1 "n" }}{{ range .o }}{{ . }}{{ break }}{{ else }}none{{ end }}
{{ range $i, $e := .p }}{{ $e = $i }}{{ $e }}{{ end }}{{ range $x = .q }}{{ if . }}{{ continue }}{{ end }}
{{ range .r }}{{ else }}{{ if . }}{{ break }}{{ end }}{{ end }}{{ end }}{{ template "t" .s }}
{{ include "t" . | nindent 2 }}{{ define "t" }}{{ $ = . }}{{ $.u }}{{ end }}{{ block "v" . }}{{ .w }}{{ end }}
{{ .Files.Get "x" }}{{ .Capabilities.APIVersions.Has .y }}{{ .Values.z 1 nil "a" }}{{ until "a" }}
{{ printf "%s" .A | trunc 3 | default "b" }}{{ upper 1 2 }}{{ and 1 ($d := 2) $d }}{{ nil }}{{ call .B 1 }}
{{ slice "abc" 1 }}{{ nindent 2.0 "x" }}{{ hasKey nil "a" }}{{ now.Unix }}
"""
DEEP = "{{ if .C }}{{ range .D }}{{ if . }}" * 6 + "{{ $y := 1 }}{{ $y = . }}{{ $.E }}{{ break }}" + "{{ end }}" * 18


def test_the_engine_has_another_number_when_it_compiles_differently(update_golden: bool) -> None:  # noqa: FBT001
    """Units on users' disks are found by that number."""
    golden = Path(__file__).with_name("engine.txt")
    digest = hashlib.sha256()
    for missing in Missing:
        writer = write_unit(parse(EVERYTHING + DEEP, "t", dialect(missing).callable), dialect(missing))[0]
        source, lines = writer.out.code()
        digest.update(repr((source, lines, writer.out.sites)).encode())
    wanted = f"{ENGINE} {digest.hexdigest()}\n"
    if update_golden:
        known = golden.read_text() if golden.exists() else ""
        assert known == wanted or known.split(" ")[0] != ENGINE, "give unit.ENGINE another number first"
        golden.write_text(wanted)
    assert golden.read_text() == wanted, (
        "the compiler writes other code: raise unit.ENGINE, then pytest --update-golden"
    )
