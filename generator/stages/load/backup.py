"""`spec.backup` of a plugin."""

from generator.model.plugin import Backup
from generator.yamlio.cursor import Cursor


def backup(cursor: Cursor) -> Backup:
    """How data are saved and brought back."""
    save, restore = cursor.optional("commands", _backup_commands, ("", ""))
    result = Backup(
        providers=cursor.each("providers", str),
        backup_command=save,
        restore_command=restore,
        upload_commands=cursor.mapping("uploadCommands", str),
        download_commands=cursor.mapping("downloadCommands", str),
        schedule=cursor.optional("schedule", str, ""),
        mode=cursor.one_of("mode", "network", "volume", "exec", default=""),
        retention=cursor.mapping("retention", int),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _backup_commands(cursor: Cursor) -> tuple[str, str]:
    result = cursor.optional("backup", str, ""), cursor.optional("restore", str, "")
    cursor.no_other_fields()
    return result
