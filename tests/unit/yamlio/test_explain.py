"""What is said about the usual slips: one row each. «…» marks the place to change, § another one that explains it."""

import pytest

from generator.diagnostics import Collector, SourceFile
from generator.diagnostics.codes import CODES
from generator.goyaml.errors import ErrorKind
from generator.yamlio.explain import _KINDS
from generator.yamlio.load import documents

QUOTE = "quote the value: "
STRAY_ELEMENT = (
    "an element of a list among the keys of a map",
    "indent it like its list, or deeper than the key that it belongs to",
)
INDENTATION = ("the indentation fits nothing above", "line it up with the keys or elements that it belongs to")
TEMPLATE = "a template outside of quotes is no YAML"
BLOCK = "put the whole text into a block that starts with |, or into a template file"
NEITHER = 'this line is neither "key: value" nor an element of a list'
DROPPED = "Kubernetes' tools would silently drop all that follows from here on"
BACKSLASH = "use single quotes, in which a backslash is nothing special, or write \\\\"
SLIPS: list[tuple[str, str, str, str, str]] = [
    # Indentation.
    ("a tab for indentation", "a:\n«\t»b: 1\n", "MW101", "a tab where only spaces may stand", "indent with spaces"),
    ("a tab before a dash", "a:\n  - b\n«\t»- c\n", "MW101", "a tab where only spaces may stand", "indent with spaces"),
    ("a key that is not deep enough", "§a:\n    b: 1\n  «c: 2»\n", "MW101", *INDENTATION),
    ("a block's line that is not deep enough", "§a: |\n    x\n  «y»\nb: 1\n", "MW101", *INDENTATION),
    ("an element too far left", "a:\n  - x\n «- y»\n", "MW101", *STRAY_ELEMENT),
    ("an element among keys", "a:\n  b: 1\n  «- x»\n", "MW101", *STRAY_ELEMENT),
    ("a key among elements", "a:\n  §- x\n  «b: 1»\n", "MW101",
     "a key among the elements of a list", 'start it with "- ", or indent it like the text of the element above'),
    ("a key below one with a value", "§a: 1\n  b«:» 2\n", "MW101",
     "a key below one that has a value already", "line it up with the key above, or empty that one's value"),
    ("a document that starts too deep", "  §kind: X\n«d»ata: y\n", "MW107",
     DROPPED, "the keys above are indented deeper than this line; start all at the same column"),
    # Colons.
    ("a colon in a value", "msg: «error: disk full»\n", "MW101",
     'an unquoted value cannot hold ": "', QUOTE + '"error: disk full"'),
    ("a colon at the end of a value", "a: «b:»  # c\n", "MW101", 'an unquoted value cannot hold ": "', QUOTE + '"b:"'),
    ("a value with both quotes", "a: «it's 'x': \"y\"»\n", "MW101",
     'an unquoted value cannot hold ": "', "quote the value"),
    ("no colon", "a: 1\n«b 2»\nc: 3\n", "MW101", NEITHER, ""),
    ("no space behind the colon", "a: 1\n«b:2»\nc: 3\n", "MW101", NEITHER, "put a space behind the colon: b: 2"),
    ("no space behind the first colon", "«b:2»\nc: 3\n", "MW101", NEITHER, "put a space behind the colon: b: 2"),
    ("a colon of another script", "«a：1»\nb: 2\n", "MW101", NEITHER, "the colon is not the ASCII one"),
    ("a no-break space", "«a:\xa01»\nb: 2\n", "MW101", NEITHER, "the space behind the colon is a no-break space"),
    ("an equals sign", "«a = b»\nc: d\n", "MW101", NEITHER, "write a: b"),
    ("a title", "«hello»\nworld: 1\n", "MW101", NEITHER, ""),
    ("no key", "«:» x\n", "MW101", "a key is missing before the colon", ""),
    ("a list behind its key", "a: «- b»\n", "MW101",
     "a list cannot start behind its key", "put each element on a line of its own below the key, or quote the value"),
    # Characters that mean something.
    ("an at sign", "a: «@x»  # c\n", "MW101", "an unquoted value cannot start with @", QUOTE + '"@x"'),
    ("a backtick", "a: «`x`»\n", "MW101", "an unquoted value cannot start with `", QUOTE + '"`x`"'),
    ("a percent sign", "a: «%x»\n", "MW101", "an unquoted value cannot start with %", QUOTE + '"%x"'),
    ("a wildcard", "host: «*.example.com»\n", "MW101",
     "an unquoted * starts an alias, and this is none", QUOTE + '"*.example.com"'),
    ("a schedule", "s: «*/5 * * * *»\n", "MW101",
     "an unquoted * starts an alias, and this is none", QUOTE + '"*/5 * * * *"'),
    ("an ampersand", "a: «& b»\n", "MW101", "an unquoted & starts an anchor, and this is none", QUOTE + '"& b"'),
    ("a comparison", "a: «> 3»\n", "MW101", "text behind >, which starts a block on the next line", QUOTE + '"> 3"'),
    ("a question mark", "a: «?»\n", "MW101", "a ? starts a key here, and none can stand here", QUOTE + '"?"'),
    ("a question mark in a list", "[a«?»b]", "MW101",
     "a comma or a closing bracket is missing", 'quote the value, if it holds "?"'),
    ("a directive", "«%YAML 1.1»\n---\na: b\n", "MW101",
     "lines that start with % are directives", "Kubernetes' tools want none: delete the line"),
    ("another version's directive", "«%YAML 1.2»\n---\na: b\n", "MW101",
     "lines that start with % are directives", "Kubernetes' tools want none: delete the line"),
    ("an include", "«%include x»\n", "MW101",
     "lines that start with % are directives", "Kubernetes' tools want none: delete the line"),
    # Quotes and brackets.
    ("text behind a quote", 'a: "x" «y»\n', "MW101",
     "text behind the closing quote", "quote the whole value, or escape inner quotes"),
    ("a quote inside single quotes", "a: 'it'«s'»\nb: 1\n", "MW101",
     "text behind the closing quote", "inside single quotes, '' is a quote"),
    ("an open quote", 'a: «"x»\nb: 1\n', "MW101",
     "the quote that opens here is never closed",
     "close it on the same line, or write the text as a block that starts with |"),
    ("an unknown escape", 'a: "«\\d»+"\n', "MW101", "an unknown escape in double quotes", BACKSLASH),
    ("a path of Windows", 'a: "C:«\\U»sers"\n', "MW101", "an unknown escape in double quotes", BACKSLASH),
    ("an open bracket", "a: «[b, c»\nd: e\n", "MW101",
     "the [ that opens here is not closed", "close it with ], or quote the value"),
    ("an open brace", "a: «{b: 1»\nd: e\n", "MW101",
     "the { that opens here is not closed", "close it with }, or quote the value"),
    ("an open bracket at the end", "a: 1\nb: «[»\n", "MW101", "the [ that opens here is not closed", ""),
    ("a bracket too many", 'a: {"b": 1}«}»\n', "MW101", "a } that closes nothing", "delete it, or quote the value"),
    ("a bracket that opens nothing", "a: «]»\n", "MW101", "a value cannot start with ]", QUOTE + '"]"'),
    ("a comma that is missing", 'a: [b c, "d" «e]»\n', "MW101",
     "a comma or ] is missing before this", "quote the value before it, if that is all one text"),
    # Templates.
    ("a template", "name: «{{ .Values.name }}»\n", "MW101", TEMPLATE, 'quote it: "{{ .Values.name }}"'),
    ("a template and more", "name: «{{ .Values.name }}-x»\n", "MW101", TEMPLATE, 'quote it: "{{ .Values.name }}-x"'),
    ("a template with quotes", 'a: «{{ include "x" . }}»\n', "MW101", TEMPLATE, "quote it: '{{ include \"x\" . }}'"),
    ("a template in a list", "a:\n- «{{ x }}»\n", "MW101", TEMPLATE, 'quote it: "{{ x }}"'),
    ("a template's control", "«{{- if x }}»\na: b\n", "MW101", TEMPLATE, BLOCK),
    ("a template for a map", "a:\n  «{{- toYaml . | nindent 4 }}»\n", "MW101", TEMPLATE, BLOCK),
    # Keys.
    ("the same key", "§a: 1\nb: 2\n«a»: 3\n", "MW102", '"a" stands twice in the same map', "keep one of them"),
    ("the same key further in", "a: 1\nx:\n- §a: 1\n  b: 2\n  «a»: 3\n", "MW102",
     '"a" stands twice in the same map', "keep one of them"),
    ("the same key quoted", "{§a: 1, «'a'»: 2}", "MW102", '"a" stands twice in the same map', "keep one of them"),
    ("a merge too late", "a: 1\n«<<»: {a: 2}\n", "MW102",
     '"a" stands before the << that sets it again, and readers disagree on which one counts',
     "put << first in its map"),
    ("two merges", "§<<: {a: 1}\n«<<»: {b: 2}\n", "MW102", '"<<" stands twice in the same map', "keep one of them"),
    ("a key that means true", "«on»: push\n", "MW105", "the key on is true or false, not text", 'quote it: "on":'),
    ("a key that is a number", "«7.4»: x\n", "MW105", "the key 7.4 is a number, not text", 'quote it: "7.4":'),
    ("a key that is null", "«~»: x\n", "MW105", "a key is missing here", 'quote it, if text is meant: "~"'),
    ("a key that is a list", "? «[»a]\n: b\n", "MW105",
     "a key must be text, not a list or a map", "quote it, if text is meant"),
    # Values.
    ("not a number", "a: «.nan»\n", "MW106", "JSON has no number .nan", 'quote it, if text is meant: ".nan"'),
    ("infinity", "a: [«-.inf»]\n", "MW106", "JSON has no number -.inf", 'quote it, if text is meant: "-.inf"'),
    ("an unknown alias", "a: «*x»\n", "MW101",
     "*x stands for an anchor that is not there", 'quote it, if text is meant: "*x"'),
    ("an alias inside its value", "a: &a [«*a»]\n", "MW101", "*a stands inside the value that it stands for", ""),
    ("a merge of a number", "<<: «3»\n", "MW101", "<< takes a map, or a list of maps", ""),
    ("a tag that does not fit", "a: «!!int x»\n", "MW101",
     "cannot decode !!str `x` as a !!int", "leave out the tag, or mend the value"),
    ("base64 that is none", "a: «!!binary x»\n", "MW101",
     "!!binary value contains invalid base64 data", "leave out the tag, or mend the value"),
    # Characters that YAML has no place for.
    ("a control character", 'a: "«\x07»"\n', "MW104",
     "the character U+0007 may not stand in YAML", 'write it as an escape in double quotes: "\\u0007"'),
    ("half a surrogate pair", "é: «\ud800»\n", "MW104", "the character U+D800 may not stand in YAML", "delete it"),
    ("a byte order mark between lines", "a: 1\n«\ufeff»b: 2\n", "MW101",
     "a byte order mark inside the text", "delete it; editors show it as nothing"),
    ("a byte order mark in plain text", "a: b«\ufeff»\n", "MW104",
     "a byte order mark inside the text", "delete it; editors show it as nothing"),
    # What would be dropped.
    ("three dots", "a: 1\n...\n«b»: 2\n", "MW107", DROPPED, "start the next document with a line ---, not with ..."),
    ("content behind a bracket", "[a] «b»\n", "MW107", "text behind the end of the value", "quote the whole value"),
    ("content behind a separator", "--- {a: 1}\n«---» {b: 2}\n", "MW107", DROPPED, "let --- stand alone on its line"),
    # Too much.
    ("too deep", "[" * 200 + "«[»", "MW103",
     "lists and maps are nested too deep", "no reader of Kubernetes objects wants more than 200 levels"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "code", "message", "hint"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS]
)
def test_a_slip_is_told_where_and_as_what_it_is(marked: str, code: str, message: str, hint: str) -> None:
    other = marked.replace("«", "").replace("»", "").find("§")
    text = marked.replace("§", "")
    start, end = text.index("«"), text.index("»") - 1
    found = Collector()
    documents(SourceFile("f", text.replace("«", "").replace("»", "")), found)
    (one,) = found.sorted()
    assert (one.code, one.message, one.hint) == (code, message, hint)
    assert one.primary is not None
    assert (one.primary.span.start, one.primary.span.end) == (start, end)
    assert [label.span.start for label in one.secondary] == ([other] if other >= 0 else [])


def test_every_kind_of_problem_is_explained() -> None:
    # Asking for a map is for values, which nobody explains.
    assert set(_KINDS) == set(ErrorKind) - {ErrorKind.SHAPE}
    assert {code for code, _ in _KINDS.values()} <= set(CODES)


def test_a_merge_before_the_keys_that_change_it_is_fine() -> None:
    found = Collector()
    (one,) = documents(SourceFile("f", "<<: {a: 1, b: 2}\nb: 3\n"), found)
    assert (one.value, found.sorted()) == ({"a": 1, "b": 3}, ())


def test_templates_in_comments_blocks_and_quotes_are_no_slip() -> None:
    found = Collector()
    documents(SourceFile("f", "a: |\n  {{ x }}\nb: '{{ y }}'  # {{ z }}\nc: 1\nc: 2 # {{ w }}\n"), found)
    assert [one.code for one in found.sorted()] == ["MW102"]
