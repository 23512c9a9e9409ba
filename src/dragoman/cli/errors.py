"""The error that a user's own request makes."""

from __future__ import annotations


class UsageError(Exception):
    """What the user asked for can't be done as asked; the message says what to do."""
