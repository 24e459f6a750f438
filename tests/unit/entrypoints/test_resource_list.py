"""What is not ours goes back as the text that it came as."""

import pytest

from generator.entrypoints.krm_function.resource_list import API_VERSION, read

HEAD = f"apiVersion: {API_VERSION}\nkind: ResourceList\n"
COMMENTED = """\
- # a comment above
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: a, annotations: {config.kubernetes.io/index: '0'}} # and one behind
  data:
    text: |
      - not an item
      items:
    folded: "two
      lines"
# between
- kind: ConfigMap
  apiVersion: v1
  metadata:
    name: b
"""
KEPT = {
    "as kustomize and kpt write it": f"items:\n{COMMENTED}",
    "with the configuration behind": f"items:\n{COMMENTED}functionConfig:\n  kind: X\n",
    "indented": "items:\n" + "".join(f"  {line}" for line in COMMENTED.splitlines(keepends=True)),
    "with a comment": f"items: # these\n{COMMENTED}",
}


@pytest.mark.parametrize("case", KEPT)
def test_items_keep_their_text(case: str) -> None:
    listed = read((HEAD + KEPT[case]).encode())
    assert "".join(item.text for item in listed.items) == COMMENTED
    assert HEAD + f"items:\n{COMMENTED}" == listed.dump().decode().partition("functionConfig")[0]


ANEW = {
    "in flow style": 'items: [{"apiVersion": "v1", "kind": "X", "metadata": {"name": "a"}}]\n',
    "referring to each other": (
        "items:\n- apiVersion: v1\n  kind: X\n  metadata: &m {name: a}\n- apiVersion: v1\n  kind: Z\n  metadata: *m\n"
    ),
    "as JSON": '"items": [{"apiVersion": "v1", "kind": "X", "metadata": {"name": "a"}}]\n',
}


@pytest.mark.parametrize("case", ANEW)
def test_what_cannot_be_cut_is_written_anew(case: str) -> None:
    listed = read((HEAD + ANEW[case]).encode())
    assert {item.text for item in listed.items} == {""}
    again = read(listed.dump())
    assert [item.body for item in again.items] == [item.body for item in listed.items]


@pytest.mark.parametrize("case", [*KEPT, *ANEW])
def test_what_goes_out_says_what_came_in(case: str) -> None:
    listed = read((HEAD + {**KEPT, **ANEW}[case]).encode())
    again = read(listed.dump())
    assert [item.body for item in again.items] == [item.body for item in listed.items]
    assert again.config == listed.config
