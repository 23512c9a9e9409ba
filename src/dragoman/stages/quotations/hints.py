"""What the quotation tagger is told of each token: its grammar, and what the cues make of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from dragoman.domain.parse import Parse
from dragoman.domain.ports import HintedToken
from dragoman.domain.spans import Span
from dragoman.stages.quotations.assembly import Drafted

DEEPEST = 7
OUT, FIRST, INSIDE, AGAIN = range(4)


def hints(parse: Parse, drafted: Drafted) -> list[HintedToken]:
    """Return the tokens with the labels that the tagger was trained with, in this order.

    Part-of-speech tag, dependency, entity type; the weightiest attribution whose content holds the token (its strength
    in fifths, and whether the token begins it); its strength as cue and as speaker; its mark in the drafts; whether it
    stands in quotation marks; its depth in the tree.
    """
    tokens = parse.tokens
    starts = [t.start for t in tokens]

    def inside(span: Span) -> Iterator[int]:
        number = max(0, bisect_right(starts, span.start) - 1)
        number += tokens[number].end <= span.start
        while number < len(tokens) and tokens[number].start < span.end:
            yield number
            number += 1

    place, best = [OUT] * len(tokens), [0.0] * len(tokens)
    cues, speakers = [0.0] * len(tokens), [0.0] * len(tokens)
    for choice in drafted.choices:
        for found in choice:
            cues[found.cue.i] = max(cues[found.cue.i], found.weight)
            if found.speaker is not None:
                speakers[found.speaker.i] = max(speakers[found.speaker.i], found.weight)
            for span in found.content:
                for n, i in enumerate(inside(span)):
                    if found.weight > best[i]:
                        best[i], place[i] = found.weight, INSIDE if n else FIRST
    marks = [OUT] * len(tokens)
    for draft in drafted.drafts:
        for number, span in enumerate(draft.content):
            for n, i in enumerate(inside(span)):
                marks[i] = INSIDE if n else AGAIN if number else FIRST
    depths = _depths(parse)
    return [
        HintedToken(
            token.span,
            (
                token.tag, token.dep, token.ent, str((place[i] - 1) * 5 + _strength(best[i]) if place[i] else 0),
                str(_strength(cues[i])), str(_strength(speakers[i])), str(marks[i]),
                str(int(drafted.quoted.at(token.start) is not None)), str(min(DEEPEST, depths[i])),
            ),
        )
        for i, token in enumerate(tokens)
    ]  # fmt: skip


def _depths(parse: Parse) -> list[int]:
    """Return how many tokens stand above each, counted to DEEPEST."""
    found = []
    for token in parse.tokens:
        depth = 0
        while token.head is not token and depth < DEEPEST:
            token, depth = token.head, depth + 1
        found.append(depth)
    return found


def _strength(weight: float) -> int:
    """Return WEIGHT (0-1) in fifths, 1 to 5; 0 for none."""
    return 1 + min(4, int(weight * 5)) if weight else 0
