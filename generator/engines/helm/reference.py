"""What the functions of Go's language and of Helm's dialect are for: with sprig's, the reference of templates."""

from typing import Final

from generator.engines.sprig.reference import Entry

LANGUAGE: Final[dict[str, Entry]] = {
    "and": Entry("The first empty argument, else the last; what follows is not evaluated.", "and 1 0 2", "0"),
    "or": Entry("The first argument that is not empty, else the last; what follows is not evaluated.", "or 0 2 3", "2"),
    "not": Entry("Whether the argument is empty.", "not 0", "true"),
    "eq": Entry("Whether the first argument equals any other one; kinds must agree.", 'eq "a" "b" "a"', "true"),
    "ne": Entry("Whether two arguments differ.", "ne 1 2", "true"),
    "lt": Entry("Whether the first is less than the second.", "lt 1 2", "true"),
    "le": Entry("Whether the first is at most the second.", "le 2 2", "true"),
    "gt": Entry("Whether the first is more than the second.", "gt 1 2", "false"),
    "ge": Entry("Whether the first is at least the second.", "ge 2 2", "true"),
    "index": Entry("An element of a list or map, and so on inside of it.", 'index (dict "a" (list 5 6)) "a" 1', "6"),
    "len": Entry("How many elements a list or map has, or bytes a text.", "len (list 1 2 3)", "3"),
    "print": Entry("The arguments, with blanks between those of which neither is text.", 'print 1 2 "a" 3', "1 2a3"),
    "printf": Entry("The arguments in a format, as Go's fmt has it.", 'printf "%s-%03d" "pg" 7', "pg-007"),
    "println": Entry(
        "As `print`, with blanks between all of them and a line break behind.", 'println 1 "a" | quote', r'"1 a\n"'
    ),
    "html": Entry("The text with HTML's special characters escaped.", 'html "<a>"', "&lt;a&gt;"),
    "js": Entry("The text as it may stand in a string of JavaScript.", 'js "a\'b"', r"a\'b"),
    "urlquery": Entry("The text as it may stand in a URL's query.", 'urlquery "a b&c"', "a+b%26c"),
    "call": Entry("Calls a function that is a value; Helm has none.", "", None),
}
"""Go's own functions. `slice` is sprig's."""

DIALECT: Final[dict[str, Entry]] = {
    "include": Entry("What a named template gives for a value, as text that can be piped.", "", None),
    "tpl": Entry("A text rendered as a template with a value.", 'tpl "{{ .x }}" (dict "x" "y")', "y"),
    "required": Entry(
        "The second argument; where that is empty, an error with the first as its message.",
        'required "name it" "a"',
        "a",
    ),
    "fail": Entry("Ends with an error that has this message.", "", None),
    "lookup": Entry("Objects of a cluster. There is none here: an empty map.", 'lookup "v1" "Pod" "n" "a"', "map[]"),
    "getHostByName": Entry(
        "An address of a host. Nothing is asked here: an empty text.", 'getHostByName "localhost" | quote', '""'
    ),
    "toYaml": Entry(
        "The value as YAML, as sigs.k8s.io/yaml writes it.", 'toYaml (dict "a" (list 1 "2"))', 'a:\n- 1\n- "2"'
    ),
    "mustToYaml": Entry("As `toYaml`; what goes wrong is an error.", 'mustToYaml (dict "a" 1)', "a: 1"),
    "toYamlPretty": Entry("As `toYaml`, with lists indented.", 'toYamlPretty (dict "a" (list 1))', "a:\n  - 1"),
    "fromYaml": Entry("The map that a text of YAML is; a mistake is under the key Error.", '(fromYaml "a: 5").a', "5"),
    "fromYamlArray": Entry("The list that a text of YAML is.", 'index (fromYamlArray "[a, b]") 1', "b"),
}
"""What Helm adds. Functions for JSON and TOML are among sprig's."""
