"""The report that is read."""

from __future__ import annotations

import datetime
import hashlib

import msgspec

from dragoman.domain.codes import PublishedFrom


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report: its text and what is known of it."""

    id: str
    given_id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    published_from: PublishedFrom | None = None
    language: str | None = None
    text: str


def content_id(text: str) -> str:
    """Return `sha256:` and the hex digest of TEXT as UTF-8.

    Raises ValueError where TEXT holds half of a surrogate pair, which UTF-8 can't carry.
    """
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
