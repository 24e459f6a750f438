"""Random charts with charts in them, and command lines for them. Equal seeds give equal ones.

Names are few, so that values, aliases, conditions and imports meet; most charts render.
"""

import json
from random import Random
from typing import Any, Final

TEMPLATES: Final = (
    "v: {{ toJson .Values | quote }}\n",
    "kind: ConfigMap\nmetadata:\n  name: {{ .Chart.Name }}\ndata:\n{{ toYaml .Values | indent 2 }}\n",
    "g: {{ toJson .Values.global | quote }}\n",
    'kind: Secret\nx: {{ include "shared" . }}\n',
    's: {{ .Subcharts | keys | sortAlpha | join "," }}\nr: {{ .Chart.IsRoot }}\n',
    "d: {{ toJson .Chart | quote }}\n",
    "kind: Job\nmetadata: {annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: '{{ len .Values }}'}}\n",
    'f: {{ range $p, $_ := .Files.Glob "**" }}{{ $p }},{{ end }}\n',
    "{{- if .Values.a }}\na: {{ .Values.a }}\n{{- end }}\n",
    "b: {{ (.Values.b).c }}\n",
    "{{ range $k, $v := .Values }}{{ $k }}: {{ kindOf $v }}\n{{ end }}",
    '{{ $_ := set .Values "new" "x" }}n: {{ .Values.new }}\n',
    "n: {{ .Values.new }}\n",
    "sub: {{ range $k, $v := .Subcharts }}{{ $k }}{{ toJson $v.Values | quote }}{{ end }}\n",
)
FILES: Final = (
    "a.yaml", "b.yaml", "z.yaml", "_a.tpl", "sub/c.yaml", "B.yaml", "a-b.yaml", "a.b.yaml", "10.yaml", "9.yaml",
    "é.yaml", "NOTES.txt", "notes.txt", "tests/t.yaml", "a.txt",
)  # fmt: skip
SCALARS: Final[tuple[Any, ...]] = (
    1,
    0,
    True,
    False,
    None,
    "x",
    "",
    1.5,
    "yes",
    "12",
    10000000,
    [],
    {},
    [1, 2],
    ["a", None],
    "a,b",
)
CONDITIONS: Final = (
    "s.enabled",
    "t.enabled",
    "enabled",
    "a",
    "b.c",
    "zz",
    "global.a",
    " s.enabled , t.enabled",
    ".",
    "",
)
IMPORTS: Final[tuple[Any, ...]] = (
    "data", "d2", "nope", {"child": "a", "parent": "b"}, {"child": "exports.data", "parent": "."},
    {"child": "b.c", "parent": "x.y"}, {"child": "global", "parent": "gg"}, {"child": "t", "parent": "c"},
    {"child": ".", "parent": "a"},
)  # fmt: skip
IGNORED: Final = ("*.txt\n", "templates/a*\n", "/b.yaml\n", "sub/\n", "!a\n", "# c\n\n*.tpl\n")
SCHEMAS: Final = (
    {"type": "object"}, {"properties": {"a": {"type": "integer"}}}, {"required": ["a"]},
    {"properties": {"b": {"type": ["object", "null"]}}}, {"properties": {"a": {"enum": [1, "x", None]}}},
)  # fmt: skip
KEYS: Final = (
    "a", "b", "p.c", "s.a", "s.enabled", "t.enabled", "global.a", "global.g.x", "tags.t1", "o[0]", "o[1].b", "m.e.f",
    "n.t.a", "x-y.a", "al0.enabled", r"a\.b", "l[2]", "s", "global.c", "q.a[0][1]",
)  # fmt: skip
TEXTS: Final = (
    "1", "x", "", "null", "true", "false", "{a,b}", "{}", r"a\,b", "1.5", "1e3", "007", "[]", '"q"', "a=b", " x ",
    "0x10", "10000000000000000000", "-1", "a b", "{1,null}", "}",
)  # fmt: skip
JSON: Final = ("1", '"x"', "null", '{"a":1}', '[1,{"b":null}]', "1.5", "true", "10000000")
MORE: Final = ("b=2", "d=", "e.f=1", "d=null", "c=x")
SHOWN: Final = ("templates/a.yaml", "templates/*.yaml", "charts/s/templates/*", "templates/NOTES.txt")


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.pick = self.random.choice
        self.files: dict[str, str] = {}

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def tree(self, depth: int) -> Any:
        if depth and self.chance(0.45):
            return {self.pick("abcdef"): self.tree(depth - 1) for _ in range(self.random.randint(0, 3))}
        return self.pick(SCALARS)

    def values(self, below: list[str], depth: int) -> dict[str, Any]:
        made = {self.pick("abcdef"): self.tree(2) for _ in range(self.random.randint(0, 4))}
        if self.chance(0.4):
            made["global"] = {self.pick("abcg"): self.tree(2) for _ in range(self.random.randint(0, 3))}
        for name in below:
            if self.chance(0.5):
                made[name] = self.values(["s", "t"] if depth > 1 else [], depth - 1) if depth else {}
                if self.chance(0.3):
                    made[name]["enabled"] = self.pick((True, False, True, None, "x"))
            elif self.chance(0.02):
                made[name] = self.pick(SCALARS)
        if self.chance(0.25):
            made["tags"] = {self.pick(("t1", "t2")): self.pick((True, False, None, "x")) for _ in range(2)}
        if self.chance(0.2):
            made["exports"] = {self.pick(("data", "d2")): {self.pick("abc"): self.tree(1)} for _ in range(2)}
        return made

    def dependency(self, name: str, number: int) -> dict[str, Any]:
        made: dict[str, Any] = {
            "name": name,
            "version": self.pick((">=0-0", ">=0-0", ">0-0", "1.x", "*", "")),
            "repository": "",
        }
        if self.chance(0.3):
            made["alias"] = f"al{number}"
        if self.chance(0.4):
            made["condition"] = self.pick(CONDITIONS)
        if self.chance(0.3):
            made["tags"] = self.pick((["t1"], ["t1", "t2"], ["t2"], []))
        if self.chance(0.4):
            made["import-values"] = [self.pick(IMPORTS) for _ in range(self.random.randint(1, 2))]
        return made

    def chart(self, name: str, depth: int, folder: str) -> None:
        meta: dict[str, Any] = {
            "apiVersion": "v1" if self.chance(0.1) else "v2",
            "name": name,
            "version": self.pick(("1.0.0", "0.1.0", "1.2.3", "v1.0.0", "1.2.3-a")),
        }
        if depth < 2 and self.chance(0.1):
            meta["type"] = self.pick(("library", "application"))
        said = {"deprecated": True, "keywords": ["k1"], "annotations": {"a/b": "c"}, "appVersion": "2"}
        meta |= {key: value for key, value in said.items() if self.chance(0.1)}
        if self.chance(0.05):
            meta["kubeVersion"] = self.pick((">=1.20.0-0", "<1.20", "*"))
        below = [one for one in ("s", "t", "lib") if depth and self.chance(0.5)]
        wanted = [self.dependency(one, number) for number, one in enumerate(below) if self.chance(0.9)]
        if wanted and meta["apiVersion"] == "v1":
            self.files[f"{folder}requirements.yaml"] = json.dumps({"dependencies": wanted})
        elif wanted:
            meta["dependencies"] = wanted
        self.files[f"{folder}Chart.yaml"] = json.dumps(meta)
        if self.chance(0.9):
            names = [*below, *(one["alias"] for one in wanted if "alias" in one)]
            self.files[f"{folder}values.yaml"] = json.dumps(self.values(names, depth))
        for _ in range(self.random.randint(1, 3)):
            self.files[f"{folder}templates/{self.pick(FILES)}"] = self.pick(TEMPLATES)
        if depth == 2 or self.chance(0.6):
            text = f'{{{{ define "shared" }}}}{name}-{{{{ .Chart.Name }}}}{{{{ end }}}}'
            self.files[f"{folder}templates/{'_z.tpl' if depth == 2 else self.pick(('_h.tpl', 'a.yaml'))}"] = text
        if self.chance(0.1):
            self.files[f"{folder}crds/c.yaml"] = "kind: CRD\n"
        if self.chance(0.15):
            self.files[f"{folder}f.txt"] = "x"
        if self.chance(0.1):
            self.files[f"{folder}.helmignore"] = self.pick(IGNORED[: None if depth < 2 else -1])
        if self.chance(0.04):
            self.files[f"{folder}values.schema.json"] = json.dumps(self.pick(SCHEMAS))
        for one in below:
            self.chart(one, depth - 1, f"{folder}charts/{one}/")

    def option(self) -> list[str]:
        how = self.pick(("--set", "--set", "--set", "--set", "--set-string", "--set-json", "--set-literal"))
        text = f"{self.pick(KEYS)}={self.pick(JSON if how == '--set-json' else TEXTS)}"
        if how in ("--set", "--set-string") and self.chance(0.2):
            text += f",{self.pick(MORE)}"
        return [how, text]


def random_chart(seed: int) -> tuple[dict[str, str], str, list[str]]:
    """The files of a chart by their names below its folder, a file of values, and options."""
    maker = _Maker(seed)
    maker.chart("c", 2, "")
    options = [word for _ in range(maker.pick((0, 0, 1, 2, 3))) for word in maker.option()]
    given = json.dumps(maker.values(["s", "t", "lib", "al0"], 2)) if maker.chance(0.4) else "{}"
    for option, probability in (("--include-crds", 0.1), ("--no-hooks", 0.1), ("--is-upgrade", 0.05)):
        if maker.chance(probability):
            options.append(option)
    if maker.chance(0.1):
        options += ["-s", maker.pick(SHOWN)]
    return maker.files, given, options
