"""Plugins as ConfigMaps: how a folder's files stand in them, written and read back. `docs/reference/plugin.md` has it.

`keys` is what both sides, and discovery, agree on; `wrap` makes ConfigMaps of folders, `unwrap` folders of ConfigMaps.
"""
