from collections.abc import Iterator

import pytest

from tests.servers.yard import Yard, open_yard


@pytest.fixture
def yard() -> Iterator[Yard]:
    """Servers, folders and ports for one test."""
    with open_yard() as found:
        yield found
