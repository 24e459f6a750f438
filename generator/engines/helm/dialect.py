"""Helm's dialect: the functions of sprig and Helm, and how they treat values."""

from functools import cache
from typing import Final

from generator.engines.gotemplate.dialect import Dialect, Missing
from generator.engines.gotemplate.funcs import FuncMap
from generator.engines.helm.data import DATA_FUNCTIONS
from generator.engines.helm.functions import PROGRAM_FUNCTIONS
from generator.engines.helm.objects import Files, Values
from generator.engines.sprig import FUNCTIONS as SPRIG

_NOT_IN_HELM: Final = frozenset({"env", "expandenv"})

FUNCTIONS: Final[FuncMap] = {
    **{name: func for name, func in SPRIG.items() if name not in _NOT_IN_HELM},
    **DATA_FUNCTIONS,
    **PROGRAM_FUNCTIONS,
}

MUTATORS: Final = frozenset(
    {"merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite", "set", "tpl", "unset"},
)
"""Functions that change a map that they are given; and `tpl`, whose text may name any of them."""

FORMATTING: Final = frozenset(
    {
        "add",
        "add1",
        "add1f",
        "addf",
        "b32enc",
        "b64enc",
        "biggest",
        "cat",
        "ceil",
        "date",
        "dateInZone",
        "date_in_zone",
        "div",
        "divf",
        "duration",
        "durationRound",
        "float64",
        "floor",
        "html",
        "htmlDate",
        "htmlDateInZone",
        "int",
        "int64",
        "join",
        "js",
        "max",
        "maxf",
        "min",
        "minf",
        "mod",
        "mul",
        "mulf",
        "mustToJson",
        "mustToPrettyJson",
        "mustToRawJson",
        "mustToToml",
        "mustToYaml",
        "print",
        "printf",
        "println",
        "quote",
        "round",
        "sortAlpha",
        "squote",
        "sub",
        "subf",
        "toDecimal",
        "toJson",
        "toPrettyJson",
        "toRawJson",
        "toString",
        "toStrings",
        "toToml",
        "toYaml",
        "toYamlPretty",
        "urlquery",
    }
)
"""Functions that make text or numbers of nil without a word. (Those that want a string refuse nil by themselves.)"""

_METHODS: Final = frozenset({*Values().go_methods(), *Files().go_methods()})


@cache
def dialect(missing: Missing = Missing.ZERO) -> Dialect:
    """Helm's dialect under a policy for missing values."""
    return Dialect(FUNCTIONS, missing, _METHODS, MUTATORS, FORMATTING)
