"""What each function of the dialect is for: those of Helm, and by section all the others."""

from typing import Final

from generator.engines.gotemplate.reference import REFERENCE as LANGUAGE
from generator.engines.gotemplate.reference import Entry
from generator.engines.sprig.reference import REFERENCE as LIBRARY

_HELM: Final[dict[str, dict[str, Entry]]] = {
    "Templates": {
        "include": Entry("The text that a named template gives for a value.", 'include "app.name" .', None),
        "tpl": Entry("The text that a template gives which is itself a value.", 'tpl "{{ add 1 2 }}" .', "3"),
        "required": Entry(
            "The value; nil or an empty text is an error with this message.", 'required "set it" "a"', "a"
        ),
        "lookup": Entry("Nothing: there is no cluster here.", 'lookup "v1" "Secret" "ns" "a"', "map[]"),
    },
    "YAML": {
        "toYaml": Entry(
            "The value as YAML; what has none gives nothing.",
            'toYaml (dict "b" "yes" "a" (list 1)) | quote',
            r'"a:\n- 1\nb: \"yes\""',
        ),
        "mustToYaml": Entry("As `toYaml`; what goes wrong is an error.", 'mustToYaml (dict "a" 1)', "a: 1"),
        "toYamlPretty": Entry(
            "The value as YAML, with lists indented below their keys.",
            'toYamlPretty (dict "a" (list 1)) | quote',
            r'"a:\n  - 1"',
        ),
        "fromYaml": Entry("The map that YAML denotes, or one with the error at `Error`.", '(fromYaml "a: 1").a', "1"),
        "fromYamlArray": Entry(
            "The list that YAML denotes, or one of the error.", 'fromYamlArray "- 1\\n- 2"', "[1 2]"
        ),
    },
}

REFERENCE: Final[dict[str, dict[str, Entry]]] = {**_HELM, **LANGUAGE, **LIBRARY}
"""Every function that a template can call, by section."""
