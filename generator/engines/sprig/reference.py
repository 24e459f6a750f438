"""What each function is for, in a line, with an example: what the reference of the template language is made of."""

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """One function."""

    text: str
    """What it gives."""
    example: str
    """A template's expression."""
    result: str | None
    """What that prints; None where it differs from time to time."""


def _as(name: str) -> Entry:
    return Entry(f"Another name of `{name}`.", "", None)


def _must(name: str, example: str, result: str | None) -> Entry:
    return Entry(f"As `{name}`; what goes wrong is an error.", example, result)


REFERENCE: Final[dict[str, dict[str, Entry]]] = {
    "Strings": {
        "trim": Entry("The text without white space around it.", 'trim "  a b "', "a b"),
        "trimAll": Entry("The text without any of the given characters around it.", 'trimAll "$" "$5.00"', "5.00"),
        "trimall": _as("trimAll"),
        "trimPrefix": Entry("The text without a prefix.", 'trimPrefix "-" "-a-"', "a-"),
        "trimSuffix": Entry("The text without a suffix.", 'trimSuffix "-" "-a-"', "-a"),
        "nospace": Entry("The text without its white space.", 'nospace "a b c"', "abc"),
        "upper": Entry("The text in upper case.", 'upper "redis"', "REDIS"),
        "lower": Entry("The text in lower case.", 'lower "Redis"', "redis"),
        "title": Entry("Every word with a capital letter.", 'title "hello world"', "Hello World"),
        "untitle": Entry("Every word with a small first letter.", 'untitle "Hello World"', "hello world"),
        "swapcase": Entry("Small letters for capitals and the other way round.", 'swapcase "aB cD"', "Ab Cd"),
        "camelcase": Entry("Words in UpperCamelCase.", 'camelcase "http_server"', "HttpServer"),
        "snakecase": Entry("Words in snake_case.", 'snakecase "HttpServer"', "http_server"),
        "kebabcase": Entry("Words in kebab-case.", 'kebabcase "HttpServer"', "http-server"),
        "initials": Entry("The first byte of every word.", 'initials "first try"', "ft"),
        "substr": Entry("The bytes from one position to before another.", 'substr 0 3 "redis"', "red"),
        "trunc": Entry("The first bytes; the last ones for a negative count.", 'trunc 3 "redis"', "red"),
        "abbrev": Entry("The text cut to a width, with an ellipsis.", 'abbrev 8 "hello world"', "hello..."),
        "abbrevboth": Entry("The text cut on both sides.", 'abbrevboth 5 10 "1234 5678 9123"', "...5678..."),
        "wrap": Entry(
            "The text with line breaks so that lines fit a width.", 'wrap 5 "ab cd ef" | quote', r'"ab cd\nef"'
        ),
        "wrapWith": Entry("As `wrap`, with a line break of one's own.", 'wrapWith 5 "|" "ab cd ef"', "ab cd|ef"),
        "repeat": Entry("The text so many times.", 'repeat 3 "ab"', "ababab"),
        "indent": Entry("The text with blanks before every line.", 'indent 2 "a\\nb" | quote', r'"  a\n  b"'),
        "nindent": Entry("A line break, then as `indent`.", 'nindent 2 "a" | quote', r'"\n  a"'),
        "contains": Entry("Whether the second text holds the first.", 'contains "ed" "redis"', "true"),
        "hasPrefix": Entry("Whether the second text starts with the first.", 'hasPrefix "re" "redis"', "true"),
        "hasSuffix": Entry("Whether the second text ends with the first.", 'hasSuffix "is" "redis"', "true"),
        "replace": Entry("The text with one part replaced by another.", 'replace "." "-" "7.2.4"', "7-2-4"),
        "plural": Entry("The first word for a count of 1, else the second.", 'plural "node" "nodes" 3', "nodes"),
        "quote": Entry("The values in double quotes; nil is left out.", 'quote "a" 1', '"a" "1"'),
        "squote": Entry("The values in single quotes; nil is left out.", 'squote "a" 1', "'a' '1'"),
        "cat": Entry("The values with blanks between; nil is left out.", 'cat "a" 1 true', "a 1 true"),
        "toString": Entry("The value as a string.", "toString 1.5", "1.5"),
        "toStrings": Entry("The elements of a list as strings.", "toStrings (list 1 2) | toJson", '["1","2"]'),
        "join": Entry("The elements of a list as one text, with a separator.", 'join "-" (list 1 2)', "1-2"),
        "split": Entry("The parts of a text as a map with keys `_0`, `_1` …", '(split "." "7.2.4")._1', "2"),
        "splitn": Entry("As `split`, with at most so many parts.", '(splitn "." 2 "7.2.4")._1', "2.4"),
        "splitList": Entry("The parts of a text as a list.", 'splitList "." "7.2" | toJson', '["7","2"]'),
        "sortAlpha": Entry("The elements as strings, in order.", 'sortAlpha (list "b" "a")', "[a b]"),
        "hello": Entry("A greeting.", "hello", "Hello!"),
    },
    "Regular expressions": {
        "regexMatch": Entry("Whether the text holds a match.", 'regexMatch "^[a-z]+$" "redis"', "true"),
        "mustRegexMatch": _must("regexMatch", 'mustRegexMatch "a+" "caat"', "true"),
        "regexFind": Entry("The first match.", 'regexFind "[0-9]+" "redis-7.2"', "7"),
        "mustRegexFind": _must("regexFind", 'mustRegexFind "[0-9]+" "a1"', "1"),
        "regexFindAll": Entry("All matches, or so many.", 'regexFindAll "[0-9]" "7.2.4" 2', "[7 2]"),
        "mustRegexFindAll": _must("regexFindAll", 'mustRegexFindAll "[0-9]" "7.2" -1', "[7 2]"),
        "regexSplit": Entry("The parts between matches.", 'regexSplit "[.-]" "7.2-rc" -1', "[7 2 rc]"),
        "mustRegexSplit": _must("regexSplit", 'mustRegexSplit "[.-]" "7.2" -1', "[7 2]"),
        "regexReplaceAll": Entry(
            "The text with matches replaced; `${1}` is a group.", 'regexReplaceAll "(a+)" "caat" "<${1}>"', "c<aa>t"
        ),
        "mustRegexReplaceAll": _must("regexReplaceAll", 'mustRegexReplaceAll "a" "cat" "u"', "cut"),
        "regexReplaceAllLiteral": Entry(
            "The text with matches replaced by just this.", 'regexReplaceAllLiteral "a" "cat" "$1"', "c$1t"
        ),
        "mustRegexReplaceAllLiteral": _must(
            "regexReplaceAllLiteral", 'mustRegexReplaceAllLiteral "a" "cat" "$1"', "c$1t"
        ),
        "regexQuoteMeta": Entry("An expression that matches just this text.", 'regexQuoteMeta "7.2"', r"7\.2"),
    },
    "Numbers": {
        "atoi": Entry("The integer that a text spells, else 0.", 'atoi "42"', "42"),
        "int": Entry("The value as an int.", 'int "0x1F"', "31"),
        "int64": Entry("The value as an int64.", "int64 3.9", "3"),
        "float64": Entry("The value as a float64.", 'float64 "1.5"', "1.5"),
        "toDecimal": Entry("The number that octal digits spell.", 'toDecimal "0755"', "493"),
        "add1": Entry("The value plus 1.", "add1 5", "6"),
        "add": Entry("The sum of integers.", "add 1 2 3", "6"),
        "sub": Entry("The difference of integers.", "sub 5 2", "3"),
        "mul": Entry("The product of integers.", "mul 2 3 4", "24"),
        "div": Entry("The quotient of integers, towards zero.", "div 7 2", "3"),
        "mod": Entry("The remainder of integers.", "mod 7 2", "1"),
        "max": Entry("The greatest integer.", "max 1 5 3", "5"),
        "biggest": _as("max"),
        "min": Entry("The least integer.", "min 1 5 3", "1"),
        "add1f": Entry("The value plus 1, with decimals.", "add1f 1.5", "2.5"),
        "addf": Entry("The sum of decimals.", "addf 0.1 0.2", "0.3"),
        "subf": Entry("The difference of decimals.", "subf 0.3 0.1", "0.2"),
        "mulf": Entry("The product of decimals.", "mulf 1.1 3", "3.3"),
        "divf": Entry("The quotient of decimals.", "divf 10 4", "2.5"),
        "maxf": Entry("The greatest float.", "maxf 1 2.5", "2.5"),
        "minf": Entry("The least float.", "minf 1 2.5", "1"),
        "floor": Entry("The next integer below.", "floor 1.9", "1"),
        "ceil": Entry("The next integer above.", "ceil 1.1", "2"),
        "round": Entry("The value to so many decimal places.", "round 1.2345 2", "1.23"),
        "until": Entry("The integers from 0 to before this.", "until 3", "[0 1 2]"),
        "untilStep": Entry("The integers from, to before, and by a step.", "untilStep 1 6 2", "[1 3 5]"),
        "seq": Entry("The integers from 1, or from one to another, as text.", "seq 3", "1 2 3"),
    },
    "Defaults": {
        "default": Entry("The second value, or the first if that is empty.", 'default "a" ""', "a"),
        "empty": Entry("Whether a value is nil, false, zero or without elements.", 'empty ""', "true"),
        "coalesce": Entry("The first value that is not empty.", 'coalesce "" 0 "a"', "a"),
        "all": Entry("Whether no value is empty.", 'all 1 "a"', "true"),
        "any": Entry("Whether a value is not empty.", 'any 0 "a"', "true"),
        "ternary": Entry("The first value if the third is true, else the second.", 'ternary "a" "b" true', "a"),
        "fail": Entry("Ends the rendering with a message.", "", None),
    },
    "Lists": {
        "list": Entry("A list of the values.", "list 1 2", "[1 2]"),
        "tuple": _as("list"),
        "append": Entry("A new list with a value at the end.", "append (list 1) 2", "[1 2]"),
        "mustAppend": _must("append", "mustAppend (list 1) 2", "[1 2]"),
        "push": _as("append"),
        "mustPush": _as("mustAppend"),
        "prepend": Entry("A new list with a value at the start.", "prepend (list 1) 0", "[0 1]"),
        "mustPrepend": _must("prepend", "mustPrepend (list 1) 0", "[0 1]"),
        "concat": Entry("One list of several.", "concat (list 1) (list 2)", "[1 2]"),
        "first": Entry("The first element.", "first (list 1 2)", "1"),
        "mustFirst": _must("first", "mustFirst (list 1 2)", "1"),
        "last": Entry("The last element.", "last (list 1 2)", "2"),
        "mustLast": _must("last", "mustLast (list 1 2)", "2"),
        "rest": Entry("All elements but the first.", "rest (list 1 2 3)", "[2 3]"),
        "mustRest": _must("rest", "mustRest (list 1 2 3)", "[2 3]"),
        "initial": Entry("All elements but the last.", "initial (list 1 2 3)", "[1 2]"),
        "mustInitial": _must("initial", "mustInitial (list 1 2 3)", "[1 2]"),
        "reverse": Entry("A new list the other way round.", "reverse (list 1 2)", "[2 1]"),
        "mustReverse": _must("reverse", "mustReverse (list 1 2)", "[2 1]"),
        "slice": Entry("The elements from one position to before another.", "slice (list 1 2 3) 1 3", "[2 3]"),
        "mustSlice": _must("slice", "mustSlice (list 1 2 3) 1", "[2 3]"),
        "chunk": Entry("Lists of so many elements each.", "chunk 2 (list 1 2 3)", "[[1 2] [3]]"),
        "mustChunk": _must("chunk", "mustChunk 2 (list 1 2 3)", "[[1 2] [3]]"),
        "has": Entry("Whether a list holds a value of the same type.", 'has "a" (list "a" "b")', "true"),
        "mustHas": _must("has", 'mustHas "a" (list "b")', "false"),
        "uniq": Entry("A new list without repetitions.", "uniq (list 1 2 1)", "[1 2]"),
        "mustUniq": _must("uniq", "mustUniq (list 1 2 1)", "[1 2]"),
        "without": Entry("A new list without some values.", "without (list 1 2 3) 2", "[1 3]"),
        "mustWithout": _must("without", "mustWithout (list 1 2 3) 2", "[1 3]"),
        "compact": Entry("A new list without empty values.", 'compact (list 1 "" 2)', "[1 2]"),
        "mustCompact": _must("compact", 'mustCompact (list 1 "" 2)', "[1 2]"),
    },
    "Maps": {
        "dict": Entry("A map of keys and values.", 'dict "a" 1 "b" 2', "map[a:1 b:2]"),
        "get": Entry("The value at a key, or an empty text.", 'get (dict "a" 1) "a"', "1"),
        "set": Entry("Puts a value into the map, and gives the map.", 'set (dict) "a" 1', "map[a:1]"),
        "unset": Entry("Takes a key out of the map, and gives the map.", 'unset (dict "a" 1) "a"', "map[]"),
        "hasKey": Entry("Whether the map has a key.", 'hasKey (dict "a" nil) "a"', "true"),
        "pluck": Entry("The values that several maps have at a key.", 'pluck "a" (dict "a" 1) (dict "b" 2)', "[1]"),
        "keys": Entry("The keys, in order.", 'keys (dict "b" 1 "a" 2)', "[a b]"),
        "values": Entry("The values, in the order of their keys.", 'values (dict "b" 1 "a" 2)', "[2 1]"),
        "pick": Entry("A new map of some keys.", 'pick (dict "a" 1 "b" 2) "a"', "map[a:1]"),
        "omit": Entry("A new map without some keys.", 'omit (dict "a" 1 "b" 2) "a"', "map[b:2]"),
        "dig": Entry("The value at a path, or a default.", 'dig "a" "b" "none" (dict "a" (dict "b" 1))', "1"),
        "merge": Entry(
            "Puts what the first map lacks, or has empty, into it.",
            'merge (dict "a" 1) (dict "a" 2 "b" 3)',
            "map[a:1 b:3]",
        ),
        "mustMerge": _must("merge", 'mustMerge (dict "a" 1) (dict "b" 3)', "map[a:1 b:3]"),
        "mergeOverwrite": Entry(
            "Puts all of the other maps into the first.", 'mergeOverwrite (dict "a" 1) (dict "a" 2)', "map[a:2]"
        ),
        "mustMergeOverwrite": _must("mergeOverwrite", 'mustMergeOverwrite (dict "a" 1) (dict "a" 2)', "map[a:2]"),
        "deepCopy": Entry("A copy that shares nothing.", 'deepCopy (dict "a" (list 1))', "map[a:[1]]"),
        "mustDeepCopy": _must("deepCopy", "mustDeepCopy (list 1)", "[1]"),
    },
    "Types": {
        "typeOf": Entry("The Go type of a value.", 'typeOf (list "a")', "[]interface {}"),
        "typeIs": Entry("Whether a value is of a Go type.", 'typeIs "string" "a"', "true"),
        "typeIsLike": Entry("As `typeIs`, or a pointer to it.", 'typeIsLike "semver.Version" (semver "1.2")', "true"),
        "kindOf": Entry("The kind of a value's type.", "kindOf (dict)", "map"),
        "kindIs": Entry("Whether a value is of a kind.", 'kindIs "slice" (list)', "true"),
        "deepEqual": Entry("Whether two values are equal all the way down.", "deepEqual (list 1) (list 1)", "true"),
    },
    "Paths and addresses": {
        "base": Entry("The last element of a path.", 'base "a/b.txt"', "b.txt"),
        "dir": Entry("All but the last element of a path.", 'dir "a/b.txt"', "a"),
        "clean": Entry("The shortest path that means the same.", 'clean "a/../b"', "b"),
        "ext": Entry("The extension of a path.", 'ext "a/b.txt"', ".txt"),
        "isAbs": Entry("Whether a path starts at the root.", 'isAbs "/a"', "true"),
        "osBase": _as("base"),
        "osDir": _as("dir"),
        "osClean": _as("clean"),
        "osExt": _as("ext"),
        "osIsAbs": _as("isAbs"),
        "urlParse": Entry("The parts of a URL by name.", '(urlParse "https://a.b:80/c").hostname', "a.b"),
        "urlJoin": Entry("The URL of such parts.", 'urlJoin (dict "scheme" "https" "host" "a.b")', "https://a.b"),
        "getHostByName": Entry("Nothing: there is no network here.", 'getHostByName "a" | quote', '""'),
    },
    "Encodings and hashes": {
        "b64enc": Entry("The text in base64.", 'b64enc "redis"', "cmVkaXM="),
        "b64dec": Entry("The text that base64 holds.", 'b64dec "cmVkaXM="', "redis"),
        "b32enc": Entry("The text in base32.", 'b32enc "redis"', "OJSWI2LT"),
        "b32dec": Entry("The text that base32 holds.", 'b32dec "OJSWI2LT"', "redis"),
        "sha1sum": Entry("The SHA-1 of a text.", 'sha1sum "a" | trunc 8', "86f7e437"),
        "sha256sum": Entry("The SHA-256 of a text.", 'sha256sum "a" | trunc 8', "ca978112"),
        "sha512sum": Entry("The SHA-512 of a text.", 'sha512sum "a" | trunc 8', "1f40fc92"),
        "adler32sum": Entry("The Adler-32 of a text.", 'adler32sum "a"', "6422626"),
        "derivePassword": Entry(
            "A site's password, derived from a master password.",
            'derivePassword 1 "long" "password" "user" "example.com"',
            "ZedaFaxcZaso9*",
        ),
        "decryptAES": Entry("The text that `encryptAES` was given.", 'decryptAES "key" "" | quote', '""'),
        "buildCustomCert": Entry("A certificate and its key, both given in base64.", "", None),
    },
    "JSON and TOML": {
        "toJson": Entry("The value as JSON.", 'toJson (dict "a" 1)', '{"a":1}'),
        "mustToJson": _must("toJson", "mustToJson (list 1)", "[1]"),
        "toPrettyJson": Entry("The value as JSON in lines.", "toPrettyJson (list 1) | quote", r'"[\n  1\n]"'),
        "mustToPrettyJson": _must("toPrettyJson", "mustToPrettyJson (dict)", "{}"),
        "toRawJson": Entry("The value as JSON with `<`, `>` and `&` as they are.", 'toRawJson "<a>"', '"<a>"'),
        "mustToRawJson": _must("toRawJson", 'mustToRawJson "<a>"', '"<a>"'),
        "fromJson": Entry("The map that JSON denotes.", '(fromJson `{"a":1}`).a', "1"),
        "fromJsonArray": Entry("The list that JSON denotes.", "fromJsonArray `[1,2]`", "[1 2]"),
        "mustFromJson": Entry("The value that JSON denotes; no JSON is an error.", "mustFromJson `[1,2]`", "[1 2]"),
        "toToml": Entry("The map as TOML.", 'toToml (dict "a" 1) | trim', "a = 1"),
        "mustToToml": _must("toToml", 'mustToToml (dict "a" 1) | trim', "a = 1"),
        "fromToml": Entry("The map that TOML denotes.", '(fromToml "a = 1").a', "1"),
    },
    "Versions": {
        "semver": Entry("A version, with `.Major`, `.Minor`, `.Patch` …", '(semver "7.2.4").Minor', "2"),
        "semverCompare": Entry("Whether a version satisfies a constraint.", 'semverCompare "^7.0" "7.2.4"', "true"),
    },
    "Dates": {
        "date": Entry("A time as a layout says.", 'date "2006-01-02" 0', "1970-01-01"),
        "dateInZone": Entry("As `date`, in a zone.", 'dateInZone "15:04 MST" 0 "Europe/Berlin"', "01:00 CET"),
        "date_in_zone": _as("dateInZone"),
        "htmlDate": Entry("A time's date.", "htmlDate 0", "1970-01-01"),
        "htmlDateInZone": Entry("A time's date, in a zone.", 'htmlDateInZone 0 "America/New_York"', "1969-12-31"),
        "dateModify": Entry(
            "A time moved by a duration.", 'toDate "2006" "2020" | dateModify "24h" | htmlDate', "2020-01-02"
        ),
        "date_modify": _as("dateModify"),
        "mustDateModify": _must("dateModify", 'toDate "2006" "2020" | mustDateModify "24h" | htmlDate', "2020-01-02"),
        "must_date_modify": _as("mustDateModify"),
        "toDate": Entry(
            "The time that a text means by a layout.", '(toDate "2006-01-02" "2020-02-03").Month', "February"
        ),
        "mustToDate": _must("toDate", '(mustToDate "2006-01-02" "2020-02-03").YearDay', "34"),
        "unixEpoch": Entry("Seconds since 1970.", 'toDate "2006" "2020" | unixEpoch', "1577836800"),
        "duration": Entry("Seconds as a duration.", 'duration "95"', "1m35s"),
        "durationRound": Entry("The greatest unit of a duration.", 'durationRound "2h10m5s"', "2h"),
        "now": Entry("The time, if the program is given one.", "", None),
        "ago": Entry("How long ago a time is, if the program is given the time.", "", None),
    },
    "Randomness, if the program is given any": {
        "randAlphaNum": Entry("Random letters and digits.", "randAlphaNum 16", None),
        "randAlpha": Entry("Random letters.", "randAlpha 16", None),
        "randNumeric": Entry("Random digits.", "randNumeric 6", None),
        "randAscii": Entry("Random printable ASCII.", "randAscii 16", None),
        "randBytes": Entry("Random bytes in base64.", "randBytes 16", None),
        "randInt": Entry("A random integer from one to before another.", "randInt 0 10", None),
        "shuffle": Entry("The characters in random order.", 'shuffle "hello"', None),
        "uuidv4": Entry("A random UUID.", "uuidv4", None),
        "bcrypt": Entry("A password as bcrypt hashes it.", 'bcrypt "secret"', None),
        "htpasswd": Entry("A line for a password file.", 'htpasswd "user" "secret"', None),
        "encryptAES": Entry("A text encrypted with AES-256, in base64.", 'encryptAES "key" "text"', None),
        "genPrivateKey": Entry("A new private key: rsa, dsa, ecdsa or ed25519.", 'genPrivateKey "ed25519"', None),
        "genCA": Entry("A new certificate authority.", '(genCA "my-ca" 365).Cert', None),
        "genCAWithKey": Entry("As `genCA`, with a given key.", "", None),
        "genSelfSignedCert": Entry(
            "A new certificate that signs itself.", '(genSelfSignedCert "a" nil (list "a.b") 365).Cert', None
        ),
        "genSelfSignedCertWithKey": Entry("As `genSelfSignedCert`, with a given key.", "", None),
        "genSignedCert": Entry(
            "A new certificate that an authority signs.",
            '(genSignedCert "a" nil (list "a.b") 365 (genCA "my-ca" 365)).Cert',
            None,
        ),
        "genSignedCertWithKey": Entry("As `genSignedCert`, with a given key.", "", None),
    },
}
"""Every function of the library, by section."""
