"""Reading the working tree: what is found, what is refused, and that nothing outside the root is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import DiagnosticError
from generator.model.tree import Tree
from generator.outside.files import WorkingTree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    return folder


@pytest.fixture
def tree(root: Path) -> WorkingTree:
    return WorkingTree(str(root))


def write(root: Path, **files: str) -> None:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def mistakes(work: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(DiagnosticError) as caught:
        work()
    return [(found.code, found.primary.span.file.path) for found in caught.value.diagnostics if found.primary]


def test_it_is_a_tree_for_the_stages(tree: WorkingTree) -> None:
    stages_take: Tree = tree
    assert stages_take.files() == []


def test_definitions_are_found_by_suffix_and_sorted_as_text(root: Path, tree: WorkingTree) -> None:
    write(
        root,
        **{
            "plugins/redis/plugin.yaml": "",
            "plugins/redis-7.yml": "",
            "plugins/redis/schema.json": "",
            "plugins/redis/notes.txt": "",
            "plugins/größe.yaml": "",
            "groups/a.yaml": "",
            "other/a.yaml": "",
        },
    )
    assert tree.files("plugins", "groups") == [
        "groups/a.yaml",
        "plugins/größe.yaml",
        "plugins/redis-7.yml",
        "plugins/redis/plugin.yaml",
        "plugins/redis/schema.json",
    ]


@pytest.mark.parametrize("folders", [("a", "a/b"), ("a/", "./a"), ("a//b", "a"), ("a", "missing")])
def test_a_file_is_found_once_however_the_folders_are_spelled(
    root: Path, tree: WorkingTree, folders: tuple[str, ...]
) -> None:
    write(root, **{"a/b/c.yaml": ""})
    assert tree.files(*folders) == ["a/b/c.yaml"]


def test_the_root_itself_is_a_folder(root: Path, tree: WorkingTree) -> None:
    write(root, **{"mwgen.yaml": "", "a/b.yaml": ""})
    assert tree.files(".") == ["a/b.yaml", "mwgen.yaml"]


def test_names_with_a_dot_in_front_are_passed_over(root: Path, tree: WorkingTree) -> None:
    write(root, **{".git/config.yaml": "", "a/.hidden/x.yaml": "", "a/._x.yaml": "", "a/x.yaml": ""})
    (root / "a/.#x.yaml").symlink_to("user@host.1234")
    assert tree.files(".") == ["a/x.yaml"]


def test_other_suffixes_may_be_asked_for(root: Path) -> None:
    write(root, **{"chart/templates/_helpers.tpl": "", "chart/README": ""})
    assert WorkingTree(str(root), suffixes=(".tpl",)).files("chart") == ["chart/templates/_helpers.tpl"]
    assert WorkingTree(str(root), suffixes=("",)).files("chart") == ["chart/README", "chart/templates/_helpers.tpl"]


def test_a_mounted_configmap_is_read_through_its_links(root: Path, tree: WorkingTree) -> None:
    write(root, **{"plugins/redis/..2026_01_01/plugin.yaml": "kind: Plugin"})
    (root / "plugins/redis/..data").symlink_to("..2026_01_01")
    (root / "plugins/redis/plugin.yaml").symlink_to("..data/plugin.yaml")
    assert tree.files("plugins") == ["plugins/redis/plugin.yaml"]
    assert tree.read("plugins/redis/plugin.yaml") == b"kind: Plugin"
    assert tree.snapshot("plugins").files["plugins/redis/plugin.yaml"].size == len("kind: Plugin")


def test_every_bad_link_is_named_in_one_go(root: Path, tree: WorkingTree, tmp_path: Path) -> None:
    write(tmp_path, **{"secret.yaml": "password", "elsewhere/x.yaml": ""})
    write(root, **{"a/real/x.yaml": "", ".git/config": "token"})
    (root / "a/out.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "a/up").symlink_to("../../elsewhere")
    (root / "a/folder").symlink_to("real")
    (root / "a/gone.yaml").symlink_to("nothing.yaml")
    (root / "a/loop.yaml").symlink_to("loop.yaml")
    (root / "a/git.yaml").symlink_to("../.git/config")
    (root / "a/ignored.txt").symlink_to("/etc/passwd")
    expected = [
        ("MW122", "a/folder"),
        ("MW121", "a/git.yaml"),
        ("MW123", "a/gone.yaml"),
        ("MW123", "a/loop.yaml"),
        ("MW121", "a/out.yaml"),
        ("MW121", "a/up"),
    ]
    assert mistakes(lambda: tree.files("a")) == expected
    assert mistakes(lambda: tree.snapshot("a")) == expected


@pytest.mark.parametrize(
    "path",
    ["../secret.yaml", "/etc/passwd", "a/../../secret.yaml", "a/out.yaml", "up/x", ".git/config", "a/g", "a\0b"],
)
def test_no_path_reads_outside_the_root_or_in_gits_folder(
    root: Path, tree: WorkingTree, tmp_path: Path, path: str
) -> None:
    write(tmp_path, **{"secret.yaml": "password", "elsewhere/x": "password"})
    write(root, **{"a/x.yaml": "", ".git/config": "token"})
    (root / "a/out.yaml").symlink_to("../../secret.yaml")
    (root / "up").symlink_to("../elsewhere")
    (root / "a/g").symlink_to("../.git/config")
    assert mistakes(lambda: tree.read(path)) == [("MW121", path)]


@pytest.mark.parametrize("folder", ["..", "../repo2", "a/../..", "link"])
def test_no_folder_leads_out_of_the_root(root: Path, tree: WorkingTree, tmp_path: Path, folder: str) -> None:
    write(tmp_path, **{"repo2/x.yaml": ""})
    (root / "link").symlink_to("../repo2")
    assert mistakes(lambda: tree.files(folder)) == [("MW121", folder)]


def test_a_folder_given_is_no_link_either(root: Path, tree: WorkingTree) -> None:
    write(root, **{"real/a/x.yaml": ""})
    (root / "link").symlink_to("real")
    assert mistakes(lambda: tree.files("link")) == [("MW122", "link")]
    assert mistakes(lambda: tree.files("link/a")) == [("MW122", "link/a")]


def test_a_root_reached_through_a_link_is_still_the_root(root: Path, tmp_path: Path) -> None:
    write(root, **{"a/x.yaml": "text"})
    (root / "a/y.yaml").symlink_to("x.yaml")
    (tmp_path / "link").symlink_to("repo")
    tree = WorkingTree(str(tmp_path / "link"))
    assert tree.files("a") == ["a/x.yaml", "a/y.yaml"]
    assert tree.read("a/y.yaml") == b"text"


def test_reading_gives_the_bytes_as_they_are(root: Path, tree: WorkingTree) -> None:
    write(root, **{"a.tpl": "\ufeffkey: größe\r\n"})
    assert tree.read("a.tpl") == "\ufeffkey: größe\r\n".encode()


@pytest.mark.parametrize("path", ["missing.yaml", "a.yaml/below", "no/such/folder.yaml"])
def test_a_missing_file_is_no_mistake_of_ours_to_judge(root: Path, tree: WorkingTree, path: str) -> None:
    write(root, **{"a.yaml": ""})
    with pytest.raises(FileNotFoundError):
        tree.read(path)


def test_a_huge_file_is_refused_by_its_size_alone(root: Path, tree: WorkingTree) -> None:
    with (root / "huge.yaml").open("wb") as file:
        file.truncate(1 << 30)
    assert mistakes(lambda: tree.read("huge.yaml")) == [("MW103", "huge.yaml")]


def test_a_folder_and_a_pipe_are_no_files(root: Path, tree: WorkingTree) -> None:
    write(root, **{"folder/x.yaml": ""})
    os.mkfifo(root / "pipe.yaml")
    assert mistakes(lambda: tree.read("folder")) == [("MW120", "folder")]
    assert mistakes(lambda: tree.read("pipe.yaml")) == [("MW120", "pipe.yaml")]


def test_a_folder_that_may_not_be_read_is_named(root: Path, tree: WorkingTree) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    write(root, **{"a/x.yaml": ""})
    (root / "a").chmod(0)
    try:
        assert mistakes(lambda: tree.files("a")) == [("MW120", "a/")]
    finally:
        (root / "a").chmod(0o700)


@pytest.mark.parametrize("name", [b"\xff.yaml", b"line\nbreak.yaml", b"bell\x07.yaml"])
def test_a_name_that_no_report_could_show_is_refused(root: Path, tree: WorkingTree, name: bytes) -> None:
    (root / "a").mkdir()
    Path(os.fsdecode(os.fsencode(root / "a") + b"/" + name)).write_text("")
    ((code, _),) = mistakes(lambda: tree.files("a"))
    assert code == "MW120"


def test_a_snapshot_tells_a_rewrite_of_equal_size_and_time(root: Path, tree: WorkingTree) -> None:
    write(root, **{"a.yaml": "one", "b.yaml": "two"})
    before = tree.snapshot(".")
    assert set(before.files) == {"a.yaml", "b.yaml"}
    assert tree.snapshot(".").files == before.files
    known = (root / "a.yaml").stat()
    (root / "a.yaml").write_text("uno")
    os.utime(root / "a.yaml", ns=(known.st_atime_ns, known.st_mtime_ns))
    after = tree.snapshot(".")
    assert after.files["a.yaml"] != before.files["a.yaml"]
    assert after.files["b.yaml"] == before.files["b.yaml"]
    assert after.taken_ns >= before.taken_ns
