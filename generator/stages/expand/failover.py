"""High availability becomes the ConfigMap `<name>-tool-scripts`: an instance's role, and switching roles.

Scripts find each other in their own folder, wherever it is mounted. A container that mounts the ConfigMap gets the
environment that agents read (`FAILOVER_SCRIPT`, `ROLE_DETECTION_CMD`, `ROLE_DETECTION_INTERVAL`), as far as its
template does not set it. Where roles change by themselves, each named role has a Service; whoever watches the roles
puts the label `middleware.io/role` on the pods.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import patterns
from generator.model.plugin import HighAvailability, HookCommand, RoleDetection
from generator.model.resource import Resource
from generator.model.values import maps
from generator.stages.expand import environment, pods, shell
from generator.stages.expand.expansion import Expansion

SUFFIX = "tool-scripts"
ROLE_LABEL = "middleware.io/role"

_HERE = """\
here=$(dirname "$0")
say() { printf 'failover: %s\\n' "$*" >&2; }
"""
_DETECTION_SECONDS = 5
_CHECK_SECONDS = 10
_COMMAND_SECONDS = 30
_VERIFY_SECONDS = 60


def is_used(of: Expansion) -> bool:
    """Whether the bundle has roles: the plugin says so, can do so, and the value that it depends on counts as true."""
    found = of.plan.plugin.high_availability
    return found is not None and of.plan.plugin.can("failover")


def attached(resources: Sequence[Resource], of: Expansion) -> tuple[Resource, ...]:
    """The objects, with the agents' environment in containers that mount the scripts."""
    found = of.plan.plugin.high_availability
    if found is None or not is_used(of):
        return tuple(resources)
    names = {f"{one}-{SUFFIX}" for one in _object_names(resources, found, of).values()}
    return tuple(_told(one, names, found) if pods.serves(one) else one for one in resources)


def objects(resources: Sequence[Resource], of: Expansion) -> Iterator[Resource]:
    """The scripts of each component whose instances have roles, and the roles' Services."""
    found = of.plan.plugin.high_availability
    if found is None or not is_used(of):
        return
    for component, name in _object_names(resources, found, of).items():
        texts = _Scripts(found, component, of).texts()
        if texts:
            yield of.resource(("v1", "ConfigMap"), f"{name}-{SUFFIX}", component, found.place, data=texts)
        if found.passive and found.passive.enabled and found.passive.auto_role_switch:
            yield from _services(resources, found, component, name, of)


def _object_names(resources: Sequence[Resource], found: HighAvailability, of: Expansion) -> dict[str, str]:
    """The components whose instances have roles, in this bundle, with the names of their objects."""
    names = found.components or (first_component(resources),)
    return {
        one.name: one.object_name
        for one in of.plan.components
        if one.enabled and one.name in names and (not found.when or bool(of.value(one.name, *map(str, found.when))))
    }


def first_component(resources: Sequence[Resource]) -> str:
    """The component of the first workload: what a plugin means that names none."""
    return next((one.component for one in resources if pods.serves(one)), "")


def _told(resource: Resource, names: set[str], found: HighAvailability) -> Resource:
    volumes = {
        str(volume.get("name"))
        for volume in maps(pods.spec(resource).get("volumes"))
        if isinstance(volume.get("configMap"), Mapping) and volume["configMap"].get("name") in names
    }

    def change(container: Any) -> Any:
        mounts = maps(container.get("volumeMounts")) if isinstance(container, Mapping) else []
        folder = next((str(one.get("mountPath")) for one in mounts if one.get("name") in volumes), "")
        if not folder:
            return container
        listed = container.get("env") or []
        said = {one.get("name") for one in maps(listed)}
        new = {name: text for name, text in _agent_environment(folder.rstrip("/"), found).items() if name not in said}
        return {**container, "env": [*listed, *environment.plain(new)]}

    return pods.with_containers(resource, lambda all_: [change(one) for one in all_]) if volumes else resource


def _agent_environment(folder: str, found: HighAvailability) -> dict[str, str]:
    told: dict[str, str] = {}
    detection = _detection(found)
    if detection:
        told["ROLE_DETECTION_CMD"] = f"sh {folder}/role.sh"
        if detection.interval:
            told["ROLE_DETECTION_INTERVAL"] = detection.interval
    if _command(found):
        told["FAILOVER_SCRIPT"] = f"{folder}/failover.sh"
    return told


def _detection(found: HighAvailability) -> RoleDetection | None:
    return found.passive.role_detection if found.passive and found.passive.enabled else None


def _command(found: HighAvailability) -> HookCommand | None:
    command = found.active.command if found.active and found.active.enabled else None
    return command if command and command.enabled else None


# --- scripts


@dataclass(frozen=True, slots=True)
class _Scripts:
    """The scripts of one component."""

    found: HighAvailability
    component: str
    of: Expansion

    def texts(self) -> dict[str, str]:
        detection, command = _detection(self.found), _command(self.found)
        texts: dict[str, str] = {}
        if detection:
            texts["role.sh"] = _role(detection)
            texts["role-command.sh"] = self.one(
                "Tells the role, among other things.", detection.place / "command", detection.command, ()
            )
        if detection or command:
            texts["role-parse.sh"] = _parse(detection.parse_pattern if detection else "")
        if command:
            assert self.found.active is not None
            check, verify = self.found.active.check, self.found.active.verify
            check = check if check and check.enabled else None
            verify = verify if verify and verify.enabled else None
            texts["failover.sh"] = _failover(command, check, verify, roles=detection is not None)
            texts["failover-command.sh"] = self.hook("Switches the roles.", command)
            if check and check.command:
                texts["failover-check.sh"] = self.hook("Says whether roles may be switched now.", check)
            if verify and verify.command:
                texts["failover-verify.sh"] = self.hook("Tells the role afterwards.", verify)
        return texts

    def hook(self, about: str, hook: HookCommand) -> str:
        args = [
            self.of.text(hook.place / "args" / number, text, self.component) for number, text in enumerate(hook.args)
        ]
        return self.one(about, hook.place / "command", hook.command, args)

    def one(self, about: str, place: Any, text: str, args: Sequence[str]) -> str:
        body = shell.command(self.of.text(place, text, self.component), args)
        return shell.script(f"{about}\nFrom the plugin: {place}", body)


def _role(detection: RoleDetection) -> str:
    limit = shell.seconds(detection.timeout, _DETECTION_SECONDS)
    return shell.script(
        "Prints the role of this instance in one word. Exit 1: it could not be found out.",
        f"""
here=$(dirname "$0")

{shell.LIMITED}
if ! output=$(limited {limit} sh "$here/role-command.sh" 2>&1); then
  printf 'role: %s\\n' "$output" >&2
  exit 1
fi
printf '%s\\n' "$output" | sh "$here/role-parse.sh"
""",
    )


def _parse(pattern: str) -> str:
    text, group = patterns.ere(pattern or r"([^\s]+)")
    program = f"/{text}/ {{\n  s//\\\n\\{group}\\\n/\n  s/^.*\\n(.*)\\n.*$/\\1/p\n  q\n}}"
    wanted = (
        f"Takes the role out of what a command prints: {pattern}" if pattern else "The first word of what comes in."
    )
    return shell.script(
        wanted,
        f"""
role=$(tr -d '\\r' | sed -n -E {shell.quoted(program)})
if [ -z "$role" ]; then
  echo "role: there is none in what the command printed" >&2
  exit 1
fi
printf '%s\\n' "$role"
""",
    )


def _failover(command: HookCommand, check: HookCommand | None, verify: HookCommand | None, *, roles: bool) -> str:
    parts = [_HERE, shell.LIMITED]
    if roles:
        parts.append('before=$(sh "$here/role.sh" 2>/dev/null) || before=unknown\nsay "the role here is $before"\n')
    if check:
        parts.append(_checked(check, roles=roles))
    parts.append(
        f'if ! limited {shell.seconds(command.timeout, _COMMAND_SECONDS)} sh "$here/failover-command.sh"; then\n'
        '  say "the command failed"\n'
        "  exit 3\n"
        "fi\n"
    )
    if verify and (verify.command or (roles and verify.expected_role)):
        parts.append(_verified(verify))
    parts.append('say "done"')
    return shell.script(
        "Switches roles: checks, switches, makes sure.\n"
        "Who calls may say who is to lead (MW_CANDIDATE_HOST, MW_CANDIDATE_PORT) and who leads (MW_CURRENT_HOST,\n"
        "MW_CURRENT_PORT); the plugin's commands read that where they can.\n"
        "Exit 2: the check refused; 3: the command failed; 4: the roles were not as expected in time.",
        "\n".join(parts),
    )


def _checked(check: HookCommand, *, roles: bool) -> str:
    """A command that must succeed; without one, the instance must tell its role; and that must be the expected one."""
    parts = []
    if check.expected_role and roles:
        wanted = f'[ "$before" = {shell.quoted(check.expected_role)} ]'
        parts.append(_refusal(wanted, f"this is only for instances in the role {check.expected_role}"))
    if check.command:
        limit = shell.seconds(check.timeout, _CHECK_SECONDS)
        parts.append(_refusal(f'limited {limit} sh "$here/failover-check.sh" >&2', "the check refused"))
    elif roles:
        parts.append(_refusal('[ "$before" != unknown ]', "the instance tells no role, so it is not sound"))
    return "".join(parts)


def _refusal(condition: str, reason: str) -> str:
    return f"{condition} || {{\n  say {shell.quoted(reason)}\n  exit 2\n}}\n"


def _verified(verify: HookCommand) -> str:
    limit = shell.seconds(verify.timeout, _VERIFY_SECONDS)
    once = shell.seconds("", _CHECK_SECONDS)
    if not verify.command:
        role = 'sh "$here/role.sh" 2>/dev/null'
    elif verify.expected_role:
        role = f'limited {once} sh "$here/failover-verify.sh" 2>/dev/null | sh "$here/role-parse.sh" 2>/dev/null'
    else:
        role = ""
    if role:
        body = f'  after=$({role}) || after=unknown\n  [ "$after" = {shell.quoted(verify.expected_role)} ]\n'
    else:
        body = f'  after=failed\n  limited {once} sh "$here/failover-verify.sh" >&2\n'
    return (
        f"verified() {{\n{body}}}\n"
        f"end=$(($(date +%s) + {limit}))\n"
        "until verified; do\n"
        '  if [ "$(date +%s)" -ge "$end" ]; then\n'
        '    say "not as expected afterwards: $after"\n'
        "    exit 4\n"
        "  fi\n"
        "  sleep 1\n"
        "done\n"
    )


# --- Services of roles


def _services(
    resources: Sequence[Resource], found: HighAvailability, component: str, name: str, of: Expansion
) -> Iterator[Resource]:
    """One for each role, with the ports and the selector of the Service that clients use."""
    verify = found.active.verify if found.active else None
    roles = found.roles or ((verify.expected_role,) if verify and verify.expected_role else ())
    model = _client_service(resources, component)
    if model is None:
        return
    for role in roles:
        spec = model.body["spec"]
        yield of.resource(
            ("v1", "Service"),
            f"{name}-{role}",
            component,
            found.place,
            spec={
                "type": "ClusterIP",
                "selector": {**spec["selector"], ROLE_LABEL: role},
                "ports": [
                    {key: value for key, value in one.items() if key != "nodePort"} for one in maps(spec["ports"])
                ],
            },
        )


def _client_service(resources: Sequence[Resource], component: str) -> Resource | None:
    """The Service of the component's pods that clients use: the first with an address of its own, else any."""
    workloads = [one for one in resources if pods.serves(one) and one.component == component]
    fitting = [
        one
        for one in resources
        if one.id[:2] == ("", "Service") and any(_leads_to(one, workload) for workload in workloads)
    ]
    return next((one for one in fitting if one.body["spec"].get("clusterIP") != "None"), next(iter(fitting), None))


def _leads_to(service: Resource, workload: Resource) -> bool:
    spec = service.body.get("spec")
    selector = spec.get("selector") if isinstance(spec, Mapping) else None
    if not isinstance(selector, Mapping) or not selector or not maps(spec.get("ports") if spec else None):
        return False
    labels = pods.labels(workload)
    return all(labels.get(key) == value for key, value in selector.items())
