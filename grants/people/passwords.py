"""Hashing passwords with argon2id, and the commonest ones, which nobody may take."""

from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

# 19 MiB and two passes: the least OWASP recommends, about 30 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified against when there is no such account, so that both take the same time.
_NOBODY = _hasher.hash("nobody has this one")


def hash_password(password: str) -> str:
    """The argon2id hash to keep; slow on purpose, never call it inside a transaction."""
    return _hasher.hash(password)


def password_matches(password: str, kept: str) -> bool:
    """Whether the password is the one behind the hash; as slow when there is no hash."""
    try:
        return _hasher.verify(kept or _NOBODY, password) and bool(kept)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


@lru_cache
def commonest_passwords() -> frozenset[str]:
    """The bundled list, lower case."""
    path = Path(__file__).parent / "commonest_passwords.txt"
    return frozenset(path.read_text(encoding="utf-8").split())
