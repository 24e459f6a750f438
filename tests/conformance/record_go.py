"""Record what Go's own packages answer to the rows of their own tests.

    python tests/conformance/record_go.py

Runs the tests of text/template, text/template/parse, fmt and strconv from the sources of the Go that is installed,
with a line added to each that writes the row and the answer. `go test -overlay` sees to it that Go's sources are not
touched. The result is tests/conformance/vectors/go-*.json.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
VECTORS = HERE / "vectors"

ZERO = '.Option("missingkey=zero")'

# package: (vector file, tests to run, edits: file -> (old, new) …)
PACKAGES: dict[str, tuple[str, str, dict[str, list[tuple[str, str]]]]] = {
    "text/template": (
        "go-exec.json",
        "^(TestExecute|TestMultiExecute|TestComparison|TestJSEscaping)$",
        {
            "exec_test.go": [
                (
                    "\t\terr = tmpl.Execute(b, test.data)\n\t\tswitch {",
                    (
                        f"\t\ttmpl{ZERO}\n\t\terr = tmpl.Execute(b, test.data)\n"
                        "\t\tdata := dumpValue(test.data)\n"
                        '\t\tif test.data == any(tVal) { data = map[string]any{"type": "T"} }\n'
                        '\t\tdumpRow(map[string]any{"table": "exec", "name": test.name, "in": test.input, '
                        '"data": data, "multi": template != nil, "out": dumpBytes(b.String()), '
                        '"error": dumpError(err)})\n'
                        "\t\tif true { continue }\n\t\tswitch {"
                    ),
                ),
                (
                    "\t\terr = tmpl.Execute(b, &cmpStruct)\n",
                    (
                        "\t\terr = tmpl.Execute(b, &cmpStruct)\n"
                        '\t\tdumpRow(map[string]any{"table": "compare", "in": text, "out": b.String(), '
                        '"error": dumpError(err)})\n'
                    ),
                ),
                (
                    "\tfor _, tc := range testCases {\n\t\ts := JSEscapeString(tc.in)\n",
                    (
                        "\tfor _, tc := range testCases {\n\t\ts := JSEscapeString(tc.in)\n"
                        '\t\tdumpRow(map[string]any{"table": "js", "in": dumpBytes(tc.in), "out": dumpBytes(s)})\n'
                    ),
                ),
            ],
        },
    ),
    "text/template/parse": (
        "go-parse.json",
        "^(TestParse|TestErrors|TestLex|TestPos|TestNumberParse)$",
        {
            "parse_test.go": [
                (
                    "\t\tswitch {\n\t\tcase err == nil && !test.ok:",
                    (
                        '\t\trow := map[string]any{"table": "parse", "name": test.name, "in": dumpBytes(test.input), '
                        '"error": dumpError(err)}\n'
                        '\t\tif err == nil { textFormat = "%s"; row["out"] = tmpl.Root.String(); textFormat = "%q" }\n'
                        "\t\tdumpRow(row)\n"
                        "\t\tswitch {\n\t\tcase err == nil && !test.ok:"
                    ),
                ),
                (
                    '\t\t\tif err == nil {\n\t\t\t\tt.Fatalf("expected error %q, got nil"',
                    (
                        '\t\t\tdumpRow(map[string]any{"table": "parse", "name": test.name, '
                        '"in": dumpBytes(test.input), "error": dumpError(err)})\n'
                        '\t\t\tif err == nil {\n\t\t\t\tt.Fatalf("expected error %q, got nil"'
                    ),
                ),
                (
                    "\t\tok := test.isInt ||",
                    (
                        '\t\trow := map[string]any{"table": "number", "in": test.text, "error": dumpError(err)}\n'
                        "\t\tif n != nil {\n"
                        '\t\t\tif n.IsInt { row["int"] = fmt.Sprint(n.Int64) }\n'
                        '\t\t\tif n.IsUint { row["uint"] = fmt.Sprint(n.Uint64) }\n'
                        '\t\t\tif n.IsFloat { row["float"] = fmt.Sprint(n.Float64) }\n'
                        '\t\t\tif n.IsComplex { row["complex"] = dumpValue(n.Complex128) }\n'
                        "\t\t}\n\t\tdumpRow(row)\n"
                        "\t\tok := test.isInt ||"
                    ),
                ),
            ],
            "lex_test.go": [
                (
                    '\t\titems := collect(&test, "", "")\n\t\tif !equal(items, test.items, false) {',
                    (
                        '\t\titems := collect(&test, "", "")\n'
                        "\t\tvar list []any\n"
                        "\t\tfor _, it := range items {\n"
                        "\t\t\tlist = append(list, []any{int(it.typ), it.pos, dumpBytes(it.val), it.line})\n\t\t}\n"
                        '\t\tdumpRow(map[string]any{"table": "lex", "name": test.name, "in": dumpBytes(test.input), '
                        '"out": list})\n'
                        "\t\tif !equal(items, test.items, false) {"
                    ),
                ),
            ],
        },
    ),
    "fmt": (
        "go-fmt.json",
        "^(TestSprintf|TestReorder)$",
        {
            "fmt_test.go": [
                (
                    '\t\ts := Sprintf(tt.fmt, tt.val)\n\t\ti := strings.Index(tt.out, "PTR")',
                    (
                        "\t\ts := Sprintf(tt.fmt, tt.val)\n"
                        '\t\tif !strings.Contains(tt.out, "PTR") {\n'
                        '\t\t\tdumpRow(map[string]any{"table": "fmt", "in": dumpBytes(tt.fmt), '
                        '"args": []any{dumpValue(tt.val)}, "out": dumpBytes(s)})\n\t\t}\n'
                        '\t\ti := strings.Index(tt.out, "PTR")'
                    ),
                ),
                (
                    "\t\ts := Sprintf(tt.fmt, tt.val...)\n\t\tif s != tt.out {",
                    (
                        "\t\ts := Sprintf(tt.fmt, tt.val...)\n"
                        "\t\tvar args []any\n\t\tfor _, arg := range tt.val { args = append(args, dumpValue(arg)) }\n"
                        '\t\tdumpRow(map[string]any{"table": "fmt", "in": dumpBytes(tt.fmt), "args": args, '
                        '"out": dumpBytes(s)})\n'
                        "\t\tif s != tt.out {"
                    ),
                ),
            ],
        },
    ),
    "strconv": (
        "go-strconv.json",
        "^(TestQuote|TestQuoteToASCII|TestUnquote)$",
        {
            "quote_test.go": [
                (
                    "\t\tif out := Quote(tt.in); out != tt.out {",
                    (
                        '\t\tdumpRow(map[string]any{"table": "quote", "in": dumpBytes(tt.in), "out": Quote(tt.in), '
                        '"ascii": QuoteToASCII(tt.in)})\n'
                        "\t\tif out := Quote(tt.in); out != tt.out {"
                    ),
                ),
                (
                    "\tgot, gotErr := Unquote(in)\n",
                    (
                        "\tgot, gotErr := Unquote(in)\n"
                        '\tdumpRow(map[string]any{"table": "unquote", "in": dumpBytes(in), "out": dumpBytes(got), '
                        '"error": dumpError(gotErr)})\n'
                    ),
                ),
            ],
        },
    ),
}
PACKAGE_NAMES = {
    "text/template": "template",
    "text/template/parse": "parse",
    "fmt": "fmt_test",
    "strconv": "strconv_test",
}


def go(*args: str, **env: str) -> str:
    run = subprocess.run(["go", *args], env={**os.environ, **env}, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    return run.stdout


def record(package: str, root: Path, scratch: Path) -> list[object]:
    _, tests, edits = PACKAGES[package]
    sources = root / "src" / package
    replace: dict[str, str] = {}
    for file, changes in edits.items():
        text = (sources / file).read_text()
        for old, new in changes:
            if text.count(old) != 1:
                raise SystemExit(f"{package}/{file}: found {text.count(old)} times: {old}")
            text = text.replace(old, new)
        (scratch / file).write_text(text)
        replace[str(sources / file)] = str(scratch / file)
    helper = scratch / "dump_rows_test.go"
    helper.write_text(f"package {PACKAGE_NAMES[package]}\n" + (HERE / "go" / "dump_test.go.txt").read_text())
    replace[str(sources / helper.name)] = str(helper)
    overlay = scratch / "overlay.json"
    overlay.write_text(json.dumps({"Replace": replace}))
    rows = scratch / "rows"
    rows.unlink(missing_ok=True)
    go("test", f"-overlay={overlay}", "-count=1", "-vet=off", "-run", tests, package, DUMP_ROWS=str(rows))
    return [json.loads(line) for line in rows.read_text().splitlines()]


def main() -> None:
    root = Path(go("env", "GOROOT").strip())
    version = go("env", "GOVERSION").strip()
    for package, (vector, _, _) in PACKAGES.items():
        with tempfile.TemporaryDirectory() as scratch:
            rows = record(package, root, Path(scratch))
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        head = json.dumps({"oracle": f"{version}, tests of {package}"})[:-1]
        (VECTORS / vector).write_text(f'{head}, "rows": [\n{lines}\n]}}\n')
        print(f"{vector}: {len(rows)} rows")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
