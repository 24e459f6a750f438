"""Random cases by the hundred in one template: formats and operands for printf, texts for fromYaml, values for toYaml.

Nothing here can end a template with an error, so that one rendering answers for a whole batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tests.conformance.fuzz.values import NUMBERS
from tests.conformance.fuzz.words import WORDS, Words
from tests.conformance.yaml.generate import Generator

OPERANDS: Final = (  # what stands beside a number $n, a text $s and a value $v of the case
    "$n", "$s", "$v", "(int $n)", "(int64 $n)", "(float64 $s)", "true", "nil", "(list $s $n)", "(dict $s $n)",
    "(until 3)", '(splitList "," $s)', "(index `abc☃` 1)", '($.Files.GetBytes "bin")', "(list)", "(dict)", "2i", "'☃'",
    "(int $s)", "(list $v nil)", '(split "," $s)', "(chunk 2 (list 1 2 3))", "-7", "0.1", "1e21",
    '(toDate "2006" "2020").UTC', '(semver "1.2.3-a").IncMinor', "(mul (int $n) 1000003)", "(rest list)",
    '((toDate "2006" "2020").Sub (toDate "2006" "2019"))', "(fromJson `null`)",
)  # fmt: skip
"""Operands whose text is the same at every run: no pointers."""

FOOT: Final = "\n\x1e"


@dataclass(frozen=True, slots=True)
class Batch:
    """A template that answers for many cases, and their values."""

    template: str
    values: dict[str, Any]
    count: int


def split(output: str) -> list[str]:
    """What a batch gave, one answer a case."""
    return output.split(FOOT)[:-1]


def _looped(expression: str, cases: Sequence[Any]) -> Batch:
    return Batch(f"{{{{ range .Values.cases }}}}{expression}{FOOT}{{{{ end }}}}", {"cases": list(cases)}, len(cases))


def printf(seed: int, size: int) -> Batch:
    """Formats of all sorts over operands of all types; three operands a template."""
    random = Random(seed)
    words, yaml = Words(random, seed), Generator(seed)
    operands = " ".join(random.choices(OPERANDS, k=random.choice((1, 1, 1, 2, 3))))
    cases = []
    for _ in range(size):
        number = (
            random.choice(NUMBERS) if random.random() < 0.5 else random.uniform(-1, 1) * 10 ** random.randint(-10, 25)
        )
        text = random.choice(WORDS) if random.random() < 0.8 else yaml.text()
        cases.append([words.format(), number, text, yaml.tree(2)])
    names = "{{ $f := index . 0 }}{{ $n := index . 1 }}{{ $s := index . 2 }}{{ $v := index . 3 }}"
    return _looped(f"{names}{{{{ printf $f {operands} }}}}", cases)


def printed(seed: int, size: int) -> Batch:
    """Values as actions, print and println write them."""
    yaml = Generator(seed)
    return _looped(
        '{{ . }}|{{ print . "x" . }}|{{ println . 1 . }}|{{ toString . }}', [[yaml.tree(1)] for _ in range(size)]
    )


def to_yaml(seed: int, size: int) -> Batch:
    """Values as YAML, JSON and TOML."""
    yaml = Generator(seed)
    cases = [_single_order(yaml.tree()) for _ in range(size)]
    how = ("toYaml", "toYaml", "toYamlPretty", "toJson", "toPrettyJson", "toRawJson")[seed % 6]
    return _looped(f"{{{{ {how} . }}}}", cases)


def to_toml(seed: int, size: int) -> Batch:
    """Maps as TOML."""
    yaml = Generator(seed)
    return _looped("{{ toToml (dict `a` .) }}", [yaml.tree() for _ in range(size)])


def from_yaml(seed: int, size: int) -> Batch:
    """Texts read as YAML."""
    random, yaml = Random(seed), Generator(seed)
    cases = []
    for _ in range(size):
        text = _written(random, yaml)
        cases.append(text if random.random() < 0.5 else yaml.mutated(text))
    how = ("fromYaml", "fromYamlArray")[seed % 5 == 0]
    return _looped(f"{{{{ {how} . | toJson }}}}", cases)


def from_json(seed: int, size: int) -> Batch:
    """Texts read as JSON."""
    import json

    random, yaml = Random(seed), Generator(seed)
    cases = []
    for _ in range(size):
        text = json.dumps(yaml.tree(), ensure_ascii=random.random() < 0.5)
        cases.append(text if random.random() < 0.4 else yaml.mutated(text))
    how = ("fromJson", "fromJsonArray")[seed % 3 == 0]
    return _looped(f"{{{{ {how} . | toJson }}}}", cases)


def _written(random: Random, yaml: Generator) -> str:
    """A document in one style or another."""
    import json

    value = yaml.tree()
    roll = random.random()
    if roll < 0.25:
        return json.dumps(value, ensure_ascii=False)
    if roll < 0.6:
        return _block(random, value, "")
    return "\n".join(f"{yaml.key()}: {yaml.text()}" for _ in range(random.randint(1, 4)))


def _block(random: Random, value: Any, pad: str) -> str:
    if isinstance(value, dict) and value:
        return "\n".join(f"{pad}{key}:{_below(random, one, pad)}" for key, one in value.items())
    if isinstance(value, list) and value:
        return "\n".join(f"{pad}-{_below(random, one, pad)}" for one in value)
    return f"{pad}{value}"


def _below(random: Random, value: Any, pad: str) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + _block(random, value, pad + "  ")
    if isinstance(value, str) and "\n" in value and random.random() < 0.5:
        return (
            random.choice((" |", " >", " |-", " >+"))
            + "\n"
            + "\n".join(pad + "  " + line for line in value.split("\n"))
        )
    return f" {random.choice(('', '', '', chr(39), chr(34)))}{value}" if value is not None else ""


def _single_order(value: Any) -> Any:
    """The value with fewer keys, where go-yaml has no single order for them: its comparison may run in circles."""
    if isinstance(value, list):
        return [_single_order(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    digits = 0
    for key, one in value.items():
        digits += any(char.isdecimal() for char in key)
        if digits < 3 or not any(char.isdecimal() for char in key):
            kept[key] = _single_order(one)
    return kept


BATCHES: Final[dict[str, Callable[[int, int], Batch]]] = {
    "printf": printf,
    "printed": printed,
    "toYaml": to_yaml,
    "toToml": to_toml,
    "fromYaml": from_yaml,
    "fromJson": from_json,
}
