"""Slows down who guesses passwords: after a few wrong ones, an account and an address wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import ceil

import msgspec


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """So many wrong answers in so many seconds."""

    tries: int
    seconds: float


class Guesses:
    """Counts wrong logins by key. CLOCK gives seconds that never go back."""

    def __init__(self, limit: Limit, clock: Callable[[], float], most_keys: int = 10_000) -> None:
        self._limit, self._clock, self._most = limit, clock, most_keys
        self._wrong: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, key: str) -> int:
        """Return for how many seconds KEY must wait; 0 if it may try."""
        with self._lock:
            wrong = self._recent(key)
            if len(wrong) < self._limit.tries:
                return 0
            return max(1, ceil(wrong[-self._limit.tries] + self._limit.seconds - self._clock()))

    def note(self, key: str) -> None:
        """Note a wrong answer of KEY."""
        with self._lock:
            wrong = self._recent(key)
            wrong.append(self._clock())
            self._wrong.pop(key, None)
            self._wrong[key] = wrong[-self._limit.tries :]
            while len(self._wrong) > self._most:
                del self._wrong[next(iter(self._wrong))]

    def forget(self, key: str) -> None:
        """Forget the wrong answers of KEY: it gave a right one."""
        with self._lock:
            self._wrong.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = self._clock() - self._limit.seconds
        return [at for at in self._wrong.get(key, []) if at > since]
