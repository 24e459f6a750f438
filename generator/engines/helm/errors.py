"""What Helm says of an error in a template: Go's text, laid out anew.

Helm takes Go's text apart by its punctuation; what it says is defined by that, so the same is done here, for the
text alone. Who wants to know what happened reads the fields of the `TemplateError`.
"""

from typing import Final

from generator.engines.gotemplate.errors import TemplateError
from generator.engines.helm.functions import _END, _START
from generator.engines.sprig.runes import SPACE

_TEMPLATE: Final = "template: "


def helm_text(error: TemplateError) -> str:
    """The message of `helm template`, without what the command puts before it."""
    text = error.go_text()
    if error.kind == "parse" and not error.calls:
        location, message = text.split(": ")[1], text.rsplit(": ", 1)[1]
        return f"parse error at ({location}): {message}"
    if not error.place.template and not error.calls:
        return text
    return _said(text) or _laid_out(error) or text


def _said(text: str) -> str | None:
    """What `required` or `fail` said, with the outermost place."""
    _, location, rest = text.split(": ", 2)
    start, end = rest.find(_START), rest.rfind(_END)
    if start < 0 or end < start:
        return None
    return f"execution error at ({location}): {rest[start + len(_START) : end]}"


def _laid_out(error: TemplateError) -> str | None:
    """Each error of the chain on lines of its own; nothing where one of them is not Go's template engine's."""
    parts: list[str] = []
    for text in _chain(error):
        part = _part(text)
        if part is None:
            return None
        if not parts or parts[-1] != part:
            parts.append(part)
    return "".join(parts).strip(SPACE)


def _chain(error: TemplateError) -> list[str]:
    """The texts of the errors that Go's text wraps one in the other, outermost first."""
    texts = []
    rest = error.go_text()
    for call in error.calls:
        if not call.lead:
            continue
        texts.append(rest)
        place = call.place.go_text()
        called = f"error calling {call.function}: "
        rest = rest[len(place) + len(called) :]
        inner = call.lead[len(called) :]
        if inner:
            texts.append(rest)
            rest = rest[len(inner) :]
    texts.append(rest)
    if error.kind in {"function", "unavailable", "fail", "required"}:
        _, _, message = error.go_message.partition(": ")
        texts.append(message)
    return texts


def _part(text: str) -> str | None:
    """An error of Go's template engine: location, what was executed, message."""
    if not text.startswith(_TEMPLATE):
        return None
    rest = text[len(_TEMPLATE) :]
    if rest.startswith("no template "):
        return f"{text}\n"
    return _executing(rest) or _simple(rest)


def _executing(rest: str) -> str | None:
    location, found, after = rest.partition(": executing ")
    if not found or not after.startswith('"'):
        return None
    function, closed, after = after[1:].partition('"')
    if not closed or not after.startswith(" at <"):
        return None
    context, found, message = after[len(" at <") :].partition(">: ")
    if not found:
        return None
    message = message.partition(" template:")[0]
    head = f'{location}\n  executing "{function}" at <{context}>:\n    '
    return f"{head}{message}\n" if message else head


def _simple(rest: str) -> str | None:
    location, found, message = rest.rpartition(": ")
    if not found:
        return None
    message = message.partition(" template:")[0]
    return f"{location}\n  {message}\n" if message else f"{location}\n  "
