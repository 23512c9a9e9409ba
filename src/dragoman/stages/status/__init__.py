"""Status: whether an event occurred, is planned, hoped for, asked for, denied; and who vouches for it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from dragoman.domain.balance import BOTH, Balance
from dragoman.domain.codes import EventType, HappeningKind, QuotationForm, Status
from dragoman.domain.findings import Event, Happening, Quotation, Reason, Source, Time, Told
from dragoman.domain.grammar import VERBAL, clause_verb, is_compared, is_perfect, top_of
from dragoman.domain.parse import Parse, Token
from dragoman.domain.ports import EventOpinion
from dragoman.domain.quoting import QuotationIndex
from dragoman.domain.spans import Span
from dragoman.lexicon.status import status_book
from dragoman.stages.status.cues import judge
from dragoman.stages.status.verdict import Verdict

__all__ = ["settle_status"]

SPOKEN = {EventType.AGREE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT}
"""Acts of speech: the saying itself is what happens."""
TOLD_SHARE = 0.4
"""How sure a status is that no cue gave: told as a fact for want of anything else."""
SPOKEN_SHARE = 0.7
"""The same of an act of speech, which is told by its own words."""
LATELY = 90
"""Days before publication after which a happening is background."""
MADE_BY_MODAL = frozenset({"plover.reject.will-not", "plover.agree.will", "plover.threaten.will"})
KINDLY = frozenset({EventType.AID, EventType.COOPERATE, EventType.SUPPORT})
"""What nobody threatens with: threatened aid is promised aid."""
CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp", "csubj"})
PRESENT = frozenset({"is", "are", "has", "have"})
TOLD = {Status.OCCURRED, Status.ONGOING}


def settle_status(
    parse: Parse,
    events: Sequence[Told],
    quotations: Sequence[Quotation],
    times: Sequence[Time],
    published: datetime.date | None,
    opinions: Mapping[str, EventOpinion] | None = None,
    balance: Balance = BOTH,
) -> list[Told]:
    """Return EVENTS with `status`, `source` and `background` settled.

    A classifier's OPINIONS (by event) weigh in as BALANCE says.
    """
    index = QuotationIndex(quotations)
    dated = _dated(parse, times)
    found: list[Told] = []
    for event in events:
        token = top_of(parse, event.trigger)
        if token is None:
            found.append(event)
            continue
        near = [(t, x) for t, x in dated.get(token.sent.i, []) if _belongs(x, token)]
        opinion = (opinions or {}).get(event.id)
        settled = _with_status(event, token, near, published, opinion, balance)
        settled = _with_source(settled, token, index)
        over = [(t, x) for t, x in near if x.head.lower != "since"]
        over = over or _dated_above(token, dated.get(token.sent.i, []))
        found.append(_with_background(settled, token, over, published))
    return found


def _dated(parse: Parse, times: Sequence[Time]) -> dict[int, list[tuple[Time, Token]]]:
    found: dict[int, list[tuple[Time, Token]]] = {}
    for time in times:
        token = top_of(parse, time.span)
        apart = time.span.surface(parse.text).lower().endswith((" after", " before"))
        if token is not None and time.interval is not None and not apart and not is_compared(token):
            found.setdefault(token.sent.i, []).append((time, token))
    return found


def _dated_above(token: Token, dated: Sequence[tuple[Time, Token]]) -> list[tuple[Time, Token]]:
    """Return the times of the clause that the event's clause goes on with or hangs on, where both are told as past."""
    verb = clause_verb(token)
    for _ in range(3):
        if verb is None or verb.dep not in ("conj", "advcl", "relcl", "acl") or not _is_past(verb):
            break
        verb = clause_verb(verb.head)
        found = [(t, x) for t, x in dated if clause_verb(x) is verb]
        if found:
            return found
    return []


def _is_past(verb: Token) -> bool:
    """Tell whether a clause's verb is told in the past, or is a participle that another verb's tense holds for."""
    aux = [c.lower for c in verb.children_by("aux", "auxpass")]
    return verb.tag == "VBD" or (verb.tag in ("VBN", "VBG") and not any(a in PRESENT for a in aux))


def _belongs(where: Token, token: Token) -> bool:
    """Tell whether a time stands in an event's own words or clause, no clause within them ("a ship sunk in May")."""
    for above in where.ancestors():
        if above is token:
            return True
        if above.dep in CLAUSES or (above.dep == "conj" and above.pos in VERBAL):
            break
    return clause_verb(where) is clause_verb(token)


def _with_status(
    event: Told,
    token: Token,
    near: Sequence[tuple[Time, Token]],
    published: datetime.date | None,
    opinion: EventOpinion | None,
    balance: Balance,
) -> Told:
    spoken = event.type in SPOKEN
    verdict = _kindly(judge(token, _words(event), spoken=spoken), event)
    if opinion is not None and opinion.statuses:
        verdict = _weighed(verdict, opinion.statuses, event, balance)
    if published is not None and not spoken:
        verdict = _by_date(verdict, token, near, published.isoformat())
    why = Reason(field="status", rule=verdict.rule, spans=verdict.spans, considered=verdict.considered)
    return msgspec.structs.replace(
        event,
        status=verdict.status,
        why=(*event.why, why),
        evidence=tuple(dict.fromkeys([*event.evidence, *verdict.spans])),
        confidence=round(event.confidence * (0.9 + 0.1 * verdict.sure), 3),
    )


def _words(event: Told) -> Span:
    """Return the words that make the event what it is: its trigger, with the modal that makes it an act of speech."""
    spans = [event.trigger, *(event.why[0].spans if event.why and event.why[0].rule in MADE_BY_MODAL else ())]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _kindly(verdict: Verdict, event: Told) -> Verdict:
    """Return VERDICT, a vow taken as a plan where what is vowed harms nobody ("vowed to help its ally")."""
    if verdict.status is Status.THREATENED and event.type in KINDLY:
        return msgspec.structs.replace(verdict, status=Status.PLANNED)
    return verdict


def _by_date(verdict: Verdict, token: Token, near: Sequence[tuple[Time, Token]], day: str) -> Verdict:
    """Return VERDICT unless the event's time lies on the other side of the report."""
    if verdict.status in TOLD:
        later = [t for t, x in near if t.interval and t.interval[0] and t.interval[0] > day and _tells_when(x, token)]
        return Verdict(Status.PLANNED, "status.date.later", (later[0].span,), 0.85) if later else verdict
    past = [t for t, x in near if x.head is token and x.dep == "poss" and t.interval and (t.interval[1] or day) < day]
    if past and verdict.status is not Status.DID_NOT_HAPPEN:
        return Verdict(Status.OCCURRED, "status.date.past", (past[0].span,), 0.85)
    return verdict


def _tells_when(where: Token, token: Token) -> bool:
    """Tell whether a later time can be that of an event: of a noun's own phrase, or of a clause in the present."""
    verb = clause_verb(token)
    if token.tag == "VBN" and token.dep in ("acl", "advcl", "amod") and token.child("aux", "auxpass") is None:
        return False
    if verb is None or verb is token:
        past = verb is not None and (verb.tag == "VBD" or is_perfect(verb))
        return not past and any(a is token for a in where.ancestors())
    if any(a is token for a in where.ancestors()):
        return True
    tensed = verb.tag in ("VBZ", "VBP") or any(c.lower in PRESENT for c in verb.children_by("aux", "auxpass"))
    return clause_verb(where) is verb and token.dep in ("nsubj", "nsubjpass") and tensed


def _weighed(verdict: Verdict, likely: Mapping[str, float], event: Told, balance: Balance) -> Verdict:
    """Return the status that cues and classifier together make likeliest; the cue's share is how sure it is."""
    told = verdict.rule == "status.tense.told"
    sure = (SPOKEN_SHARE if event.type in SPOKEN else TOLD_SHARE) if told else verdict.sure
    other = (1 - sure) / (len(Status) - 1)
    worth = {
        s: (sure if s is verdict.status else other) ** balance.cues
        * max(likely.get(s.value, 0.0), 1e-3) ** balance.statuses
        for s in Status
    }
    best = min(worth, key=lambda s: (-worth[s], s.value))
    share = worth[best] / sum(worth.values())
    considered = (*verdict.considered, f"{best.value} {likely.get(best.value, 0.0):.2f} by the classifier")
    if best is verdict.status:
        return Verdict(best, verdict.rule, verdict.spans, share, considered)
    return Verdict(best, "status.classifier", (event.trigger,), share, (f"{verdict.status.value} by {verdict.rule}",))


def _with_source(event: Told, token: Token, index: QuotationIndex) -> Told:
    """Return EVENT with the innermost quotation around it as source, unless it is the speaker's own act of speech."""
    for quotation in index.around(token):
        if quotation.speaker is None and quotation.speaker_span is None:
            continue
        if quotation.form is not QuotationForm.DIRECT and _is_aside(token, quotation):
            continue
        if _speakers(event) == (quotation.speaker,):
            return event
        spans = (quotation.cue_span,) if quotation.cue_span is not None else ()
        why = Reason(field="source", rule="status.source.quotation", spans=spans)
        source = Source(quotation=quotation.id, entity=quotation.speaker)
        return msgspec.structs.replace(event, source=source, why=(*event.why, why))
    return event


def _speakers(event: Event | Happening) -> tuple[str, ...]:
    """Return whose act of speech EVENT is, nobody where it is none."""
    if isinstance(event, Happening):
        return event.participants if event.kind is HappeningKind.STATEMENT else ()
    return event.actors if event.type in SPOKEN else ()


def _is_aside(token: Token, quotation: Quotation) -> bool:
    """Tell whether a relative clause after a comma holds the event: the report's own words on what somebody said."""
    current = token
    while current.head is not current:
        if current.dep == "relcl":
            first = min((t.i for t in (current, *current.children)), default=current.i)
            words = token.sent.tokens
            place = first - words[0].i
            inside = any(s.start <= words[place].start < s.end for s in quotation.content)
            return inside and place > 0 and words[place - 1].text == ","
        current = current.head
    return False


def _with_background(
    event: Told, token: Token, near: Sequence[tuple[Time, Token]], published: datetime.date | None
) -> Told:
    if event.status not in TOLD:
        return event
    verb = clause_verb(token)
    if verb is not None:
        for child in verb.children:
            cues = status_book().look_up("adverb", child.lower) if child.dep == "advmod" else ()
            if any(c.does == "background" for c in cues):
                return _as_background(event, Reason(field="background", rule=cues[0].id, spans=(child.span,)))
    if published is None:
        return event
    limit = (published - datetime.timedelta(days=min(LATELY, published.toordinal() - 1))).isoformat()
    for time, _ in near:
        if time.interval is not None and time.interval[1] is not None and time.interval[1] < limit:
            return _as_background(event, Reason(field="background", rule="status.date.old", spans=(time.span,)))
    return event


def _as_background(event: Told, why: Reason) -> Told:
    return msgspec.structs.replace(event, background=True, why=(*event.why, why))
