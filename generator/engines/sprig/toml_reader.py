"""TOML 1.1 as BurntSushi/toml reads it: integers are int64, dates and times are times. Errors in its words."""

from typing import Any

from generator.engines.gotemplate.gotypes import Maps
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import quote
from generator.engines.sprig.cost import SLOW
from generator.engines.sprig.toml_scanner import Key, Scanner, TomlError
from generator.engines.sprig.toml_writer import spell_key

_Path = tuple[str, ...]


def from_toml(run: Run, text: str) -> dict[str, Any]:
    """The map that TOML denotes, or one with the error at `Error`."""
    run.spend(2 * SLOW * len(text))
    reader = _Reader(text.removeprefix("\ufeff"))
    try:
        return reader.read()
    except TomlError as error:
        key = reader.last_key()
        where = f"line {error.line}" + (f" (last key {quote(key)})" if key else "")
        return {"Error": f"toml: {where}: {error}"}


class _Reader:
    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)
        self.root: dict[str, Any] = {}
        self.context: _Path = ()
        self.current = ""
        self.implicit: set[_Path] = set()
        """Tables that only a longer key has made: a header of their own may still come."""
        self.key_at = 0

    def last_key(self) -> str:
        """What was being read, for errors."""
        context = spell_key(self.context)
        return f"{context}.{self.current}" if self.current and context else self.current or context

    def read(self) -> dict[str, Any]:
        scanner = self.scanner
        if "\0" in scanner.text[:6]:
            raise TomlError("files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8", 1)
        while character := scanner.space():
            if character == "[":
                self.header()
            else:
                self.pair(self.root, top=True)
            if (character := scanner.blanks()) == "#":
                scanner.comment()
            elif character and character not in "\r\n":
                raise scanner.error(
                    "expected a top-level item to end with a newline, comment, or EOF, "
                    f"but got {scanner.shown()} instead"
                )
        return {key: _plain(value) for key, value in self.root.items()}

    def header(self) -> None:
        """`[table]` or `[[tables]]`."""
        scanner = self.scanner
        scanner.at += 1
        several = scanner.peek() == "["
        scanner.at += several
        key = scanner.table_name()
        if several:
            if scanner.peek() != "]":
                raise scanner.error(
                    f"expected end of table array name delimiter ']', but got {scanner.shown()} instead"
                )
            scanner.at += 1
        self.key_at = key.at
        self.enter(key.parts, several=several)

    def enter(self, path: _Path, *, several: bool) -> None:
        """Make the table of a path the context, with those on the way that are not there yet."""
        table = self.root
        for depth, part in enumerate(path[:-1], 1):
            if part not in table:
                self.implicit.add(path[:depth])
                table[part] = {}
            table = self.descend(table[part], f"Key '{spell_key(path[:depth])}' was already created as a hash.")
        self.context = path[:-1]
        if several:
            tables = table.setdefault(path[-1], Maps())
            if not isinstance(tables, Maps):
                raise self.refused(f"Key '{spell_key(path)}' was already created and cannot be used as an array.")
            tables.append({})
        else:
            self.set(path[-1], {})
        self.context = path

    def descend(self, value: Any, refusal: str) -> dict[str, Any]:
        if isinstance(value, Maps):
            return value[-1]
        if isinstance(value, dict):
            return value
        raise self.refused(refusal)

    def refused(self, message: str) -> TomlError:
        return TomlError(message, self.scanner.line(self.key_at))

    def set(self, name: str, value: Any, *, listed: bool = False) -> None:
        """Put a value into the table of the context. An array may replace a table that is implicit."""
        table = self.root
        for depth, part in enumerate(self.context, 1):
            table = self.descend(table[part], f"Key '{spell_key(self.context[:depth])}' has already been defined.")
        path = (*self.context, name)
        if name not in table:
            table[name] = value
            return
        if path not in self.implicit:
            raise self.refused(f"Key '{spell_key(path)}' has already been defined.")
        if listed:
            table[name] = value
        self.implicit.discard(path)

    def pair(self, table: dict[str, Any], *, top: bool) -> None:
        """A key and its value, into the context and, of an inline table, into that as well."""
        outer = self.context
        key: Key = self.scanner.key()
        self.key_at = key.at
        self.current = key.parts[-1]
        for part in key.parts[:-1]:
            path = (*self.context, part)
            self.implicit.add(path)
            self.enter(path, several=False)
        value = self.value(within_array=False)
        self.set(self.current, value, listed=isinstance(value, list))
        if not top:
            for part in key.parts[:-1]:
                table = table.setdefault(part, {})
            table[key.parts[-1]] = value
        self.context = outer
        if top:
            self.current = ""

    def value(self, *, within_array: bool) -> Any:
        scanner = self.scanner
        match scanner.blanks():
            case "[":
                return self.array()
            case "{":
                return self.inline_table(within_array=within_array)
            case '"' | "'":
                return scanner.string()
            case "":
                raise scanner.error("unexpected EOF; expected value")
            case ".":
                raise scanner.error("floats must start with a digit, not '.'")
            case "+" | "-":
                return scanner.signed()
            case character if character in "0123456789":
                return scanner.number()
            case character if character.isalpha():
                return self.word()
            case _:
                raise scanner.error(f"expected value but found {scanner.shown()} instead")

    def word(self) -> Any:
        scanner = self.scanner
        if scanner.peek() in ("i", "n") and (number := scanner.infinity()) is not None:
            return number
        start = scanner.at
        while scanner.peek().isalpha():
            scanner.at += 1
        word = scanner.text[start : scanner.at]
        if word not in ("true", "false"):
            raise scanner.error(f"expected value but found {quote(word)} instead")
        return word == "true"

    def array(self) -> list[Any]:
        scanner = self.scanner
        scanner.at += 1
        result: list[Any] = []
        while (character := scanner.space()) != "]":
            if character == ",":
                raise scanner.error("unexpected comma")
            result.append(self.value(within_array=True))
            character = scanner.space()
            if character == ",":
                scanner.at += 1
            elif character != "]":
                shown = f"'{character}'" if character else "end of file"
                raise scanner.error(f"expected a comma (',') or array terminator (']'), but got {shown}")
        scanner.at += 1
        return result

    def inline_table(self, *, within_array: bool) -> dict[str, Any]:
        scanner = self.scanner
        scanner.at += 1
        outer, outer_key = self.context, self.current
        path = (*outer, outer_key)
        self.current = ""
        self.implicit.add(path)
        self.enter(path, several=within_array)
        result: dict[str, Any] = {}
        while (character := scanner.space()) != "}":
            if character == ",":
                raise scanner.error("unexpected comma")
            self.pair(result, top=False)
            character = scanner.space()
            if character == ",":
                scanner.at += 1
            elif character != "}":
                shown = f"'{character}'" if character else "end of file"
                raise scanner.error(f"expected a comma or an inline table terminator '}}', but got {shown} instead")
        scanner.at += 1
        self.context, self.current = outer, outer_key
        return result


def _plain(value: Any) -> Any:
    """The value as it is given away: what reading needed to know of tables is forgotten."""
    if isinstance(value, dict):
        return {key: _plain(element) for key, element in value.items()}
    return value.__class__([_plain(element) for element in value]) if isinstance(value, list) else value
