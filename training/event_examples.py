"""Makes the examples that the event classifier is trained on, as JSON lines.

python -m training.event_examples [--only SOURCE ...] [--out .cache/training]

An example is a sentence after the one before it, the trigger of an event in it, and what is known of the event: its
type (`NONE` for no event; a list where more than one fits), mode, status, and the head words of actors and recipients.
Sources:

own       reports written for this project, every event annotated (`training/reports/`); candidates of the codebooks
          that no annotation meets are examples of `NONE`, and other verbs are, with less weight
plover    the sentences of Zero-Shot-PLOVER; the trigger is the candidate that fits the annotated type and ends best
rams      RAMS and WikiEvents, their types mapped by `training/aida_to_plover.csv`
stories   the synthetic stories of NGEC: events of the codebooks that are of the story's type, as the rules read them
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from evaluation.goldsets import ROOT, SHARED, parse_cached, task_rows

from dragoman.api import codebook_world, make_report
from dragoman.domain.findings import Event
from dragoman.domain.grammar import top_of
from dragoman.domain.parse import Parse, Sentence
from dragoman.domain.ports import EventOpinion, EventQuestion
from dragoman.domain.reading import Reading
from dragoman.domain.report import Report
from dragoman.domain.spans import Span
from dragoman.reader import read_parse
from dragoman.stages.events.asking import before, text_of
from training.own_reports import OwnReport, own_reports

OUT = ROOT / ".cache" / "training"
ACTING = frozenset(
    {
        "attacker", "killer", "injurer", "damager", "destroyer", "damagerdestroyer", "giver", "jailer", "prosecutor",
        "investigator", "communicator", "participant", "demonstrator", "retreater", "surrenderer", "judgecourt",
        "preventer", "executioner", "rejecternullifier", "employee", "observer", "inspector",
    }
)  # fmt: skip
UNDERGOING = frozenset(
    {
        "victim",
        "target",
        "recipient",
        "detainee",
        "defendant",
        "artifact",
        "inspectedentity",
        "otherparticipant",
        "crime",
    }
)


class Example(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One example. The sentence is `text[start:]`; spans are offsets into `text`.

    `weight` and the others scale how much it counts. `whole` tells that all who take part are marked in the sentence
    before too, not in the sentence alone.
    """

    source: str
    document: str
    text: str
    start: int
    trigger: tuple[int, int]
    types: list[str]
    mode: str | None = None
    status: str | None = None
    actors: list[tuple[int, int]] | None = None
    recipients: list[tuple[int, int]] | None = None
    loose: list[tuple[int, int]] = []
    whole: bool = False
    weight: float = 1.0
    status_weight: float = 1.0
    role_weight: float = 1.0


class Recorder:
    """A classifier that has no opinion and keeps what it was asked."""

    def __init__(self) -> None:
        self.questions: list[EventQuestion] = []

    def judge(self, questions: Sequence[EventQuestion]) -> list[EventOpinion]:
        """Keep QUESTIONS, and answer none."""
        self.questions += questions
        nothing = [tuple(0.0 for _ in question.heads) for question in questions]
        return [EventOpinion(types={}, modes={}, statuses={}, actors=n, recipients=n) for n in nothing]


class Read(msgspec.Struct):
    """A report, its parse, its rule-based reading, and the candidates as (sentence number, span in the text)."""

    report: Report
    parse: Parse
    reading: Reading
    candidates: list[Span]


def read_all(reports: list[Report]) -> Iterator[Read]:
    """Yield REPORTS read by the codebooks alone, with all candidates that a classifier would be asked about."""
    for report, parse in parse_cached(reports):
        recorder = Recorder()
        world = msgspec.structs.replace(codebook_world(), classifier=recorder)
        reading = read_parse(report, parse, world, "training")
        texts = {text_of(_window(parse, s)): _window(parse, s)[0].span.start for s in reversed(parse.sentences)}
        spans = [Span(texts[q.text] + q.trigger.start, texts[q.text] + q.trigger.end) for q in recorder.questions]
        yield Read(report, parse, reading, sorted(set(spans)))


def _window(parse: Parse, sentence: Sentence) -> list[Sentence]:
    """Return SENTENCE after the one before it, as the classifier is shown them."""
    previous = before(parse, sentence)
    return [sentence] if previous is None else [previous, sentence]


def make(read: Read, trigger: Span, source: str, types: list[str], **known: Any) -> Example | None:
    """Return the example of the event at TRIGGER (offsets of the text); `actors` and the like are spans of the text."""
    token = top_of(read.parse, trigger)
    if token is None:
        return None
    sentence = token.sent
    window = _window(read.parse, sentence)
    base, end = window[0].span.start, sentence.span.end
    inside = Span(max(trigger.start, sentence.span.start), min(trigger.end, end))

    def local(spans: Sequence[Span]) -> list[tuple[int, int]]:
        return [(s.start - base, s.end - base) for s in spans if base <= s.start and s.end <= end]

    for side in ("actors", "recipients"):
        if known.get(side) is not None:
            spans = known[side]
            heads = [t.span for s in spans if (t := top_of(read.parse, s)) is not None]
            known[side] = local(heads)
            known.setdefault("loose", []).extend(local(spans))
    return Example(
        source=source,
        document=read.report.given_id or "",
        text=text_of(window),
        start=sentence.span.start - base,
        trigger=(inside.start - base, inside.end - base),
        types=types,
        **known,
    )


def spans_of(reading: Reading, ids: Sequence[str]) -> list[Span]:
    """Return all spans that mention one of the entities IDS."""
    return [m.span for e in reading.entities if e.id in ids for m in e.mentions]


# -- sources


def from_plover() -> Iterator[Example]:
    """Yield an example for each sentence of the PLOVER set."""
    rows = task_rows(SHARED / "gold" / "plover-sentences" / "train.jsonl")
    for row, read in zip(rows, read_all([make_report(r["text"], given_id=r["id"]) for r in rows]), strict=True):
        types = ["CONCEDE", "RETREAT"] if row["root"] == "YIELD" else [row["root"]]
        ends = [Span(*row["actor"]), Span(*row["recipient"])]
        event = _best(read, types, ends)
        trigger = event.trigger if event is not None else _root_between(read.parse, ends)
        if trigger is None:
            continue
        if event is not None and event.type in types:
            types = [event.type.value]
        mode = event.mode if event is not None and event.type.value in types else None
        example = make(
            read, trigger, "plover", types, mode=mode, actors=ends[:1], recipients=ends[1:],
            weight=1.0 if event is not None and event.type.value in types else 0.7,
        )  # fmt: skip
        if example is not None:
            yield example


def _best(read: Read, types: list[str], ends: list[Span]) -> Event | None:
    def rank(event: Event) -> tuple[float, ...]:
        sides = [spans_of(read.reading, event.actors), spans_of(read.reading, event.recipients)]
        near = sum(any(s.overlaps(end) for s in side) for side, end in zip(sides, ends, strict=True))
        return (event.type.value in types and near == 2, event.type.value in types, near, event.confidence)

    found = [e for e in read.reading.events if e.type.value in types or rank(e)[2] > 0]
    return max(found, key=rank, default=None)


def _root_between(parse: Parse, ends: list[Span]) -> Span | None:
    """Return the verb above both ENDS that is nearest to them, or the sentence's root."""
    tokens = [t for s in ends if (t := top_of(parse, s)) is not None]
    if len(tokens) != 2:
        return None
    above = [t.i for t in tokens[1].ancestors()]
    for token in tokens[0].ancestors():
        if token.i in above and token.pos in ("VERB", "NOUN"):
            return token.span
    return tokens[0].sent.root.span


def from_frames() -> Iterator[Example]:
    """Yield the mapped events of RAMS and WikiEvents."""
    table = _frame_table()
    for name in ("rams", "wikievents-dev"):
        rows = task_rows(SHARED / "gold" / "events" / f"{name}.jsonl")
        for row, read in zip(rows, read_all([make_report(r["text"], given_id=r["id"]) for r in rows]), strict=True):
            for event in row["events"]:
                line = next((x for x in table if event["type"].lower().startswith(x["prefix"])), None)
                if line is None:
                    continue
                actors = [Span(*a["span"]) for a in event["arguments"] if a["role"].lower() in ACTING]
                recipients = [Span(*a["span"]) for a in event["arguments"] if a["role"].lower() in UNDERGOING]
                if line["type"] in ("CONSULT", "AGREE", "COOPERATE") and len(actors) > 1 and not recipients:
                    actors, recipients = actors[:1], actors[1:]
                example = make(
                    read, Span(*event["span"]), "rams", [line["type"]], mode=line["mode"] or None,
                    actors=actors, recipients=recipients, weight=float(line["weight"]), role_weight=0.5,
                )  # fmt: skip
                if example is not None:
                    yield example


def _frame_table() -> list[dict[str, str]]:
    with (ROOT / "training" / "aida_to_plover.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def from_stories() -> Iterator[Example]:
    """Yield, of each story, up to three events of the codebooks that are of the story's type."""
    rows = task_rows(SHARED / "gold" / "stories" / "ngec-synthetic.jsonl")
    for row, read in zip(rows, read_all([make_report(r["text"], given_id=r["id"]) for r in rows]), strict=True):
        mode = (row["mode"] or "").lower().replace("_", "-") or None
        same = [e for e in read.reading.events if e.type.value == row["root"]]
        for event in sorted(same, key=lambda e: (-e.confidence, e.trigger))[:3]:
            example = make(
                read, event.trigger, "stories", [row["root"]], mode=mode or event.mode, status=event.status.value,
                actors=spans_of(read.reading, event.actors), recipients=spans_of(read.reading, event.recipients),
                weight=0.5, status_weight=0.4, role_weight=0.3,
            )  # fmt: skip
            if example is not None:
                yield example


def from_own() -> Iterator[Example]:
    """Yield every annotated event of the own reports, and the candidates that are none."""
    reports = own_reports()
    made = [make_report(r.text, published=r.published, given_id=r.slug) for r in reports]
    for own, read in zip(reports, read_all(made), strict=True):
        yield from _of_report(own, read)


def _of_report(own: OwnReport, read: Read) -> Iterator[Example]:
    taken = []
    for event in own.events:
        taken += [event.span, *event.retold]
        for span in (event.span, *event.retold):
            example = make(
                read, span, "own", [event.type], mode=event.mode, status=event.status,
                actors=own.spans(event.actors), recipients=own.spans(event.recipients),
                role_weight=1.0 if span == event.span else 0.5, whole=True,
            )  # fmt: skip
            if example is not None:
                yield example
    verbs = [t.span for t in read.parse.tokens if t.pos == "VERB"]
    for span, weight in [*((s, 1.0) for s in read.candidates), *((s, 0.6) for s in verbs)]:
        if any(span.overlaps(t) for t in taken):
            continue
        taken.append(span)
        example = make(read, span, "own", ["NONE"], weight=weight)
        if example is not None:
            yield example


SOURCES = {"own": from_own, "plover": from_plover, "rams": from_frames, "stories": from_stories}


def main() -> int:
    """Write the examples of each source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(SOURCES), default=list(SOURCES))
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.only:
        count = 0
        with (options.out / f"{name}.jsonl").open("wb") as out:
            for example in SOURCES[name]():
                out.write(msgspec.json.encode(example) + b"\n")
                count += 1
        print(json.dumps({"source": name, "examples": count}), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
