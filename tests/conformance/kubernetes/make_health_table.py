"""Writes generator/model/health_table.py from the sources of Argo CD.

Run `python tests/conformance/kubernetes/make_health_table.py DIR`, where DIR is an unpacked source tree. The
checks that are written in Go (`gitops-engine/pkg/health/health.go`) are few and stand in `kinds.py`.
"""

import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "generator" / "model" / "health_table.py"


def mapping(name: str, rows: dict[str, list[str]], meaning: str) -> list[str]:
    """A dict literal of kinds by group."""
    lines = [f"{name}: dict[str, str] = {{"]
    for group, kinds in sorted(rows.items()):
        parts = textwrap.wrap(" ".join(sorted(kinds)), 90)
        if len(f'    "{group}": "{parts[0]}",') > 100 or len(parts) > 1:
            body = [f'        "{" " * bool(at)}{part}"' for at, part in enumerate(parts)]
            lines += [f'    "{group}": (', *body, "    ),"]
        else:
            lines.append(f'    "{group}": "{parts[0]}",')
    return [*lines, "}", f'"""{meaning}"""']


def table(source: Path) -> str:
    """The text of the module."""
    version = (source / "VERSION").read_text().strip()
    checks: dict[str, list[str]] = {}
    suspending: dict[str, list[str]] = {}
    for script in (source / "resource_customizations").glob("*/*/health.lua"):
        group, kind = (part.replace("_", "*") for part in script.parts[-3:-1])
        checks.setdefault(group, []).append(kind)
        if '"Suspended"' in script.read_text():
            suspending.setdefault(group, []).append(kind)
    lines = [
        f'"""The kinds whose health Argo CD {version} judges by a script.',
        "",
        "Written by tests/conformance/kubernetes/make_health_table.py: do not edit. `kinds.py` reads it.",
        '"""',
        "",
        *mapping("CHECKED", checks, "Kinds by group; `*` stands for any text."),
        "",
        *mapping("SUSPENDING", suspending, "Those among them that the script may call Suspended."),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(Path(sys.argv[1])))
