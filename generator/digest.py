"""`blake2b`, without what else `hashlib` loads: OpenSSL takes a fifth of the time in which Python itself starts."""

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
