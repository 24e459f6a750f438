"""Whether two values are equal, types included: 1, 1.0 and true are three values, though Python calls them equal."""

import marshal
from typing import Any

_FORMAT = 2
"""The last one that writes equal values to equal bytes, whoever else holds parts of them."""


def same(old: Any, new: Any) -> bool:
    """Whether nothing differs. Maps whose keys stand in another order may count as different: look closer then."""
    return old is new or marshal.dumps(old, _FORMAT) == marshal.dumps(new, _FORMAT)


def sharing(old: Any, new: Any) -> Any:
    """*new*, with each part that is the same in *old* being that part: what is one object needs no second look."""
    kind = new.__class__
    if old is new or (kind is not dict and kind is not list) or old.__class__ is not kind:
        return new
    if old == new and same(old, new):
        return old
    if kind is dict:
        return {key: sharing(old[key], value) if key in old else value for key, value in new.items()}
    if len(old) == len(new):
        return [sharing(one, other) for one, other in zip(old, new, strict=True)]
    known = {marshal.dumps(one, _FORMAT): one for one in old}
    return [known.get(marshal.dumps(one, _FORMAT), one) for one in new]
