import pytest

from generator.stages.resolve.images import rewritten

CASES = {
    "no rule": ("redis:7.4", {}, "redis:7.4"),
    "short name, by its registry": (
        "redis:7.4",
        {"docker.io": "mirror.example/hub"},
        "mirror.example/hub/library/redis:7.4",
    ),
    "name with owner": ("bitnami/redis:7", {"docker.io": "mirror.example"}, "mirror.example/bitnami/redis:7"),
    "digest": ("redis@sha256:ab", {"docker.io/library": "m.example"}, "m.example/redis@sha256:ab"),
    "written prefix": ("my-registry/redis:7.2", {"my-registry": "r.example/x"}, "r.example/x/redis:7.2"),
    "longest prefix wins": ("quay.io/a/b:1", {"quay.io": "one.example", "quay.io/a": "two.example"}, "two.example/b:1"),
    "a prefix ends with a part": ("quay.iox/a:1", {"quay.io": "one.example"}, "quay.iox/a:1"),
    "port": ("localhost:5000/a:1", {"docker.io": "m.example"}, "localhost:5000/a:1"),
    "already there": ("m.example/library/redis:7", {"docker.io": "m.example"}, "m.example/library/redis:7"),
    "replacement that begins with the prefix": ("a/b:1", {"a": "a/cache"}, "a/cache/b:1"),
}


@pytest.mark.parametrize("case", CASES)
def test_rewritten(case: str) -> None:
    image, registries, want = CASES[case]
    assert rewritten(image, registries) == want
    assert rewritten(want, registries) == want, "rewriting twice is rewriting once"
