"""Every code a diagnostic may carry, and what it is about. A code never changes its meaning.

The hundreds say where the mistake lies: 1 the text, 2 the definitions, 3 how they fit together,
4 templates and values, 5 rendered objects and their order, 6 the bundle and what is already in `out/`,
7 git. `docs/reference/diagnostics.md` explains each one; a test holds the two together.
"""

CODES: dict[str, str] = {
    "MW101": "not valid YAML",
    "MW102": "duplicate key",
    "MW103": "too deep or too large",
    "MW104": "not text",
    "MW105": "a key that is not a string",
    "MW106": "a number that JSON cannot hold",
    "MW107": "text that Kubernetes would drop",
    "MW120": "a file that cannot be read",
    "MW121": "a path that leads out of the repository",
    "MW122": "a link to a folder",
    "MW123": "a link that leads nowhere",
    "MW201": "a value of the wrong type",
    "MW202": "a field is missing",
    "MW203": "an unknown field",
    "MW204": "a value that is not allowed",
    "MW511": "a patch that selects no object",
    "MW512": "a patch target that cannot be read",
    "MW513": "a merge patch that cannot be applied",
    "MW514": "a JSON patch that cannot be applied",
    "MW515": "a patch that makes another object",
    "MW701": "a program is not installed",
    "MW702": "a program failed",
    "MW703": "a program took too long",
    "MW704": "SOURCE_DATE_EPOCH is no time",
    "MW710": "a damaged repository",
    "MW711": "a bare repository",
    "MW712": "no such commit",
    "MW713": "no such folder in a commit",
    "MW714": "a submodule among the definitions",
}
