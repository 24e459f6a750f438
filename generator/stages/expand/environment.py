"""Environment variables of containers that mwgen makes: plain ones, and references to the group's Secrets."""

from collections.abc import Mapping

from generator.model.plan import Plan
from generator.model.values import Object

DEFAULT_KEY = "password"
"""The key of a Secret that names none."""


def plain(variables: Mapping[str, str]) -> list[Object]:
    """Variables with their values."""
    return [{"name": name, "value": value} for name, value in variables.items()]


def secret(variables: Mapping[str, str], plan: Plan) -> list[Object]:
    """Variables by the names of the group's secrets; one that the group does not give is left out."""
    found: list[Object] = []
    for name, secret_name in variables.items():
        reference = plan.secrets.get(secret_name)
        if isinstance(reference, Mapping) and reference.get("existingSecret"):
            key = {"name": str(reference["existingSecret"]), "key": str(reference.get("key") or DEFAULT_KEY)}
            found.append({"name": name, "valueFrom": {"secretKeyRef": key}})
    return found
