"""What other tools put out, as the findings that the shared scorers take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Finding = dict[str, Any]

OPENING = "\"“”„«‘’'`"
"""What a direct quotation begins with."""

_BODY = re.compile(r"<TimeML>\n?(.*?)\n?</TimeML>\s*\Z", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/?)TIMEX3(?:INTERVAL)?(?P<attributes>[^<>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def times(text: str, timeml: str) -> list[Finding]:
    """Return the times of TIMEML that HeidelTime made of TEXT.

    HeidelTime writes its tags into the text and escapes nothing. Where the rest is not TEXT letter by letter, a time
    is looked for after the one before it; one that isn't found there is left out.
    """
    body = _BODY.search(timeml)
    if body is None:
        return []
    found: list[Finding] = []
    plain, position, after = 0, 0, 0
    opened: list[tuple[int, dict[str, str]]] = []
    words = _TAG.sub("", body[1])
    for tag in _TAG.finditer(body[1]):
        plain += tag.start() - position
        position = tag.end()
        if not tag["close"]:
            opened.append((plain, dict(_ATTRIBUTE.findall(tag["attributes"]))))
            continue
        if not opened:
            continue
        start, attributes = opened.pop()
        if "value" not in attributes:
            continue
        surface = words[start:plain]
        if text[start:plain] != surface:
            start = text.find(surface, after)
        if start < 0:
            continue
        after = start + len(surface)
        found.append({"span": [start, after], "type": attributes.get("type"), "value": attributes["value"]})
    return sorted(found, key=lambda each: each["span"])


def quotations(text: str, triples: list[dict[str, list[int]]]) -> list[Finding]:
    """Return the quotations of textacy's speaker, cue and content."""
    return [
        {"content": [each["content"]], "speaker_span": each["speaker"], "cue_span": each["cue"]} for each in triples
    ]


def places(text: str, extract: dict[str, dict[str, Any]]) -> list[Finding]:
    """Return the places of flashgeotext's countries and cities: each span once, the longest where they overlap.

    It knows no coordinates.
    """
    spans = {tuple(span) for kind in extract.values() for name in kind.values() for span in name["span_info"]}
    kept: list[tuple[int, ...]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return [{"span": list(span), "latitude": None, "longitude": None} for span in sorted(kept)]


CONVERTERS: dict[str, Callable[[str, Any], list[Finding]]] = {
    "times": times, "quotations": quotations, "places": places,
}  # fmt: skip
"""By the part of the reading that a peer is for."""


def direct(text: str, found: list[Finding]) -> list[Finding]:
    """Return those quotations of FOUND (or of gold) whose content begins with a quotation mark or just after one."""
    starts = [min(start for start, _ in each["content"]) for each in found]
    return [each for each, at in zip(found, starts, strict=True) if set(text[max(0, at - 1) : at + 1]) & set(OPENING)]
