"""Templates with something put in, taken out or doubled: what lexer and parser say of them. And several files."""

from random import Random

from tests.conformance.fuzz.loose import loose_template
from tests.conformance.fuzz.typed import TypedMaker, typed_template

PIECES = (
    "{{", "}}", "{{-", "-}}", "{{- ", " -}}", "/*", "*/", "{{/*", "*/}}", '"', "'", "`", "(", ")", "|", ":=", "=",
    ",", ".", "..", "$", "$x", "$x.y", "$.a", "-", "+", "1", "0x", "1e", "08", "1i", "1_", "'a", "'ab'", "\\", "\n",
    "\t", " ", "  ", "é", "\u00a0", "\U0001f600", "\x00", "\x7f", "{", "}", "{{ end }}", "{{ else }}",
    "{{ else if 1 }}", "{{ else with 1 }}", "{{ break }}", "{{ continue }}", "{{ if }}", "{{ range }}", "{{ with }}",
    "{{ define }}", '{{ define "one" }}', '{{ template "one" }}', '{{ block "b" }}', "{{ template }}", "{{ nil }}",
    "if ", "range ", "end", "define ", "block ", "nil", "true", "nope ", "print ", ".a.b", ".1", "1.a", '"a".b',
    ")).x", "| |", "| 1", "1 | print", "$a, $b :=", "$a := ", "$z = ", "@", "#", "~", "%", "&", "!", "?", "[", "]",
    "<", ">", "^", "*", "/", ";", "_", "__", "\\x", "\ufeff", "\u2028", ".Values.", ". ", " .", "$ ", "():", "1,2",
)  # fmt: skip


def broken_template(seed: int) -> str:
    """A template that is mostly none any more."""
    random = Random(seed)
    text = loose_template(seed) if random.random() < 0.5 else typed_template(seed)
    if random.random() < 0.4:  # short ones say more
        text = f"{{{{ {TypedMaker(seed).expression()} }}}}"
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at = random.randrange(len(text) + 1)
        roll = random.random()
        if roll < 0.55:
            text = text[:at] + random.choice(PIECES) + text[at:]
        elif roll < 0.85:
            text = text[:at] + text[at + random.choice((1, 1, 2, 3, 8)) :]
        else:
            other = random.randrange(len(text) + 1)
            text = text[:at] + text[other : other + random.randint(1, 12)] + text[at:]
    return text.lstrip("\ufeff")  # which Helm drops while it loads a chart


NAMES = ("a.yaml", "b.yaml", "_h.tpl", "sub/c.yaml", "sub/_d.tpl", "z.txt", "sub/deep/e.yaml", "NOTES.txt")
BODIES = (
    "x", "", " \n", "{{ 1 }}", "{{/* c */}}", "{{ . }}", '{{ include "one" . }}', '{{ template "two" . }}',
    "{{ $.Template.Name }}", "y{{ .x }}", '{{ tpl "{{ define `one` }}t{{ end }}{{ include `one` . }}" . }}',
    '{{ tpl "{{ include `two` . }}" . }}', "{{ .Template.BasePath }}", '{{ block "three" . }}b{{ end }}',
    "{{ set .Values `s` `changed` | len }}", "{{ .Values.s }}", '{{ include "c/templates/a.yaml" . }}',
    "{{ $x := 1 }}{{ $x }}", '{{ include "c/templates/_h.tpl" . }}', "{{ .Values.zz }}<no value>",
    '{{ with .x }}{{ template "c/templates/z.txt" . }}{{ end }}',
)  # fmt: skip


def several_files(seed: int) -> dict[str, str]:
    """Files that define the same names, and use one another's."""
    random = Random(seed)
    files = {}
    for name in random.sample(NAMES, random.randint(2, 4)):
        pieces = [random.choice(BODIES) for _ in range(random.randint(1, 3))]
        for _ in range(random.randint(0, 2)):
            defined = random.choice(("one", "two", "three", "c/templates/a.yaml"))
            text = f'{{{{- define "{defined}" }}}}{random.choice(BODIES)}{random.choice(("", name))}{{{{ end -}}}}'
            pieces.insert(random.randrange(len(pieces) + 1), text)
        files[name] = "".join(pieces)
    return files
