"""Image references: an environment may take them from other registries."""

from collections.abc import Mapping

_DOCKER_HUB = "docker.io"


def rewritten(image: str, registries: Mapping[str, str]) -> str:
    """*image* with its longest matching prefix replaced.

    A prefix ends where a path part, tag or digest ends, and is also compared with the full form of a short name:
    `docker.io/library` matches `redis:7.4`. What already begins with a replacement is left alone, so that rewriting
    twice is rewriting once.
    """
    if not registries or any(_begins(image, target) for target in registries.values()):
        return image
    for prefix in sorted(registries, key=len, reverse=True):
        for name in (image, full_name(image)):
            if _begins(name, prefix):
                return registries[prefix].rstrip("/") + name[len(prefix.rstrip("/")) :]
    return image


def full_name(image: str) -> str:
    """The reference with the registry that a short name implies (as the container runtimes have it)."""
    first, slash, _ = image.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        return image
    return f"{_DOCKER_HUB}/{image}" if slash else f"{_DOCKER_HUB}/library/{image}"


def _begins(image: str, prefix: str) -> bool:
    prefix = prefix.rstrip("/")
    return image.startswith(prefix) and image[len(prefix) : len(prefix) + 1] in ("", "/", ":", "@")
