"""How a name or noun phrase is coded, without a text around it: `code_actor`."""

from __future__ import annotations

import datetime
import re

import msgspec

from dragoman.api import shipped_world
from dragoman.domain.codes import EntityKind
from dragoman.stages.entities.coding import Coding, code_words

_WORD = re.compile(r"\w[\w.&]*(?:['’\-–](?!s\b)[\w.]+)*\.?|['’]s\b|['’]|[,;:()/&–—-]")
_BODIES = (("IGOUNODEV", "IGO"), ("IGOUNO", "UNO"), ("IGOEUR", "EUR"), ("IGOEEC", "EUR"))


def code_actor(phrase: str, published: datetime.date | None = None) -> Coding | None:
    """Return how PHRASE is coded as a PLOVER actor on the day PUBLISHED, or None where nothing is known of it.

    A country alone has no sector here: only a text in which it acts makes it its government. In place of the country
    of an organization of states stands PLOVER's code for it: `UNO`, `EUR` or `IGO`.
    """
    words = split_words(phrase)
    if not words:
        return None
    coding = code_words(words, None, shipped_world().actors, published)
    if coding is None:
        return None
    if coding.rule == "actors.country.name":
        return msgspec.structs.replace(coding, sector=None)
    if coding.country is None and coding.kind is EntityKind.INTERNATIONAL_ORGANIZATION:
        return msgspec.structs.replace(coding, country=_body(coding))
    return coding


def split_words(phrase: str) -> list[str]:
    """Return the words and marks of PHRASE: abbreviations keep their dots, a possessive ending stands alone."""
    words = _WORD.findall(phrase)
    return [w[:-1] if w.endswith(".") and w.count(".") == 1 and len(w) > 6 else w for w in words]


def _body(coding: Coding) -> str:
    codes = [same.id for same in coding.same_as if same.scheme in ("cameo", "dragoman")]
    return next((body for code in codes for start, body in _BODIES if code.startswith(start)), "IGO")
