"""The fixtures of the web tests."""

from conftest_web import client, guarded, readings, store

__all__ = ["client", "guarded", "readings", "store"]
