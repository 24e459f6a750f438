"""Whether two values are equal, types included: 1, 1.0 and true are three values, though Python calls them equal."""

import marshal
from typing import Any

_FORMAT = 2
"""The last one that writes equal values to equal bytes, whoever else holds parts of them."""


def same(old: Any, new: Any) -> bool:
    """Whether nothing differs. Maps whose keys stand in another order may count as different: look closer then."""
    return old is new or marshal.dumps(old, _FORMAT) == marshal.dumps(new, _FORMAT)
