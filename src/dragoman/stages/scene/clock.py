"""When an event was: by a time of its own, of its clause, or by the day that the story has reached."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from dragoman.domain.codes import EventType, Grain, Status, TimeType
from dragoman.domain.findings import Event, Happening, Interval, Reason, Time, Told
from dragoman.domain.grammar import clause_verb, is_compared, is_perfect, top_of
from dragoman.domain.parse import Parse, Token
from dragoman.lexicon.quotations import cue_book
from dragoman.stages.scene.nearness import REPORTED, SUBJECTS, Nearness, is_of_toll, time_clause
from dragoman.stages.scene.offsets import Offset, clear_of, offsets_of, shifted

SAID = {
    EventType.AGREE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT,
    EventType.CONCEDE,
}  # fmt: skip
"""Types that are acts of speech: a report that carries one without a time was written when it was made."""
TOLD = {Status.OCCURRED, Status.ONGOING}
STANDING = {*TOLD, Status.DID_NOT_HAPPEN}
LATELY = 4
"""Days before the report within which a statement told in the perfect at its head was made."""
AHEAD = {Status.PLANNED, Status.CALLED_FOR, Status.THREATENED}
REACH = 6
"""Sentences over which a statement's day carries."""
RULES = ("scene.time.own", "scene.time.clause", "scene.time.governing")
LASTING = re.compile(r"(?i)\b(?:past|last|previous)\b")
LENGTH = re.compile(r"P(\d+)([DWMY])")
SOON = frozenset({"soon", "shortly", "hours", "minutes", "moments", "immediately", "right", "just"})
FULL_STOPS = frozenset({".", "?", "!", "”", '"', "’"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
WEEKDAY = re.compile(r"(?i)(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?")
DAY_MONTH = re.compile(r"(?i)[a-z]+\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]+\.?")


def _still_lasts(token: Token) -> bool:
    """Tell whether a clause says in the present perfect what has not yet, or still, been done."""
    verb = clause_verb(token)
    if verb is None or not any(c.dep in ("aux", "auxpass") and c.lower in ("has", "have") for c in verb.children):
        return False
    return any(c.dep == "neg" or c.lower in ("still", "yet", "never") for c in verb.children)


def _soon(after: Token) -> bool:
    """Tell whether "after" is as good as on the same day: "soon after", "hours after", "immediately after"."""
    place = after.i - after.sent.tokens[0].i
    return place > 0 and after.sent.tokens[place - 1].lower in SOON


class When(msgspec.Struct, frozen=True):
    """The time of an event and how it was found."""

    times: tuple[Time, ...]
    interval: Interval
    grain: Grain | None
    rule: str


class Clock:
    """Tells the time of events, which it must be asked about in the order of the text."""

    def __init__(
        self, parse: Parse, events: Sequence[Event | Happening], times: Sequence[Time], published: datetime.date | None
    ) -> None:
        self.parse = parse
        self.day = published
        self.published = published.isoformat() if published else None
        self.times: dict[int, list[tuple[Time, Token]]] = {}
        for time in times:
            time = self._lasting(time)
            token = top_of(parse, time.span)
            dated = time.type in (TimeType.DATE, TimeType.TIME, TimeType.DURATION)
            if token is not None and time.interval is not None and dated:
                self.times.setdefault(token.sent.i, []).append((time, token))
        self.offsets = offsets_of(parse, times, published)
        tops = [top_of(parse, e.trigger) for e in events]
        self.near = Nearness({t.i for t in tops if t is not None}, parse.tokens)
        self.days = self._main_days()
        self.said = {s.i for s in parse.sentences if s.root.lemma in cue_book().verbs}
        self.narrative: tuple[int, Interval] | None = None
        self.story: tuple[int, Interval] | None = None

    def timed(self, event: Told, token: Token) -> Told:
        """Return EVENT with its time, or without one where none is told."""
        when = self._offset(token) or self._own(event, token) or self._ever_since(token) or self._retold(token)
        if when is None and event.type in SAID and event.status is Status.OCCURRED and not event.background:
            when = self._statement(token)
        if when is None and event.status in STANDING and not event.background and _still_lasts(token):
            when = self._statement(token)
        if when is None and event.status in TOLD and not event.background:
            when = self._carried(token)
        if when is None:
            return event
        self._go_on(event, token, when)
        spans = tuple(t.span for t in when.times)
        return msgspec.structs.replace(
            event,
            time=when.times[0].id if when.times else None,
            interval=when.interval,
            grain=when.grain,
            evidence=tuple(dict.fromkeys([*event.evidence, *spans])),
            why=(*event.why, Reason(field="interval", rule=when.rule, spans=spans)),
        )

    def _go_on(self, event: Event | Happening, token: Token, when: When) -> None:
        """Keep the day that the story has reached."""
        told = event.status in TOLD and not event.background and when.grain is Grain.DAY and bool(when.times)
        if told and self._is_past(when.interval):
            self.story = (token.sent.i, when.interval)
            if event.type in SAID or event.type is EventType.CONSULT:
                self.narrative = (token.sent.i, when.interval)

    def _is_past(self, interval: Interval) -> bool:
        return self.published is None or (interval[0] or "") <= self.published

    def _lasting(self, time: Time) -> Time:
        """Return a length of time up to the report ("the past two weeks") with its interval, another time as it is."""
        length = LENGTH.fullmatch(time.value)
        text = time.span.surface(self.parse.text)
        if self.day is None or time.type is not TimeType.DURATION or length is None or not LASTING.search(text):
            return time
        days = int(length[1]) * DAYS[length[2]]
        if not 0 < days < self.day.toordinal():
            return time
        first = (self.day - datetime.timedelta(days=days)).isoformat()
        return msgspec.structs.replace(time, interval=(first, self.published), grain=Grain.RANGE)

    # -- the day that the story has reached

    def _main_days(self) -> dict[int, Interval]:
        """Return the day of each sentence whose main clause has one that is not to come."""
        found: dict[int, Interval] = {}
        for number, near in self.times.items():
            for time, where in near:
                if time.grain is not Grain.DAY or time.interval is None or not self._is_past(time.interval):
                    continue
                clause = time_clause(where)
                if clause is not None and clause.dep != "ROOT" and where.head.dep != "ROOT":
                    continue
                if clear_of(self.offsets.get(number, []), self.parse, time):
                    found[number] = time.interval
        return found

    def _reached(self, sentence: int, last: tuple[int, Interval] | None) -> Interval | None:
        """Return the day told last before a sentence, at most REACH back: LAST, or that of a main clause."""
        for number in range(sentence, max(-1, sentence - REACH - 1), -1):
            if last is not None and last[0] == number:
                return last[1]
            if number < sentence and number in self.days:
                return self.days[number]
        return None

    def _statement(self, token: Token) -> When | None:
        reached = self._reached(token.sent.i, self.narrative) or self._told_again(token)
        if reached is not None:
            return When((), reached, Grain.DAY, "scene.time.narrative")
        if self.published is None:
            return None
        return When((), (self.published, self.published), Grain.DAY, "scene.time.published")

    def _told_again(self, token: Token) -> Interval | None:
        """Return the day of the saying that follows a statement in the perfect at the report's head, where one does."""
        verb = clause_verb(token)
        head = token.sent.i == 0 and token.sent.tokens[-1].text not in FULL_STOPS
        if self.day is None or token.sent.i > 1 or not (head or (verb is not None and is_perfect(verb))):
            return None
        first = (self.day - datetime.timedelta(days=min(LATELY, self.day.toordinal() - 1))).isoformat()
        for number in range(token.sent.i + 1, token.sent.i + REACH + 1):
            day = self.days.get(number)
            if day is not None and number in self.said and (day[0] or "") >= first:
                return day
        return None

    def _retold(self, token: Token) -> When | None:
        """Return the time told with the same noun before, for a definite one ("a call on Saturday ... on the call")."""
        after = next((p for p in token.children_by("prep") if p.lower == "after" and _soon(p)), None)
        noun = token if after is None else after.child("pobj")
        if noun is None or noun.pos != "NOUN" or not any(c.lower in DEFINITE for c in noun.children):
            return None
        reach = len(self.parse.sentences) if after is not None else 2 * REACH
        return self._same_noun(noun, reach)

    def _same_noun(self, token: Token, reach: int) -> When | None:
        """Return the time that stands with the same noun in an earlier sentence, at most REACH back."""
        for number in range(token.sent.i - 1, max(-1, token.sent.i - reach), -1):
            for time, where in self.times.get(number, []):
                noun = next((a for a in where.ancestors() if a.pos not in ("ADP", "PROPN")), None)
                if noun is not None and noun.lemma == token.lemma and time.interval is not None:
                    return When((time,), time.interval, time.grain, "scene.time.retold")
        return None

    def _carried(self, token: Token) -> When | None:
        """Return the day of the happening told before, for a deed that the story goes on with in the simple past."""
        verb = clause_verb(token)
        if verb is None or verb.tag not in ("VBD", "VBN", "VBG", "VB") or is_perfect(verb):
            return None
        reached = self._reached(token.sent.i, self.story)
        return When((), reached, Grain.DAY, "scene.time.story") if reached is not None else None

    def _ever_since(self, token: Token) -> When | None:
        """Return the interval since the last time told before, where the clause says "ever since"."""
        verb = clause_verb(token)
        if verb is None:
            return None
        for child in verb.children:
            words = {t.lower for t in child.subtree()} if child.dep in ("advmod", "prep", "mark") else set()
            if "since" in words and words <= {"ever", "since", "then"}:
                for number in range(token.sent.i, max(-1, token.sent.i - REACH), -1):
                    told = [t for t, x in self.times.get(number, []) if x.i < token.i and t.interval and t.interval[0]]
                    if told and told[-1].interval is not None:
                        return When((told[-1],), (told[-1].interval[0], None), Grain.RANGE, "scene.time.since")
        return None

    def _since(self, times: tuple[Time, ...]) -> When:
        """Return the interval from a time on, up to the report where its day is known."""
        assert times[0].interval is not None
        first = times[0].interval[0]
        last = self.published if first is None or self.published is None or first <= self.published else None
        return When(times, (first, last), Grain.RANGE, "scene.time.since")

    def _under_since(self, time: Time, token: Token) -> bool:
        """Tell whether a time stands under a "since" that the event doesn't stand under ("since the truce of May")."""
        where = top_of(self.parse, time.span)
        while where is not None and where.head is not where:
            word = where if where.dep == "prep" else where.child("mark")
            if word is not None and word.lower == "since" and token.i not in {t.i for t in where.subtree()}:
                return True
            where = where.head
        return False

    # -- times of the event's own sentence

    def _offset(self, token: Token) -> When | None:
        """Return the time of an event that another one's time is reckoned from ("five days after ...")."""
        for offset in self.offsets.get(token.sent.i, []):
            if token.i not in offset.scope:
                continue
            free = [t for t, _ in self.times.get(token.sent.i, []) if t.grain is Grain.DAY]
            base = next((t for t in free if clear_of([offset], self.parse, t)), None)
            if base is None and token.sent.i in self.days:
                return None
            start = base.interval if base is not None else None
            if start is None and self.published is not None:
                start = self._reached(token.sent.i, self.story) or (self.published, self.published)
            interval = shifted(start, offset.days) if start is not None else None
            if interval is not None:
                times = tuple(t for t in (offset.time, base) if t is not None)
                return When(times, interval, Grain.DAY, "scene.time.offset")
        return None

    def _own(self, event: Event | Happening, token: Token) -> When | None:
        best: tuple[int, list[Time]] | None = None
        offsets: list[Offset] = self.offsets.get(token.sent.i, [])
        near = [(t, x) for t, x in self.times.get(token.sent.i, []) if not is_compared(x)]
        near = [(t, x) for t, x in near if all(t is not o.time for o in offsets) and not is_of_toll(token, x)]
        for n, (time, where) in enumerate(near):
            rank = self.near.rank(token, where)
            if rank is not None and (best is None or rank < best[0]):
                joined = [time]
                if n + 1 < len(near) and self._joined(time, near[n + 1][0]):
                    joined.append(near[n + 1][0])
                best = (rank, joined)
        if best is None:
            return None
        if best[0] >= REPORTED and best[1][0].grain is not Grain.DAY:
            return None
        rule = RULES[min(2, best[0] // 10)] if best[0] < REPORTED else "scene.time.reported"
        return self._when(event, token, best[1], rule)

    def _joined(self, first: Time, second: Time) -> bool:
        gap = self.parse.text[first.span.end : second.span.start].strip().lower()
        return gap in ("and", "to", "through", "until", "-", "–")

    def _when(self, event: Event | Happening, token: Token, times: Sequence[Time], rule: str) -> When:
        first = times[0]
        assert first.interval is not None
        interval, grain = first.interval, first.grain
        if (
            len(times) == 2
            and times[1].interval is not None
            and (first.interval[0] or "") <= (times[1].interval[1] or "9")
        ):
            interval, grain = (first.interval[0], times[1].interval[1]), Grain.RANGE
        if self._under_since(first, token):
            return self._since(tuple(times))
        if event.status in AHEAD and len(times) == 1:
            interval = self._ahead(first, token) or interval
        return When(tuple(times), interval, grain, rule)

    def _ahead(self, time: Time, token: Token) -> Interval | None:
        """Return the next such day after the report, where a plan's bare weekday or date was taken for the last one."""
        if time.interval is None or time.grain is not Grain.DAY or self.published is None or self.day is None:
            return None
        text = time.span.surface(self.parse.text)
        first = time.interval[0]
        if first is None or first >= self.published:
            return None
        verb = clause_verb(token)
        if verb is not None and verb.tag == "VBD" and verb.child(*SUBJECTS) is not None and verb.lemma != "be":
            return None
        if WEEKDAY.fullmatch(text):
            day = datetime.date.fromisoformat(first) + datetime.timedelta(days=7)
        elif DAY_MONTH.fullmatch(text) and first[5:] != "02-29":
            day = datetime.date.fromisoformat(first).replace(year=int(first[:4]) + 1)
        else:
            return None
        return (day.isoformat(), day.isoformat()) if day >= self.day else None
