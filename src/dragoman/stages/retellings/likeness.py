"""How likely two tellings are of one event: the odds that their words, sides, time, place and distance give together.

The weights are learnt by `training/retellings.py` from the annotated own reports, where retellings are marked.
"""

from __future__ import annotations

from math import exp

import msgspec

from dragoman.domain.codes import SYMMETRIC_TYPES, EventType, Grain, Status
from dragoman.domain.dates import first_day, last_day
from dragoman.domain.findings import Event, Interval, Place
from dragoman.domain.grammar import VERBAL, clause_verb, depth_between, is_perfect, top_of
from dragoman.domain.motives import is_answered
from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.events import event_book
from dragoman.lexicon.weights import weights_of
from dragoman.stages.retellings.apart import towns_apart, ways_apart

LEAST = 0.4
"""Least probability with which two tellings of a deed are joined."""

LEAST_SPEECH = 0.6
"""The same for what somebody says: a speaker makes several promises or demands on end."""

TOLD = frozenset({Status.OCCURRED, Status.ONGOING})
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "both"})
OTHER = frozenset(
    {
        "another", "other", "further", "fresh", "new", "second", "third", "earlier", "previous", "separate", "similar",
        "more", "additional", "last", "next", "prior", "past", "recent", "subsequent", "later", "several",
    }
)  # fmt: skip
"""Modifiers with which a noun tells of something else than what was told."""

FULL_STOPS = frozenset({".", "?", "!", ";", "”", '"', "’", ":"})
SHORT, LONG = 4, 5
MONTH = 31
"""Days: what is told of longer is not one deed of a day."""

BESIDE = frozenset({"conj", "advcl", "relcl", "parataxis", "nsubj", "nsubjpass", "cc", "punct"})
"""Links to what is said beside a word rather than of it."""

SPEECH = frozenset(
    {
        EventType.AGREE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT,
        EventType.CONCEDE,
    }
)  # fmt: skip
"""Types of which one speaker does several on end."""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the words that tell it, the first and the latest, their places and ways of harming."""

    event: Event
    words: tuple[Token, ...]
    spots: tuple[Place, ...] = ()
    ways: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parse: Parse, event: Event, spot: Place | None = None) -> Telling:
        """Return the telling of EVENT by its trigger, at SPOT where a place is told."""
        token = top_of(parse, event.trigger)
        spots = () if spot is None else (spot,)
        ways = frozenset(w for w in (event.mode, token.lemma if token is not None else None) if w is not None)
        return cls(event=event, words=() if token is None else (token,), spots=spots, ways=ways)

    def after(self, together: Event, other: Telling) -> Telling:
        """Return this telling and OTHER as one, of the event TOGETHER."""
        return Telling(
            event=together,
            words=(*self.words, *other.words),
            spots=(*self.spots, *other.spots),
            ways=self.ways | other.ways,
        )


def points_back(new: Telling) -> bool:
    """Tell whether a verb says that its deed was part of what was just told ("killed in the incident")."""
    if not new.words or new.words[0].pos not in VERBAL:
        return False
    nouns = event_book().lists["happenings"]
    for prep in new.words[0].children_by("prep"):
        noun = prep.child("pobj") if prep.lower in ("in", "during") else None
        if noun is not None and noun.lemma in nouns and any(c.lower in POINTING for c in noun.children):
            return True
    return False


def likelihood(old: Telling, new: Telling, between: int) -> float:
    """Return the probability (0-1) that NEW tells OLD again; BETWEEN events of its type stand between them.

    It is 0 for events of another type, and where status, dates or countries exclude each other.
    """
    if not comparable(old, new):
        return 0.0
    weights = weights_of("retellings")
    odds = sum(weights.get(name, 0.0) for name in features(old, new, between))
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def least_of(event: Event) -> float:
    """Return the least probability with which EVENT is taken to tell again what was told."""
    return LEAST_SPEECH if event.type in SPEECH else LEAST


def comparable(old: Telling, new: Telling) -> bool:
    """Tell whether OLD and NEW may be one: no type, status, date, place or way of harming of theirs excludes it."""
    if not (old.words and new.words) or not _may_be_one(old.event, new.event):
        return False
    if _adds_up(old, new):
        return False
    if _answers(old, new.words[0]) or _is_general(old, new.words[0]):
        return False
    return not towns_apart(old.spots, new.spots) and not ways_apart(old.ways, new.ways)


def _answers(old: Telling, word: Token) -> bool:
    """Tell whether WORD, or a word of its sentence that told OLD, is what the other one answers."""
    words = event_book().lists["answers"]
    near = [w for w in old.words if w.sent is word.sent]
    answered = is_answered(word, words)
    return any(is_answered(w, words) is not answered for w in near)


def _is_general(old: Telling, noun: Token) -> bool:
    """Tell whether a bare plural speaks of deeds in general ("attacks are rare"), where OLD is one of a day."""
    if noun.tag != "NNS" or _pointed(noun) != "bare" or old.event.grain not in (Grain.DAY, Grain.HOUR):
        return False
    return not any(w.tag == "NNS" and _pointed(w) == "bare" for w in old.words)


def _may_be_one(old: Event, new: Event) -> bool:
    if old.type is not new.type:
        return False
    if old.status is not new.status and not {old.status, new.status} <= TOLD:
        return False
    if not _compatible(_told_interval(old), _told_interval(new)):
        return False
    return not (old.place and new.place and old.country != new.country)


def _adds_up(old: Telling, new: Telling) -> bool:
    """Tell whether NEW sums up many deeds and OLD is one of them: "killed 14 ... have killed 2,000 since January"."""
    if old.event.interval is None or _is_long(old.event.interval) or not _is_long(_told_interval(new.event)):
        return False
    verb = clause_verb(new.words[0])
    return verb is not None and is_perfect(verb)


def _is_long(interval: Interval | None) -> bool:
    """Tell whether INTERVAL is longer than a month."""
    if interval is None or interval[0] is None:
        return False
    return interval[1] is None or (last_day(interval[1]) - first_day(interval[0])).days > MONTH


def features(old: Telling, new: Telling, between: int) -> list[str]:
    """Return the names of what speaks for or against OLD and NEW being one, as the weights know them."""
    word = new.words[0]
    kind, nominal = old.event.type.value, "noun" if word.pos == "NOUN" else "verb"
    gap = word.sent.i - old.words[-1].sent.i
    far = "0" if gap == 0 else "1" if gap == 1 else "2" if gap <= 3 else "4" if gap <= 8 else "9"
    said = _said(old, word)
    form = f"{nominal}-{_pointed(word)}" if nominal == "noun" else nominal
    sides = _sides(old.event, new.event)
    agreed = _agreed(sides)
    before = "noun" if old.words[0].pos == "NOUN" else "verb"
    sort = "speech" if old.event.type in SPEECH else "deed"
    topic = _topic(old, word)
    found = [
        "bias",
        f"type={kind}",
        f"form={form}",
        f"forms={before}|{nominal}",
        f"gap={far}",
        f"said={said}",
        f"between={min(between, 3)}",
        f"sides={agreed}",
        *(f"{name}={mark}" for name, mark in sides),
        f"sides+said={agreed}|{said}",
        f"sides+form={agreed}|{form}",
        f"said+form={said}|{form}",
        f"type+sides={kind}|{agreed}",
        f"type+said={kind}|{said}",
        f"type+form={kind}|{form}",
        f"gap+said={far}|{said}",
        f"sort+said={sort}|{said}|{form}",
        f"sort+sides={sort}|{agreed}|{said}",
        f"sort+gap={sort}|{far}",
        f"topic={topic}",
        f"topic+sort={topic}|{sort}",
        f"topic+said={topic}|{said}|{sort}",
        f"status={'same' if old.event.status is new.event.status else 'told'}",
        f"mode={_state(old.event.mode, new.event.mode)}",
        f"date={_state(_told_interval(old.event), _told_interval(new.event))}",
        f"country={_state(old.event.country, new.event.country)}",
        f"background={old.event.background}|{new.event.background}",
        f"source={_state(old.event.source, new.event.source)}",
        f"tellings={min(len(old.words), 3)}",
        f"number={_number(old.words[-1])}|{_number(word)}",
        f"place={_state(old.event.place, new.event.place)}",
        f"bound={_bound(old, word)}",
        f"bound+form={_bound(old, word)}|{form}",
    ]
    if _heads(old.words[0]):
        found += ["title", f"title+sides={agreed}", f"title+gap={far}"]
    return found


def _said(old: Telling, word: Token) -> str:
    """Return how a word agrees with those that told OLD: the same, one of the same stem, or another."""
    if any(w.lemma == word.lemma for w in old.words):
        return "same"
    return "stem" if any(_shared_stem(w.lemma, word.lemma) for w in old.words) else "other"


def _bound(old: Telling, word: Token) -> str:
    """Return how WORD hangs together with a word that told OLD: listed with it, under it, over it, or not at all."""
    for told in old.words:
        if told.sent is not word.sent:
            continue
        if word in told.conjuncts() or told in word.conjuncts():
            return "listed"
        if depth_between(word, told) is not None:
            return "under"
        if depth_between(told, word) is not None:
            return "over"
    return "none"


def _topic(old: Telling, word: Token) -> str:
    """Return how far the phrases of WORD and of what told OLD speak of the same things; `bare`: one of nothing."""
    here = _things(word)
    there = set().union(*(_things(told) for told in old.words))
    if not here or not there:
        return "bare"
    shared = len(here & there)
    return "none" if not shared else "much" if 2 * shared >= min(len(here), len(there)) else "some"


def _things(word: Token) -> set[str]:
    """Return the nouns and names below WORD, those of a clause beside it left out."""
    found: set[str] = set()
    stack = [c for c in word.children if c.dep not in BESIDE]
    while stack:
        token = stack.pop()
        if token.pos in ("NOUN", "PROPN"):
            found.add(token.lemma)
        stack += [c for c in token.children if c.dep not in BESIDE]
    return found


def _shared_stem(a: str, b: str) -> bool:
    size = min(len(a), len(b), LONG)
    return size >= SHORT and a[:size] == b[:size]


def _pointed(noun: Token) -> str:
    """Return how a noun points at what was told: "the attack", "another attack", "his attack", "an attack"."""
    if any(c.lower in OTHER for c in noun.children):
        return "other"
    if any(c.dep == "nummod" for c in noun.children):
        return "counted"
    if any(c.lower in POINTING for c in noun.children):
        return "the"
    if any(c.dep == "poss" for c in noun.children):
        return "owned"
    return "a" if any(c.dep == "det" for c in noun.children) else "bare"


def _number(word: Token) -> str:
    return "many" if word.tag in ("NNS", "NNPS") else "one" if word.pos in ("NOUN", "PROPN") else "verb"


def _heads(word: Token) -> bool:
    """Tell whether WORD stands in the title of the report or a line below it: at its start, without a full stop."""
    return word.sent.i <= 1 and word.sent.tokens[-1].text not in FULL_STOPS


def _sides(old: Event, new: Event) -> list[tuple[str, str]]:
    """Return how the participants of two events agree: (side, `same`, `part`, `open`, `empty` or `clash`)."""
    if old.type in SYMMETRIC_TYPES:
        return [("both", _mark({*old.actors, *old.recipients}, {*new.actors, *new.recipients}))]
    return [
        ("actors", _mark(set(old.actors), set(new.actors))),
        ("recipients", _mark(set(old.recipients), set(new.recipients))),
    ]


def _mark(old: set[str], new: set[str]) -> str:
    if not old or not new:
        return "empty" if not old and not new else "open" if not new else "filled"
    if old == new:
        return "same"
    if old <= new or new <= old:
        return "part"
    return "shared" if old & new else "clash"


def _agreed(sides: list[tuple[str, str]]) -> str:
    """Return what the marks of both sides come to."""
    marks = {mark for _, mark in sides}
    if "clash" in marks:
        return "clash" if len(marks & {"same", "part", "shared"}) == 0 else "half"
    if marks <= {"same", "empty"} and "same" in marks:
        return "same"
    return "part" if marks & {"same", "part", "shared"} else "open"


def _state(old: object, new: object) -> str:
    if old is None or new is None:
        return "none" if old is None and new is None else "open"
    return "same" if old == new else "other"


def _told_interval(event: Event) -> Interval | None:
    """Return the interval of EVENT where a time of the text tells it, not where it is only carried over."""
    return event.interval if event.time is not None else None


def _compatible(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return True
    return (a[0] or "") <= (b[1] or "9999") and (b[0] or "") <= (a[1] or "9999")
