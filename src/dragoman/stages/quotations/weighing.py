"""Weighs whether a cue attributes: the odds that its lemma, frame, subject and mood give together."""

from __future__ import annotations

from math import exp

from dragoman.domain.parse import Token
from dragoman.lexicon.quotations import cue_weights
from dragoman.stages.quotations.verbs import Attribution

MODALS = frozenset(["would", "could", "can", "may", "might", "should", "must", "will", "shall"])


VOUCHING = frozenset({"word"})
VOUCHED = 0.6
"""Least probability under a phrase that names a source, yet is too rare to have been learnt ("in the words of")."""


def features(attribution: Attribution) -> list[str]:
    """Return the names of what speaks for or against ATTRIBUTION, as the weights know them."""
    cue, frame = attribution.cue, attribution.frame
    found = [
        "bias",
        f"frame={frame}",
        f"lemma={cue.lemma}",
        f"lemma+frame={cue.lemma}|{frame}",
        f"tag={frame}|{cue.tag}",
    ]
    found.append(f"subject={frame}|{_subject(attribution.speaker, cue)}")
    found.append(f"dep={frame}|{cue.dep}")
    for child in cue.children:
        if child.dep == "neg":
            found.append(f"negated={frame}")
        elif child.dep == "aux":
            found.append(f"aux={'modal' if child.lower in MODALS else child.lemma}|{frame}")
        elif child.dep == "auxpass":
            found.append(f"passive={frame}")
        elif child.dep == "dobj" and frame in ("object", "gerund"):
            found.append(f"object={frame}|{child.pos}|{child.ent}")
    letters = sum(s.end - s.start for s in attribution.content)
    if frame in ("object", "about", "noun-prep", "noun-to", "gerund", "judged"):
        found.append(f"length={frame}|{'short' if letters < 20 else 'middle' if letters < 50 else 'long'}")
    elif letters < 12:
        found.append(f"length={frame}|short")
    found.append(f"pieces={len(attribution.content)}")
    if attribution.quotes:
        found += [f"quoted={frame}", "quoted"]
    return found


def _subject(speaker: Token | None, cue: Token) -> str:
    if speaker is None:
        return "none"
    if speaker.pos == "PRON":
        return speaker.lower
    return speaker.ent or speaker.pos if speaker.head is cue else "far"


def weight(attribution: Attribution) -> float:
    """Return the probability that ATTRIBUTION is one, with the content as it was cut out (0-1)."""
    weights = cue_weights()
    odds = sum(weights.get(name, 0.0) for name in features(attribution))
    share = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
    return max(share, VOUCHED) if attribution.frame == "source" and attribution.cue.lemma in VOUCHING else share
