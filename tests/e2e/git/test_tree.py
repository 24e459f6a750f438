"""Reading the files of a commit, beside reading the same files from a checkout."""

from collections.abc import Callable
from functools import partial

import pytest

from generator.diagnostics import DiagnosticError
from generator.model.tree import Tree
from generator.outside.files import WorkingTree
from generator.outside.git import open_tree
from tests.e2e.git.sandbox import Sandbox

FILES: dict[str, str | None] = {
    "plugins/redis/plugin.yaml": "kind: Plugin\n",
    "plugins/redis/größe \udcff.txt": "",
    "plugins/redis/größe.yaml": "größe: 1\r\n",
    "plugins/redis/template.tpl": "{{ . }}",
    "plugins/redis/.hidden.yaml": "",
    "plugins/.cache/x.yaml": "",
    "plugins/empty.json": "",
    "groups/a.yml": "kind: Group\n",
    "mwgen.yaml": "",
}


def answer(work: Callable[[], object]) -> object:
    """What *work* gives or, as comparable values, what it raises."""
    try:
        return work()
    except DiagnosticError as error:
        return [(found.code, found.primary and found.primary.span.file.path) for found in error.diagnostics]
    except FileNotFoundError as error:
        return ("missing", str(error))


def test_a_commit_and_its_checkout_are_the_same_tree(box: Sandbox) -> None:
    box.commit("1", FILES)
    checkout = WorkingTree(str(box.root))
    with open_tree(box.repository, "HEAD") as commit:
        tree: Tree = commit
        for folders in (("plugins", "groups"), (".",), ("plugins/redis/",), ("missing",), ("groups", "./groups")):
            assert tree.files(*folders) == checkout.files(*folders)
        for path in ("plugins/redis/template.tpl", "missing.yaml", *tree.files(".")):
            assert answer(partial(tree.read, path)) == answer(partial(checkout.read, path))


def test_the_working_tree_is_not_looked_at(box: Sandbox) -> None:
    first = box.commit("1", {"a.yaml": "old"})
    box.commit("2", {"a.yaml": "new", "b.yaml": ""})
    box.write({"a.yaml": "unsaved", "c.yaml": ""})
    with open_tree(box.repository, first) as tree:
        assert tree.files(".") == ["a.yaml"]
        assert tree.read("a.yaml") == b"old"
    assert box.status() == [" M a.yaml", "?? c.yaml"]


def test_links_are_judged_alike_in_both(box: Sandbox) -> None:
    box.commit("1", {"a/real/x.yaml": "x", "b/y.yaml": "y", "b/text.txt": "", "c/fine.yaml": ""})
    links = {
        "a/folder": "real",
        "a/gone.yaml": "nothing.yaml",
        "a/loop.yaml": "loop.yaml",
        "a/out.yaml": "../../secret.yaml",
        "a/up.yaml": "/etc/hostname",
        "a/through.yaml": "real/x.yaml/z",
        "c/one.yaml": "../b/y.yaml",
        "c/two.yaml": "one.yaml",
        "c/three.txt": "nothing",
        "c/four.yaml": "../a/folder/x.yaml",
    }
    for path, target in links.items():
        (box.root / path).symlink_to(target)
    box.commit("2")
    checkout = WorkingTree(str(box.root))
    with open_tree(box.repository, "HEAD") as commit:
        for folder in ("a", "c"):
            assert answer(partial(commit.files, folder)) == answer(partial(checkout.files, folder))
        for path in links:
            assert answer(partial(commit.read, path)) == answer(partial(checkout.read, path))


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", ".git/config", "a\nb", "a\0b"])
def test_no_path_leads_out(box: Sandbox, path: str) -> None:
    box.commit("1", FILES)
    with open_tree(box.repository, "HEAD") as tree:
        assert answer(lambda: tree.read(path)) == [("MW121", path)]


def test_a_folder_of_the_repository_may_be_the_root(box: Sandbox) -> None:
    box.commit("1", {"deploy/groups/a.yaml": "a", "groups/b.yaml": "b", "deploy/mwgen.yaml": ""})
    (box.root / "deploy/groups/out.yaml").symlink_to("../../groups/b.yaml")
    box.commit("2")
    with open_tree(box.repository, "HEAD", below="deploy/") as tree:
        assert tree.read("groups/a.yaml") == b"a"
        assert answer(lambda: tree.files("groups")) == [("MW121", "groups/out.yaml")]
        assert tree.files("plugins") == []
    with pytest.raises(DiagnosticError, match="MW713"):
        open_tree(box.repository, "HEAD", below="nowhere")


def test_a_large_file_is_refused_and_reading_goes_on(box: Sandbox) -> None:
    box.commit("1", {"large.yaml": "x" * 2000, "small.yaml": "x"})
    with open_tree(box.repository, "HEAD") as tree:
        tree.limit = 1000
        assert answer(lambda: tree.read("large.yaml")) == [("MW103", "large.yaml")]
        assert tree.read("small.yaml") == b"x"


def test_a_submodule_among_the_definitions_is_a_mistake(box: Sandbox) -> None:
    commit = box.commit("1", FILES)
    box.git("update-index", "--add", "--cacheinfo", f"160000,{commit},plugins/vendor")
    box.git("commit", "--quiet", "-m", "2")
    with open_tree(box.repository, "HEAD") as tree:
        assert answer(lambda: tree.files("plugins")) == [("MW714", "plugins/vendor")]
        assert tree.files("groups") == ["groups/a.yml"]


def test_a_missing_object_is_an_error_and_no_missing_file(box: Sandbox) -> None:
    box.commit("1", {"a.yaml": "text"})
    blob = box.git("rev-parse", "HEAD:a.yaml").strip()
    (box.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with open_tree(box.repository, "HEAD") as tree:
        assert tree.files(".") == ["a.yaml"]
        assert answer(lambda: tree.read("a.yaml")) == [("MW710", "a.yaml")]


MANY: dict[str, str | None] = {f"groups/{number:03}.yaml": str(number) * 1000 for number in range(300)}


@pytest.mark.parametrize("order", ["listed", "backwards", "mixed", "twice"])
def test_many_files_come_in_whatever_order_they_are_read(box: Sandbox, order: str) -> None:
    box.commit("1", MANY)
    with open_tree(box.repository, "HEAD") as tree:
        paths = list(tree.files("groups"))
        if order == "backwards":
            paths.reverse()
        elif order == "mixed":
            paths.sort(key=lambda path: path[::-1])
        elif order == "twice":
            paths = [path for path in paths for _ in range(2)]
        assert [tree.read(path).decode() for path in paths] == [MANY[path] for path in paths]


def test_a_large_file_among_many_spoils_only_itself(box: Sandbox) -> None:
    box.commit("1", {**MANY, "groups/150.yaml": "x" * 5000})
    with open_tree(box.repository, "HEAD") as tree:
        tree.limit = 4000
        answers = {path: answer(partial(tree.read, path)) for path in tree.files("groups")}
    assert answers.pop("groups/150.yaml") == [("MW103", "groups/150.yaml")]
    assert answers == {path: (text or "").encode() for path, text in MANY.items() if path in answers}
    assert len(answers) == len(MANY) - 1
