"""The cache on disk: it keeps what it can, trusts nobody, and never fails."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.outside.cache import Cache, open_cache

KEY = "0123456789abcdef" * 2
OTHER = "f" * 40


@pytest.fixture
def root(tmp_path: Path) -> str:
    (tmp_path / "repo").mkdir()
    return str(tmp_path / "repo")


@pytest.fixture
def cache(root: str) -> Cache:
    return open_cache(root)


def entry(cache: Cache, key: str = KEY) -> Path:
    assert cache.folder
    return Path(cache.folder, key[0], key)


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 1000])
def test_what_was_put_comes_back_in_a_later_run(root: str, cache: Cache, content: bytes) -> None:
    assert cache.get(KEY) is None
    cache.put(KEY, content)
    assert cache.get(KEY) == content
    assert open_cache(root).get(KEY) == content
    assert cache.get(OTHER) is None


def test_it_lies_in_the_users_cache_folder_for_the_user_alone(cache: Cache, home: Path) -> None:
    cache.put(KEY, b"x")
    assert cache.folder == str(home / ".cache/mwgen")
    assert Path(cache.folder).stat().st_mode & 0o777 == 0o700
    assert entry(cache).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("surroundings", "below"),
    [
        ({"XDG_CACHE_HOME": "{}/xdg", "HOME": "{}/home"}, "xdg/mwgen"),
        ({"HOME": "{}/home"}, "home/.cache/mwgen"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "{}/home"}, "home/.cache/mwgen"),
        ({"XDG_CACHE_HOME": "", "HOME": ""}, None),
        ({}, None),
    ],
)
def test_where_it_lies(root: str, tmp_path: Path, surroundings: dict[str, str], below: str | None) -> None:
    filled = {name: value.format(tmp_path) for name, value in surroundings.items()}
    assert open_cache(root, filled).folder == (str(tmp_path / below) if below else None)


def test_without_a_folder_nothing_is_kept_and_nothing_fails() -> None:
    cache = Cache(None)
    cache.put(KEY, b"x")
    assert cache.get(KEY) is None


def test_a_home_that_cannot_be_written_is_no_error(root: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = open_cache(root, {"HOME": str(tmp_path / "file")})
    assert cache.folder is None


def test_a_full_disk_is_no_error(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(KEY, b"x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    cache.put(OTHER, b"x")
    monkeypatch.undo()
    assert cache.get(OTHER) is None
    assert cache.get(KEY) == b"x"
    assert not list(entry(cache, OTHER).parent.iterdir())


def test_a_pull_request_cannot_plant_entries(tmp_path: Path, root: str) -> None:
    for name, value in {"inside": f"{root}/.cache", "the root itself": root}.items():
        assert open_cache(root, {"XDG_CACHE_HOME": value}).folder is None, name
    (tmp_path / "link").symlink_to(root)
    assert open_cache(root, {"XDG_CACHE_HOME": str(tmp_path / "link")}).folder is None


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_is_not_used(root: str, home: Path, mode: int) -> None:
    folder = home / ".cache/mwgen"
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert open_cache(root).folder is None


def test_a_folder_that_is_a_link_is_not_used(root: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (home / ".cache").mkdir(parents=True)
    (home / ".cache/mwgen").symlink_to(tmp_path / "elsewhere")
    assert open_cache(root).folder is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_what_belongs_to_somebody_else_is_not_read(root: str, cache: Cache) -> None:
    cache.put(KEY, b"x")
    os.chown(entry(cache), 12345, 12345)
    assert cache.get(KEY) is None
    assert cache.folder
    os.chown(cache.folder, 12345, 12345)
    assert open_cache(root).folder is None


def test_entries_that_others_may_write_are_not_read(cache: Cache) -> None:
    cache.put(KEY, b"x")
    entry(cache).chmod(0o666)
    assert cache.get(KEY) is None


def test_a_link_for_an_entry_is_not_followed(cache: Cache, tmp_path: Path) -> None:
    cache.put(KEY, b"x")
    entry(cache).rename(tmp_path / "moved")
    entry(cache).symlink_to(tmp_path / "moved")
    assert cache.get(KEY) is None


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"x" * 100])
def test_a_damaged_entry_is_none_and_goes(cache: Cache, damage: bytes) -> None:
    cache.put(KEY, b"content")
    entry(cache).write_bytes(damage)
    assert cache.get(KEY) is None
    assert not entry(cache).exists()


def test_an_entry_under_another_key_is_damaged(cache: Cache) -> None:
    cache.put(OTHER, b"content")
    entry(cache).parent.mkdir()
    entry(cache, OTHER).rename(entry(cache))
    assert cache.get(KEY) is None


@pytest.mark.parametrize("key", ["", "../../../etc/passwd", "ABCDEF" * 10, "0" * 31, "0" * 129, "0" * 32 + "\n"])
def test_keys_are_digests(cache: Cache, key: str) -> None:
    with pytest.raises(ValueError, match="no cache key"):
        cache.get(key)
    with pytest.raises(ValueError, match="no cache key"):
        cache.put(key, b"")


def test_its_size_is_bounded_and_what_was_used_lately_stays(root: str) -> None:
    cache = open_cache(root, limit=16 * 1000)
    keys = [f"a{number:039x}" for number in range(8)]
    for age, key in enumerate(keys):
        cache.put(key, b"x" * 300)
        if entry(cache, key).exists():
            os.utime(entry(cache, key), ns=(age, age))
        cache.get(keys[0])  # which makes it the youngest
    assert [key for key in keys if cache.get(key)] == [keys[0], keys[6], keys[7]]
    assert sum(path.stat().st_size for path in entry(cache, keys[0]).parent.iterdir()) <= 1000
    cache.put(OTHER, b"x" * 1000)
    assert cache.get(OTHER) is None


FILLER = """
import sys
from generator.outside.cache import open_cache
cache = open_cache("/nowhere", limit=16 * 5000)
for number in range(300):
    key = f"a{number % 40:039x}"
    cache.put(key, key.encode() * 10)
    found = cache.get(f"a{(number * 7) % 40:039x}")
    assert found is None or found == f"a{(number * 7) % 40:039x}".encode() * 10
"""


def test_several_processes_share_it() -> None:
    runs = [subprocess.Popen((sys.executable, "-c", FILLER), stderr=subprocess.PIPE) for _ in range(3)]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0)] * 3


def test_several_threads_share_it(cache: Cache) -> None:
    threads = [threading.Thread(target=cache.put, args=(KEY, b"x" * 1000)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get(KEY) == b"x" * 1000
    assert [path.name for path in entry(cache).parent.iterdir()] == [KEY]
