"""The scripts of a backup: save, upload and clean up; guard, download and restore.

They know nothing of the cluster. Folders, bucket, path and retention are in their environment (`MW_…`), so that one
can run them anywhere.
"""

from generator.model.plugin import Backup
from generator.stages.expand import shell
from generator.stages.expand.backup.transfer import PROVIDERS, SUMS
from generator.stages.expand.backup.wish import Wish
from generator.stages.expand.expansion import Expansion

SUFFIX = "backup-scripts"
DATE = "${MW_BACKUP_DATE}"
"""`.Values.date` in commands that transfer: a variable of the shell, never a date of rendering."""

_DATED = "SC2086 # a date has no blanks and no stars"
_FOLDERS = """\
dir=${MW_BACKUP_DIR:-/backup}
state=${MW_STATE_DIR:-/state}
"""
_ANY_DATA = "-mindepth 1 -maxdepth 1 ! -name lost+found ! -name '.before-restore-*'"
_REFUSE = """\
refuse() {
  printf 'restore: %s\\n' "$*" >&2
  exit 2
}
"""
_IN_POD = """\
pod=$(kubectl get pods --namespace "$MW_NAMESPACE" --selector "$MW_POD_SELECTOR" \\
  --field-selector status.phase=Running --output name | head -n 1)
if [ -z "$pod" ]; then
  echo "no pod runs" >&2
  exit 1
fi
in_pod() { kubectl exec --stdin --namespace "$MW_NAMESPACE" "$pod" --container "$MW_CONTAINER" -- sh -c "$(cat "$1")"; }
"""


def texts(wish: Wish, component: str, of: Expansion) -> dict[str, str]:
    """All scripts by name; those of restoring only where the plugin can restore what was uploaded."""
    plugin = wish.plugin
    commands = plugin.place / "commands"

    def own(about: str, field: str, text: str) -> str:
        rendered = of.text(commands / field, text, component)
        return shell.script(f"{about}\nFrom the plugin: {commands / field}", rendered)

    made = {
        "backup.sh": _backup(plugin),
        "upload.sh": _upload(wish),
    }
    if plugin.backup_command:
        made["backup-command.sh"] = own("Saves the data.", "backup", plugin.backup_command)
    if wish.uploads_itself:
        made["upload-command.sh"] = _transfer(
            "uploadCommands", plugin.upload_commands[wish.provider], wish, component, of
        )
    if not plugin.restores or (wish.uploads_itself and wish.provider not in plugin.download_commands):
        return made
    made["restore-guard.sh"] = _guard(wish)
    made["download.sh"] = _download(wish)
    made["restore.sh"] = _restore(wish)
    if plugin.restore_command:
        made["restore-command.sh"] = own("Brings the data back.", "restore", plugin.restore_command)
    if plugin.live_command:
        made["restore-live.sh"] = own("Says whether a server answers.", "live", plugin.live_command)
    if plugin.empty_command:
        made["restore-empty.sh"] = own("Says whether the server holds nothing.", "empty", plugin.empty_command)
    if _downloads_itself(wish):
        text = plugin.download_commands[wish.provider]
        made["download-command.sh"] = _transfer("downloadCommands", text, wish, component, of)
    return made


def _downloads_itself(wish: Wish) -> bool:
    return wish.provider in wish.plugin.download_commands


def _transfer(field: str, text: str, wish: Wish, component: str, of: Expansion) -> str:
    place = wish.plugin.place / field / wish.provider
    rendered = of.text(place, text, component, {"date": DATE})
    return shell.script(f"The plugin's own way: {place}", rendered, disabled=_DATED)


# --- saving


def _backup(plugin: Backup) -> str:
    about, run = "Saves the data into a folder, with", 'sh "$here/backup-command.sh"\n'
    if plugin.backup_program:
        about, run = "Adds to the data that were saved", ""
    elif plugin.access == "exec":
        run = f'{_IN_POD}\nin_pod "$here/backup-command.sh" >"$dir/data" </dev/null\n'
    here = 'here=$(dirname "$0")\n' if run else ""
    return shell.script(
        f"{about} the checksum of each file. The date of the backup is taken here.",
        f"""\
umask 077
{here}{_FOLDERS}
MW_BACKUP_DATE=$(date -u +%Y%m%dT%H%M%SZ)
export MW_BACKUP_DATE
printf '%s\\n' "$MW_BACKUP_DATE" >"$state/date"

{run}
cd "$dir"
find . -type f ! -name {SUMS} -exec sha256sum {{}} + | sort -k 2 >"$state/sums"
if [ ! -s "$state/sums" ]; then
  echo "backup: the command saved nothing" >&2
  exit 1
fi
mv "$state/sums" {SUMS}
echo "backup: saved $MW_BACKUP_DATE" >&2
""",
    )


def _upload(wish: Wish) -> str:
    head = f"""\
here=$(dirname "$0")
{_FOLDERS}
MW_BACKUP_DATE=$(cat "$state/date")
export MW_BACKUP_DATE
"""
    if wish.uploads_itself:
        body = f'{head}\ncd "$dir"\nsh "$here/upload-command.sh"\necho "upload: done, $MW_BACKUP_DATE" >&2\n'
        return shell.script("Uploads what was saved, as the plugin has it.", body)
    head = head.replace('here=$(dirname "$0")\n', "")
    return shell.script(
        f"Uploads what was saved to {wish.provider}, and deletes backups that are no longer wanted:\n"
        "more than MW_KEEP_LAST whole ones, unless they are of the last MW_KEEP_DAYS days. The newest always stays.",
        f"""\
{head}
{PROVIDERS[wish.provider].functions}
put "$dir" "$MW_PATH/$MW_BACKUP_DATE"
echo "upload: done, $MW_PATH/$MW_BACKUP_DATE" >&2

last=${{MW_KEEP_LAST:-0}}
days=${{MW_KEEP_DAYS:-0}}
if [ "$last" -eq 0 ] && [ "$days" -eq 0 ]; then exit 0; fi
oldest=99999999999999
if [ "$days" -gt 0 ]; then
  oldest=$(date -u -d "@$(($(date +%s) - days * 86400))" +%Y%m%d%H%M%S)
fi
list "$MW_PATH" | sed -n -E '/^[0-9]{{8}}T[0-9]{{6}}Z$/p' | sort -r >"$state/dates"
whole=0
while IFS= read -r date; do
  rank=$((whole + 1))
  if has "$MW_PATH/$date/{SUMS}" </dev/null; then whole=$rank; fi
  if [ "$rank" -le 1 ] || [ "$rank" -le "$last" ]; then continue; fi
  if [ "$(echo "$date" | tr -d TZ)" -ge "$oldest" ]; then continue; fi
  remove "$MW_PATH/$date" </dev/null
  echo "upload: deleted $MW_PATH/$date" >&2
done <"$state/dates"
""",
    )


# --- bringing back


def _guard(wish: Wish) -> str:
    plugin = wish.plugin
    parts = ['here=$(dirname "$0")\n' if plugin.live_command or plugin.empty_command else "", _REFUSE]
    if plugin.restore_access == "volume":
        parts.append(
            '[ "$MW_GROUP_STATE" = Stopped ] ||\n'
            '  refuse "the group runs: set its state to Stopped, and wait until that is applied"\n'
        )
        if plugin.live_command:
            parts.append('if sh "$here/restore-live.sh" >/dev/null 2>&1; then refuse "a server answers"; fi\n')
        parts.append(
            f'held=$(find "$MW_DATA_PATH" {_ANY_DATA} | head -n 3)\n'
            'if [ -n "$held" ] && [ "${MW_RESTORE_REPLACE:-}" != yes ]; then\n'
            '  refuse "there are data: $held. To move them aside: MW_RESTORE_REPLACE=yes"\n'
            "fi\n"
        )
    else:
        in_pod = plugin.restore_access == "exec"
        call = 'in_pod "$here/{}" </dev/null' if in_pod else 'sh "$here/{}"'
        parts.append(
            '[ "$MW_GROUP_STATE" = Running ] || refuse "the group is stopped: there is no server to restore into"\n'
        )
        if in_pod:
            parts.append(_IN_POD)
        if plugin.live_command:
            parts.append(f'{call.format("restore-live.sh")} >/dev/null || refuse "the server does not answer"\n')
        if plugin.empty_command:
            parts.append(
                f'if [ "${{MW_RESTORE_REPLACE:-}}" != yes ] && ! {call.format("restore-empty.sh")} >/dev/null; then\n'
                '  refuse "the server holds data. To restore all the same: MW_RESTORE_REPLACE=yes"\n'
                "fi\n"
            )
        else:
            parts.append(
                '[ "${MW_RESTORE_REPLACE:-}" = yes ] ||\n'
                '  refuse "whether the server holds data cannot be known here. If it may: MW_RESTORE_REPLACE=yes"\n'
            )
    return shell.script(
        "Refuses to restore over data, or under a server that runs. Exit 2: it refused.", "\n".join(parts)
    )


def _download(wish: Wish) -> str:
    head = f"""\
here=$(dirname "$0")
{_FOLDERS}
{_REFUSE}
"""
    if _downloads_itself(wish):
        return shell.script(
            "Fetches the backup of the date MW_RESTORE_DATE, as the plugin has it.",
            f"""\
{head}
MW_BACKUP_DATE=${{MW_RESTORE_DATE:-latest}}
export MW_BACKUP_DATE
[ "$MW_BACKUP_DATE" != latest ] || refuse "say which backup: MW_RESTORE_DATE=20260131T021700Z"
printf '%s\\n' "$MW_BACKUP_DATE" >"$state/date"
cd "$dir"
sh "$here/download-command.sh"
""",
        )
    return shell.script(
        f"Fetches a backup from {wish.provider}: the one of MW_RESTORE_DATE, or the latest whole one.",
        f"""\
{head.replace('here=$(dirname "$0")', "umask 077")}
{PROVIDERS[wish.provider].functions}
date=${{MW_RESTORE_DATE:-latest}}
if [ "$date" = latest ]; then
  list "$MW_PATH" | sed -n -E '/^[0-9]{{8}}T[0-9]{{6}}Z$/p' | sort -r >"$state/dates"
  date=
  while IFS= read -r one; do
    if has "$MW_PATH/$one/{SUMS}" </dev/null; then
      date=$one
      break
    fi
  done <"$state/dates"
  [ -n "$date" ] || refuse "there is no whole backup below $MW_PATH"
fi
printf '%s\\n' "$date" >"$state/date"
get "$MW_PATH/$date" "$dir"
echo "restore: fetched $MW_PATH/$date" >&2
""",
    )


def _restore(wish: Wish) -> str:
    plugin = wish.plugin
    aside = f"""\
if [ "${{MW_RESTORE_REPLACE:-}}" = yes ]; then
  aside="$MW_DATA_PATH/.before-restore-$(date -u +%Y%m%dT%H%M%SZ)"
  mkdir "$aside"
  find "$MW_DATA_PATH" {_ANY_DATA} -exec mv {{}} "$aside/" \\;
fi
"""
    run = 'sh "$here/restore-command.sh"\n'
    if plugin.restore_program:
        run = ""
    elif plugin.restore_access == "exec":
        run = f'{_IN_POD}\nin_pod "$here/restore-command.sh" <"$dir/data"\n'
    checked = f'[ -f {SUMS} ] || refuse "the backup is not whole: it has no {SUMS}"\nsha256sum -c {SUMS} >&2\n'
    if _downloads_itself(wish):
        checked = f"if [ -f {SUMS} ]; then sha256sum -c {SUMS} >&2; fi\n"
    about, done = "and brings the data back", "is back"
    if plugin.restore_program:
        about, done = "and makes room for the data", "is sound, and there is room for it"
    return shell.script(
        f"Checks what was fetched against its checksums, {about}.",
        f"""\
here=$(dirname "$0")
{_FOLDERS}
{_REFUSE}
sh "$here/restore-guard.sh"
MW_BACKUP_DATE=$(cat "$state/date")
export MW_BACKUP_DATE
cd "$dir"
{checked}
{aside if plugin.restore_access == "volume" else ""}
{run}
echo "restore: $MW_BACKUP_DATE {done}" >&2
""",
    )
