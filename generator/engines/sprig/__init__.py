"""The function library: what Helm's templates can call besides Go's own functions and those that need the engine.

Every function behaves as in sprig 3.3.0 under Helm 4.2. What needs a clock or randomness gets both from the run's
provider only; `reference` says in a line what each function is for.
"""

from typing import TYPE_CHECKING

from generator.engines.gotemplate.funcs import Func, FuncMap
from generator.engines.gotemplate.values import kind_name, type_name
from generator.engines.sprig.lazy import Topic

if TYPE_CHECKING:
    from generator.engines.sprig import (
        arithmetic,
        casing,
        certificates,
        ciphers,
        convert,
        dates,
        defaults,
        dicts,
        encoding,
        equality,
        flow,
        hashes,
        impure,
        json_reader,
        json_writer,
        keys,
        lists,
        merging,
        passwords,
        paths,
        reflection,
        regex,
        semver,
        strings,
        toml_reader,
        toml_writer,
        urls,
        wrapping,
    )
else:
    arithmetic = Topic("arithmetic")
    casing = Topic("casing")
    certificates = Topic("certificates")
    ciphers = Topic("ciphers")
    convert = Topic("convert")
    dates = Topic("dates")
    defaults = Topic("defaults")
    dicts = Topic("dicts")
    encoding = Topic("encoding")
    equality = Topic("equality")
    flow = Topic("flow")
    hashes = Topic("hashes")
    impure = Topic("impure")
    json_reader = Topic("json_reader")
    json_writer = Topic("json_writer")
    keys = Topic("keys")
    lists = Topic("lists")
    merging = Topic("merging")
    passwords = Topic("passwords")
    paths = Topic("paths")
    reflection = Topic("reflection")
    regex = Topic("regex")
    semver = Topic("semver")
    strings = Topic("strings")
    toml_reader = Topic("toml_reader")
    toml_writer = Topic("toml_writer")
    urls = Topic("urls")
    wrapping = Topic("wrapping")

__all__ = ["FUNCTIONS"]

FUNCTIONS: FuncMap = {
    # Strings
    "hello": Func("func() string", flow.hello),
    "trim": Func("func(string) string", strings.trim, wants_run=True),
    "trimAll": Func("func(string, string) string", strings.trim_all, wants_run=True),
    "trimall": Func("func(string, string) string", strings.trim_all, wants_run=True),
    "trimSuffix": Func("func(string, string) string", strings.trim_suffix, wants_run=True),
    "trimPrefix": Func("func(string, string) string", strings.trim_prefix, wants_run=True),
    "nospace": Func("func(string) string", strings.nospace, wants_run=True),
    "upper": Func("func(string) string", strings.upper, wants_run=True),
    "lower": Func("func(string) string", strings.lower, wants_run=True),
    "title": Func("func(string) string", casing.title, wants_run=True),
    "untitle": Func("func(string) string", casing.untitle, wants_run=True),
    "swapcase": Func("func(string) string", casing.swapcase, wants_run=True),
    "camelcase": Func("func(string) string", casing.camelcase, wants_run=True),
    "snakecase": Func("func(string) string", casing.snakecase, wants_run=True),
    "kebabcase": Func("func(string) string", casing.kebabcase, wants_run=True),
    "initials": Func("func(string) string", strings.initials, wants_run=True),
    "substr": Func("func(int, int, string) string", strings.substr, wants_run=True),
    "trunc": Func("func(int, string) string", strings.trunc, wants_run=True),
    "abbrev": Func("func(int, string) string", wrapping.abbrev, wants_run=True),
    "abbrevboth": Func("func(int, int, string) string", wrapping.abbrevboth, wants_run=True),
    "wrap": Func("func(int, string) string", wrapping.wrap, wants_run=True),
    "wrapWith": Func("func(int, string, string) string", wrapping.wrap_with, wants_run=True),
    "repeat": Func("func(int, string) string", strings.repeat, wants_run=True),
    "indent": Func("func(int, string) string", strings.indent, wants_run=True),
    "nindent": Func("func(int, string) string", strings.nindent, wants_run=True),
    "contains": Func("func(string, string) bool", strings.contains, wants_run=True),
    "hasPrefix": Func("func(string, string) bool", strings.has_prefix),
    "hasSuffix": Func("func(string, string) bool", strings.has_suffix),
    "replace": Func("func(string, string, string) string", strings.replace, wants_run=True),
    "plural": Func("func(string, string, int) string", strings.plural),
    "quote": Func("func(...interface {}) string", strings.quote, wants_run=True),
    "squote": Func("func(...interface {}) string", strings.squote, wants_run=True),
    "cat": Func("func(...interface {}) string", strings.cat, wants_run=True),
    "toString": Func("func(interface {}) string", strings.to_string, wants_run=True),
    "toStrings": Func("func(interface {}) []string", strings.to_strings, wants_run=True),
    "join": Func("func(string, interface {}) string", strings.join, wants_run=True),
    "split": Func("func(string, string) map[string]string", strings.split, wants_run=True),
    "splitn": Func("func(string, int, string) map[string]string", strings.splitn, wants_run=True),
    "splitList": Func("func(string, string) []string", strings.split_list, wants_run=True),
    "sortAlpha": Func("func(interface {}) []string", lists.sort_alpha, wants_run=True),
    # Regular expressions
    "regexMatch": Func("func(string, string) bool", regex.regex_match, wants_run=True),
    "mustRegexMatch": Func("func(string, string) (bool, error)", regex.must_regex_match, wants_run=True),
    "regexFind": Func("func(string, string) string", regex.regex_find, wants_run=True),
    "mustRegexFind": Func("func(string, string) (string, error)", regex.must_regex_find, wants_run=True),
    "regexFindAll": Func("func(string, string, int) []string", regex.regex_find_all, wants_run=True),
    "mustRegexFindAll": Func("func(string, string, int) ([]string, error)", regex.must_regex_find_all, wants_run=True),
    "regexSplit": Func("func(string, string, int) []string", regex.regex_split, wants_run=True),
    "mustRegexSplit": Func("func(string, string, int) ([]string, error)", regex.must_regex_split, wants_run=True),
    "regexReplaceAll": Func("func(string, string, string) string", regex.regex_replace_all, wants_run=True),
    "mustRegexReplaceAll": Func(
        "func(string, string, string) (string, error)", regex.must_regex_replace_all, wants_run=True
    ),
    "regexReplaceAllLiteral": Func(
        "func(string, string, string) string", regex.regex_replace_all_literal, wants_run=True
    ),
    "mustRegexReplaceAllLiteral": Func(
        "func(string, string, string) (string, error)", regex.must_regex_replace_all_literal, wants_run=True
    ),
    "regexQuoteMeta": Func("func(string) string", regex.regex_quote_meta, wants_run=True),
    # Numbers
    "atoi": Func("func(string) int", arithmetic.atoi),
    "int": Func("func(interface {}) int", convert.to_int),
    "int64": Func("func(interface {}) int64", arithmetic.int64),
    "float64": Func("func(interface {}) float64", convert.to_float),
    "toDecimal": Func("func(interface {}) int64", arithmetic.to_decimal, wants_run=True),
    "add1": Func("func(interface {}) int64", arithmetic.add1),
    "add": Func("func(...interface {}) int64", arithmetic.add),
    "sub": Func("func(interface {}, interface {}) int64", arithmetic.sub),
    "mul": Func("func(interface {}, ...interface {}) int64", arithmetic.mul),
    "div": Func("func(interface {}, interface {}) int64", arithmetic.div),
    "mod": Func("func(interface {}, interface {}) int64", arithmetic.mod),
    "max": Func("func(interface {}, ...interface {}) int64", arithmetic.greatest),
    "biggest": Func("func(interface {}, ...interface {}) int64", arithmetic.greatest),
    "min": Func("func(interface {}, ...interface {}) int64", arithmetic.least),
    "add1f": Func("func(interface {}) float64", arithmetic.add1f),
    "addf": Func("func(...interface {}) float64", arithmetic.addf),
    "subf": Func("func(interface {}, ...interface {}) float64", arithmetic.subf),
    "mulf": Func("func(interface {}, ...interface {}) float64", arithmetic.mulf),
    "divf": Func("func(interface {}, ...interface {}) float64", arithmetic.divf),
    "maxf": Func("func(interface {}, ...interface {}) float64", arithmetic.maxf),
    "minf": Func("func(interface {}, ...interface {}) float64", arithmetic.minf),
    "floor": Func("func(interface {}) float64", arithmetic.floor),
    "ceil": Func("func(interface {}) float64", arithmetic.ceil),
    "round": Func("func(interface {}, int, ...float64) float64", arithmetic.round_to),
    "until": Func("func(int) []int", arithmetic.until, wants_run=True),
    "untilStep": Func("func(int, int, int) []int", arithmetic.until_step, wants_run=True),
    "seq": Func("func(...int) string", arithmetic.seq, wants_run=True),
    # Defaults
    "default": Func("func(interface {}, ...interface {}) interface {}", defaults.default),
    "empty": Func("func(interface {}) bool", convert.is_empty),
    "coalesce": Func("func(...interface {}) interface {}", defaults.coalesce),
    "all": Func("func(...interface {}) bool", defaults.every),
    "any": Func("func(...interface {}) bool", defaults.some),
    "ternary": Func("func(interface {}, interface {}, bool) interface {}", defaults.ternary),
    # Lists
    "list": Func("func(...interface {}) []interface {}", lists.make_list, wants_run=True),
    "tuple": Func("func(...interface {}) []interface {}", lists.make_list, wants_run=True),
    "append": Func("func(interface {}, interface {}) []interface {}", lists.append, wants_run=True),
    "mustAppend": Func("func(interface {}, interface {}) ([]interface {}, error)", lists.append, wants_run=True),
    "push": Func("func(interface {}, interface {}) []interface {}", lists.append, wants_run=True),
    "mustPush": Func("func(interface {}, interface {}) ([]interface {}, error)", lists.append, wants_run=True),
    "prepend": Func("func(interface {}, interface {}) []interface {}", lists.prepend, wants_run=True),
    "mustPrepend": Func("func(interface {}, interface {}) ([]interface {}, error)", lists.prepend, wants_run=True),
    "concat": Func("func(...interface {}) interface {}", lists.concat, wants_run=True),
    "first": Func("func(interface {}) interface {}", lists.first),
    "mustFirst": Func("func(interface {}) (interface {}, error)", lists.first),
    "last": Func("func(interface {}) interface {}", lists.last),
    "mustLast": Func("func(interface {}) (interface {}, error)", lists.last),
    "rest": Func("func(interface {}) []interface {}", lists.rest, wants_run=True),
    "mustRest": Func("func(interface {}) ([]interface {}, error)", lists.rest, wants_run=True),
    "initial": Func("func(interface {}) []interface {}", lists.initial, wants_run=True),
    "mustInitial": Func("func(interface {}) ([]interface {}, error)", lists.initial, wants_run=True),
    "reverse": Func("func(interface {}) []interface {}", lists.reverse, wants_run=True),
    "mustReverse": Func("func(interface {}) ([]interface {}, error)", lists.reverse, wants_run=True),
    "slice": Func("func(interface {}, ...interface {}) interface {}", lists.cut, wants_run=True),
    "mustSlice": Func("func(interface {}, ...interface {}) (interface {}, error)", lists.cut, wants_run=True),
    "chunk": Func("func(int, interface {}) [][]interface {}", lists.chunk, wants_run=True),
    "mustChunk": Func("func(int, interface {}) ([][]interface {}, error)", lists.chunk, wants_run=True),
    "has": Func("func(interface {}, interface {}) bool", lists.has, wants_run=True),
    "mustHas": Func("func(interface {}, interface {}) (bool, error)", lists.has, wants_run=True),
    "uniq": Func("func(interface {}) []interface {}", lists.uniq, wants_run=True),
    "mustUniq": Func("func(interface {}) ([]interface {}, error)", lists.uniq, wants_run=True),
    "without": Func("func(interface {}, ...interface {}) []interface {}", lists.without, wants_run=True),
    "mustWithout": Func("func(interface {}, ...interface {}) ([]interface {}, error)", lists.without, wants_run=True),
    "compact": Func("func(interface {}) []interface {}", lists.compact, wants_run=True),
    "mustCompact": Func("func(interface {}) ([]interface {}, error)", lists.compact, wants_run=True),
    # Maps
    "dict": Func("func(...interface {}) map[string]interface {}", dicts.make_dict, wants_run=True),
    "get": Func("func(map[string]interface {}, string) interface {}", dicts.get),
    "set": Func(
        "func(map[string]interface {}, string, interface {}) map[string]interface {}", dicts.set_key, wants_run=True
    ),
    "unset": Func("func(map[string]interface {}, string) map[string]interface {}", dicts.unset),
    "hasKey": Func("func(map[string]interface {}, string) bool", dicts.has_key),
    "pluck": Func("func(string, ...map[string]interface {}) []interface {}", dicts.pluck),
    "keys": Func("func(...map[string]interface {}) []string", dicts.keys, wants_run=True),
    "values": Func("func(map[string]interface {}) []interface {}", dicts.values, wants_run=True),
    "pick": Func("func(map[string]interface {}, ...string) map[string]interface {}", dicts.pick, wants_run=True),
    "omit": Func("func(map[string]interface {}, ...string) map[string]interface {}", dicts.omit, wants_run=True),
    "dig": Func("func(...interface {}) (interface {}, error)", dicts.dig),
    "merge": Func(
        "func(map[string]interface {}, ...map[string]interface {}) interface {}", merging.merge, wants_run=True
    ),
    "mustMerge": Func(
        "func(map[string]interface {}, ...map[string]interface {}) (interface {}, error)",
        merging.must_merge,
        wants_run=True,
    ),
    "mergeOverwrite": Func(
        "func(map[string]interface {}, ...map[string]interface {}) interface {}",
        merging.merge_overwrite,
        wants_run=True,
    ),
    "mustMergeOverwrite": Func(
        "func(map[string]interface {}, ...map[string]interface {}) (interface {}, error)",
        merging.must_merge_overwrite,
        wants_run=True,
    ),
    "deepCopy": Func("func(interface {}) interface {}", merging.deep_copy, wants_run=True),
    "mustDeepCopy": Func("func(interface {}) (interface {}, error)", merging.deep_copy, wants_run=True),
    # Types
    "typeOf": Func("func(interface {}) string", type_name),
    "typeIs": Func("func(string, interface {}) bool", reflection.type_is),
    "typeIsLike": Func("func(string, interface {}) bool", reflection.type_is_like),
    "kindOf": Func("func(interface {}) string", kind_name),
    "kindIs": Func("func(string, interface {}) bool", reflection.kind_is),
    "deepEqual": Func("func(interface {}, interface {}) bool", equality.deep_equal, wants_run=True),
    # Paths and addresses
    "base": Func("func(string) string", paths.base),
    "dir": Func("func(string) string", paths.dirname, wants_run=True),
    "clean": Func("func(string) string", paths.clean, wants_run=True),
    "ext": Func("func(string) string", paths.ext),
    "isAbs": Func("func(string) bool", paths.is_abs),
    "osBase": Func("func(string) string", paths.base),
    "osDir": Func("func(string) string", paths.dirname, wants_run=True),
    "osClean": Func("func(string) string", paths.clean, wants_run=True),
    "osExt": Func("func(string) string", paths.ext),
    "osIsAbs": Func("func(string) bool", paths.is_abs),
    "urlParse": Func("func(string) map[string]interface {}", urls.url_parse),
    "urlJoin": Func("func(map[string]interface {}) string", urls.url_join, wants_run=True),
    "getHostByName": Func("func(string) string", flow.get_host_by_name),
    # Encodings and hashes
    "b64enc": Func("func(string) string", encoding.b64enc, wants_run=True),
    "b64dec": Func("func(string) string", encoding.b64dec, wants_run=True),
    "b32enc": Func("func(string) string", encoding.b32enc, wants_run=True),
    "b32dec": Func("func(string) string", encoding.b32dec, wants_run=True),
    "sha1sum": Func("func(string) string", hashes.sha1sum, wants_run=True),
    "sha256sum": Func("func(string) string", hashes.sha256sum, wants_run=True),
    "sha512sum": Func("func(string) string", hashes.sha512sum, wants_run=True),
    "adler32sum": Func("func(string) string", hashes.adler32sum, wants_run=True),
    "derivePassword": Func(
        "func(uint32, string, string, string, string) string", passwords.derive_password, wants_run=True
    ),
    "decryptAES": Func("func(string, string) (string, error)", ciphers.decrypt_aes),
    "buildCustomCert": Func("func(string, string) (sprig.certificate, error)", certificates.build_custom_cert),
    # JSON and TOML
    "toJson": Func("func(interface {}) string", json_writer.to_json, wants_run=True),
    "mustToJson": Func("func(interface {}) string", json_writer.must_to_json, wants_run=True),
    "toPrettyJson": Func("func(interface {}) string", json_writer.to_pretty_json, wants_run=True),
    "mustToPrettyJson": Func("func(interface {}) (string, error)", json_writer.must_to_pretty_json, wants_run=True),
    "toRawJson": Func("func(interface {}) string", json_writer.to_raw_json, wants_run=True),
    "mustToRawJson": Func("func(interface {}) (string, error)", json_writer.to_raw_json, wants_run=True),
    "fromJson": Func("func(string) map[string]interface {}", json_reader.from_json, wants_run=True),
    "fromJsonArray": Func("func(string) []interface {}", json_reader.from_json_array, wants_run=True),
    "mustFromJson": Func("func(string) (interface {}, error)", json_reader.must_from_json, wants_run=True),
    "toToml": Func("func(interface {}) string", toml_writer.to_toml, wants_run=True),
    "mustToToml": Func("func(interface {}) string", toml_writer.must_to_toml, wants_run=True),
    "fromToml": Func("func(string) map[string]interface {}", toml_reader.from_toml, wants_run=True),
    # Versions
    "semver": Func("func(string) (*semver.Version, error)", semver.semver),
    "semverCompare": Func("func(string, string) (bool, error)", semver.semver_compare),
    # Dates that are given
    "date": Func("func(string, interface {}) string", dates.date, wants_run=True),
    "dateInZone": Func("func(string, interface {}, string) string", dates.date_in_zone, wants_run=True),
    "date_in_zone": Func("func(string, interface {}, string) string", dates.date_in_zone, wants_run=True),
    "htmlDate": Func("func(interface {}) string", dates.html_date, wants_run=True),
    "htmlDateInZone": Func("func(interface {}, string) string", dates.html_date_in_zone, wants_run=True),
    "dateModify": Func("func(string, time.Time) time.Time", dates.date_modify),
    "date_modify": Func("func(string, time.Time) time.Time", dates.date_modify),
    "mustDateModify": Func("func(string, time.Time) (time.Time, error)", dates.must_date_modify),
    "must_date_modify": Func("func(string, time.Time) (time.Time, error)", dates.must_date_modify),
    "toDate": Func("func(string, string) time.Time", dates.to_date),
    "mustToDate": Func("func(string, string) (time.Time, error)", dates.must_to_date),
    "unixEpoch": Func("func(time.Time) string", dates.unix_epoch),
    "duration": Func("func(interface {}) string", dates.duration),
    "durationRound": Func("func(interface {}) string", dates.duration_round, wants_run=True),
    # Flow
    "fail": Func("func(string) (string, error)", flow.fail),
    # What needs the clock or randomness
    "now": Func("func() time.Time", dates.now, wants_run=True),
    "ago": Func("func(interface {}) string", dates.ago, wants_run=True),
    "randAlphaNum": Func("func(int) string", impure.rand_alpha_num, wants_run=True),
    "randAlpha": Func("func(int) string", impure.rand_alpha, wants_run=True),
    "randAscii": Func("func(int) string", impure.rand_ascii, wants_run=True),
    "randNumeric": Func("func(int) string", impure.rand_numeric, wants_run=True),
    "randBytes": Func("func(int) (string, error)", impure.rand_bytes, wants_run=True),
    "randInt": Func("func(int, int) int", impure.rand_int, wants_run=True),
    "shuffle": Func("func(string) string", impure.shuffle, wants_run=True),
    "uuidv4": Func("func() string", impure.uuidv4, wants_run=True),
    "bcrypt": Func("func(string) string", impure.bcrypt, wants_run=True),
    "htpasswd": Func("func(string, string) string", impure.htpasswd, wants_run=True),
    "encryptAES": Func("func(string, string) (string, error)", ciphers.encrypt_aes, wants_run=True),
    "genPrivateKey": Func("func(string) string", keys.gen_private_key, wants_run=True),
    "genCA": Func("func(string, int) (sprig.certificate, error)", certificates.gen_ca, wants_run=True),
    "genCAWithKey": Func(
        "func(string, int, string) (sprig.certificate, error)", certificates.gen_ca_with_key, wants_run=True
    ),
    "genSelfSignedCert": Func(
        "func(string, []interface {}, []interface {}, int) (sprig.certificate, error)",
        certificates.gen_self_signed_cert,
        wants_run=True,
    ),
    "genSelfSignedCertWithKey": Func(
        "func(string, []interface {}, []interface {}, int, string) (sprig.certificate, error)",
        certificates.gen_self_signed_cert_with_key,
        wants_run=True,
    ),
    "genSignedCert": Func(
        "func(string, []interface {}, []interface {}, int, sprig.certificate) (sprig.certificate, error)",
        certificates.gen_signed_cert,
        wants_run=True,
    ),
    "genSignedCertWithKey": Func(
        "func(string, []interface {}, []interface {}, int, sprig.certificate, string) (sprig.certificate, error)",
        certificates.gen_signed_cert_with_key,
        wants_run=True,
    ),
}
"""Every function by its name in templates."""
