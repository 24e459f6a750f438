"""Standard output for what programs read: bytes as they are, whatever the locale says of text."""

import sys


def emit(data: bytes) -> None:
    """Write *data* in one go."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # somebody has put a stream of text in its place
        sys.stdout.write(data.decode())
        return
    sys.stdout.flush()
    buffer.write(data)
    buffer.flush()
