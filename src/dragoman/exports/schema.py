"""JSON Schema (2020-12) of what Dragoman prints, made from the types themselves."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from dragoman.domain.reading import Reading

ERROR_SCHEMA: Literal["dragoman.error/1"] = "dragoman.error/1"
SELDOM = frozenset({"listed_at"})
"""Fields that are written only where they say something."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class ReadingError(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a batch's output where a report could not be read."""

    schema: Literal["dragoman.error/1"] = ERROR_SCHEMA
    id: str | None
    line: int | None
    error: str


def reading_schema() -> dict[str, Any]:
    """Return the JSON Schema of a reading."""
    return _schema(Reading, "A Dragoman reading")


def error_schema() -> dict[str, Any]:
    """Return the JSON Schema of the object that stands for a report that could not be read."""
    return _schema(ReadingError, "A report that could not be read")


def _schema(kind: type, title: str) -> dict[str, Any]:
    schema = msgspec.json.schema(kind)
    for definition in schema["$defs"].values():
        if "properties" in definition:  # every other field is always written, so it is required
            definition["required"] = [name for name in definition["properties"] if name not in SELDOM]
            for prop in definition["properties"].values():
                prop.pop("default", None)
    return {"$schema": DIALECT, "title": title, **schema}
