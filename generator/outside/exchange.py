"""What the operating system can do in one step and Python does not offer: swap two names, flush a file system.

ctypes is imported when it is needed: most runs write nothing.
"""

import errno
import os
import sys
from collections.abc import Callable

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux, renameat2(2)
_RENAME_SWAP = 2  # macOS, renamex_np(2)
# For C libraries that have no renameat2 of their own (musl before 1.2.6): its number, by machine.
_RENAMEAT2 = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "armv7l": 382, "ppc64le": 357, "s390x": 347}

UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
"""What a system or file system says that cannot swap (NFS, older kernels)."""


def exchange(one: str, other: str) -> None:
    """Swap what two paths on one file system name, files or folders, in a single step.

    Raises OSError; its errno is one of UNSUPPORTED where this cannot be done here.
    """
    import ctypes

    first, second = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None, use_errno=True)
    call: Callable[..., int]
    arguments: tuple[int | bytes, ...]
    if sys.platform == "darwin":
        call, arguments = library.renamex_np, (first, second, _RENAME_SWAP)
    elif hasattr(library, "renameat2"):
        call, arguments = library.renameat2, (_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif os.uname().machine in _RENAMEAT2:
        number = _RENAMEAT2[os.uname().machine]
        call, arguments = library.syscall, (number, _AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), one, None, other)
    if call(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), one, None, other)


def flush(folder: str) -> None:
    """Wait until all that was written to the file system of *folder* is on the disk.

    Where there is no such call (macOS) everything of the machine is flushed.
    """
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if library.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            if number not in UNSUPPORTED:
                raise OSError(number, os.strerror(number), folder)
            os.sync()
    finally:
        os.close(descriptor)
