"""Passwords as argon2id hashes, with the parameters that the library's keepers recommend (RFC 9106)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10


def hash_password(password: str) -> str:
    """Return the argon2id hash of PASSWORD. Raises ValueError where it is shorter than SHORTEST characters."""
    if len(password) < SHORTEST:
        raise ValueError(f"a password has at least {SHORTEST} characters")
    return PasswordHasher().hash(password)


def matches(hashed: str | None, password: str) -> bool:
    """Tell whether PASSWORD is what was hashed; where there is no hash, take as long to say no."""
    try:
        return PasswordHasher().verify(hashed or _nobody(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return PasswordHasher().hash("no account has this password")
