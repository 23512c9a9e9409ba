"""The own annotated reports (`training/reports`) that nothing is trained on, as gold for the articles scorer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.own_reports import OwnReport, own_reports

from evaluation.goldsets import ROOT
from evaluation.scorers import Item, shared_script

REPORTS = ROOT / "training" / "reports"
PRONOUN = re.compile(
    r"(?i)(?:i|we|us|you|he|him|she|they|them|it|who|which|that|this|his|her|hers|its|their|theirs|our)"
)
"""Surfaces that the gold of articles does not list: an entity is found by a name or noun phrase."""

AFTER_HEAD = re.compile(r",? (?:of|for|from|in|on|at|near|with|by|to|who|which|that|whose|under|against|between)\b|,")
"""Where a noun phrase has its head behind it: what comes after only says more of it."""


def held_out_reports() -> list[OwnReport]:
    """Return the held-out own reports; none where there are no report files."""
    return own_reports("held-out", REPORTS)


def write_gold(reports: Iterable[Any], folder: Path) -> int:
    """Write each of REPORTS into FOLDER as NAME.txt beside NAME.gold.json; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for report in reports:
        (folder / f"{report.slug}.txt").write_bytes(report.text.encode())
        gold = json.dumps(as_gold(report), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{report.slug}.gold.json").write_text(gold, encoding="utf-8")
        count += 1
    return count


def as_gold(report: Any) -> Item:
    """Return the gold of an own report in the form of the article gold; figures and quotations are not annotated.

    Of an entity only its names and noun phrases count as mentions, unless it has nothing but pronouns; one that the
    text never names is left out, as an entity and as an end of events: nobody could find it. Own reports mark whole
    noun phrases ("two chiefs near Panguna"); their front part ("two chiefs") names the entity as well.
    """
    mentions: dict[str, list[list[int]]] = {}
    for span, name in report.mentions:
        mentions.setdefault(name, []).append([span.start, span.end])
    for name, spans in mentions.items():
        named = [s for s in spans if not PRONOUN.fullmatch(report.text[slice(*s)])]
        mentions[name] = sorted(whole for s in named or spans for whole in _with_front(report.text, s))
    return {
        "id": report.slug,
        "published": report.published.isoformat(),
        "entities": [
            {
                "id": entity.id,
                "name": max((report.text[slice(*s)] for s in mentions[entity.id]), key=len),
                "kind": entity.kind,
                "country": entity.country,
                "sector": entity.sector,
                "mentions": mentions[entity.id],
            }
            for entity in report.entities.values()
            if entity.id in mentions
        ],
        "events": [_event(event, mentions.keys()) for event in report.events],
        "figures": [],
        "quotations": [],
    }


def _with_front(text: str, span: list[int]) -> list[list[int]]:
    """Return SPAN and, where something follows the head of its noun phrase, the span of the part before that."""
    after = AFTER_HEAD.search(text, span[0] + 1, span[1])
    return [[span[0], after.start()], span] if after else [span]


def _event(event: Any, known: Iterable[str]) -> Item:
    return {
        "type": event.type,
        "mode": event.mode,
        "trigger": [event.span.start, event.span.end],
        "mentions": [[span.start, span.end] for span in event.retold],
        "actors": [i for i in event.actors if i in known],
        "recipients": [i for i in event.recipients if i in known],
        "participants": [],
        "status": event.status,
        "interval": shared_script("anchor").day_interval(event.date),
        "country": event.country,
        "place": None,
        "source": event.source if event.source in known else None,
        "background": event.background,
        "optional": False,
    }
