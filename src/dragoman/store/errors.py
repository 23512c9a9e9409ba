"""What can go wrong with a store, said so that the user knows what to do."""

from __future__ import annotations


class StoreError(Exception):
    """The store can't be used as asked; the message says what to do."""


class StoreBusyError(StoreError):
    """Another process held the store for longer than Dragoman waits."""


class NewerStoreError(StoreError):
    """The store was made by a newer Dragoman than this one."""


class UnknownIdError(StoreError):
    """No record, claim or report of the store has this id."""

    def __init__(self, what: str, unknown: str) -> None:
        super().__init__(f"no {what} {unknown!r} in the store; `dragoman records` lists what there is")
        self.id = unknown


class NoFieldError(StoreError):
    """A record has no field of this name."""


class CorrectionError(StoreError):
    """A correction of what is no field, to what can't stand there, or without a note."""


class JudgementError(StoreError):
    """A judgement that says nothing, such as one of a claim and itself."""


class AccountError(StoreError):
    """An account that is there already, or is not there."""
