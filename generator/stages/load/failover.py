"""`spec.highAvailability` of a plugin."""

import re

from generator.model import patterns
from generator.model.plugin import ActiveFailover, HighAvailability, HookCommand, PassiveFailover, RoleDetection
from generator.stages.load import fields
from generator.yamlio.cursor import Cursor


def high_availability(cursor: Cursor) -> HighAvailability:
    """What the plugin can do about roles."""
    result = HighAvailability(
        passive=cursor.optional("passive", _passive),
        active=cursor.optional("active", _active),
        components=cursor.optional("component", fields.texts, ()),
        when=cursor.optional("when", fields.pointer, ()),
        roles=cursor.each("roles", fields.name),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _passive(cursor: Cursor) -> PassiveFailover:
    result = PassiveFailover(
        enabled=cursor.optional("enabled", bool, default=True),
        auto_role_switch=cursor.optional("autoRoleSwitch", bool, default=False),
        role_detection=cursor.optional("roleDetection", _role_detection),
    )
    cursor.no_other_fields()
    return result


def _active(cursor: Cursor) -> ActiveFailover:
    result = ActiveFailover(
        enabled=cursor.optional("enabled", bool, default=True),
        command=cursor.optional("failoverCommand", _hook),
        check=cursor.optional("preFailoverCheck", _hook),
        verify=cursor.optional("postFailoverVerify", _hook),
    )
    cursor.no_other_fields()
    return result


def _role_detection(cursor: Cursor) -> RoleDetection:
    result = RoleDetection(
        type=cursor.one_of("type", "exec", default="exec"),
        command=cursor.field("command", str),
        parse_pattern=cursor.optional("parsePattern", _pattern, ""),
        interval=cursor.optional("interval", fields.duration, ""),
        timeout=cursor.optional("timeout", fields.duration, ""),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _hook(cursor: Cursor) -> HookCommand:
    result = HookCommand(
        enabled=cursor.optional("enabled", bool, default=True),
        type=cursor.one_of("type", "exec", "health", default="exec"),
        command=cursor.optional("command", str, ""),
        args=cursor.each("args", str),
        expected_role=cursor.optional("expectedRole", str, ""),
        timeout=cursor.optional("timeout", fields.duration, ""),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _pattern(cursor: Cursor) -> str:
    """A pattern that agents and scripts understand."""
    text = cursor.read(str)
    try:
        patterns.checked(text)
        patterns.ere(text)
    except patterns.PatternError as error:
        cursor.fail(
            f"parsePattern cannot be used: {error}",
            code="MW230",
            hint="RE2 has no lookaround: let the pattern match what stands around the role, and group the role alone"
            if re.search(r"\(\?<?[=!]", text)
            else "a regular expression (RE2) with one group, the role; such as role:([a-z]+)",
        )
    return text
