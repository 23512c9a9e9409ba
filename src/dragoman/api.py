"""The Python API: puts the engines and the reader together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

import dragoman
from dragoman.actors import code_actor
from dragoman.domain.codes import Part, PublishedFrom
from dragoman.domain.findings import Figure, Place, Quotation, Time
from dragoman.domain.reading import Reading
from dragoman.domain.records import Party, Record
from dragoman.domain.report import Report, content_id
from dragoman.engines.actor_index import SqliteActorIndex
from dragoman.engines.event_classifier import OnnxEventClassifier
from dragoman.engines.gazetteer import SqliteGazetteer
from dragoman.engines.own_actors import OwnActorIndex
from dragoman.engines.quotation_tagger import OnnxQuotationTagger
from dragoman.engines.spacy_parser import SpacyParser
from dragoman.inputs.own_actors import read_own_actors
from dragoman.inputs.plain import InputError
from dragoman.reader import World, read_parse, read_part
from dragoman.reconcile.naming import parties_named, place_named


@cache
def shipped_parser() -> SpacyParser:
    """Return the parser that all readings of this process share."""
    return SpacyParser()


@cache
def shipped_world() -> World:
    """Return all that comes with the package: gazetteer, actor list, quotation tagger and event classifier."""
    return msgspec.structs.replace(stage_world(), classifier=OnnxEventClassifier(_data()))


@cache
def stage_world() -> World:
    """Return the shipped world without the event classifier, which only events ask."""
    return msgspec.structs.replace(codebook_world(), tagger=OnnxQuotationTagger(_data()))


@cache
def codebook_world() -> World:
    """Return the gazetteer and actor list without any model: the codebooks alone decide."""
    return World(
        gazetteer=SqliteGazetteer(_data() / "gazetteer.sqlite"), actors=SqliteActorIndex(_data() / "actors.sqlite")
    )


def _data() -> Path:
    return Path(str(files("dragoman.data")))


def world_with(actors: Path | str | None, *, classifier: bool = True) -> World:
    """Return the shipped world, with the user's own actor file ACTORS (CSV or YAML) before the shipped list, if any.

    Without CLASSIFIER it is left out, which events alone ask.
    Raises InputError where the file can't be opened or used; its text names file, line and what is allowed.
    """
    shipped = shipped_world() if classifier else stage_world()
    if actors is None:
        return shipped
    try:
        state = Path(actors).stat()
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or error
        raise InputError(str(actors), f"can't be opened: {problem}") from error
    own = _own_actors(str(actors), state.st_mtime_ns, state.st_size, state.st_ino)
    return msgspec.structs.replace(shipped, actors=own)


@lru_cache(maxsize=8)
def _own_actors(name: str, changed: int, size: int, inode: int) -> OwnActorIndex:
    """Return the actor file NAME as it is now, before the shipped list: a changed file is read anew."""
    return OwnActorIndex(read_own_actors(name), codebook_world().actors)


def make_report(
    text: str,
    *,
    published: datetime.date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    given_id: str | None = None,
    language: str | None = "en",
) -> Report:
    """Return the report of TEXT with what is known of it.

    Raises ValueError where TEXT holds half of a surrogate pair, which UTF-8 can't carry.
    """
    return Report(
        id=content_id(text),
        given_id=given_id,
        title=title,
        source=source,
        url=url,
        published=published,
        published_from=PublishedFrom.GIVEN if published else None,
        language=language,
        text=text,
    )


def read(
    text: str,
    *,
    published: datetime.date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    given_id: str | None = None,
    actors: Path | str | None = None,
) -> Reading:
    """Return the reading of one report's TEXT.

    `published` is the day of publication, which relative times are reckoned from; without it they stay relative.
    `actors` is a file of your own actors, which goes before the shipped lists. Offsets in the reading count code points
    of TEXT. Raises ValueError, with a line for each problem, where the actor file can't be used.
    """
    world = world_with(actors)
    report = make_report(text, published=published, title=title, source=source, url=url, given_id=given_id)
    return read_report(report, world)


def read_report(report: Report, world: World | None = None) -> Reading:
    """Return the reading of REPORT, by WORLD (that which comes with the package)."""
    return read_parse(report, shipped_parser().parse(report.text), world or shipped_world(), dragoman.__version__)


def read_reports(reports: Sequence[Report], world: World | None = None) -> Iterator[Reading]:
    """Yield the readings of REPORTS by WORLD (the shipped one) in order, parsed as one batch."""
    parses = shipped_parser().parse_many([r.text for r in reports])
    for report, parse in zip(reports, parses, strict=True):
        yield read_parse(report, parse, world or shipped_world(), dragoman.__version__)


def read_report_part(part: Part, report: Report, world: World | None = None) -> Reading:
    """Return a reading of REPORT with PART and the findings that it refers to; the rest stays empty."""
    parse = shipped_parser().parse(report.text)
    return read_part(part, report, parse, world or codebook_world(), dragoman.__version__)


def correction_value(field: str, text: str, record: Record) -> Any:
    """Return what a person who corrects FIELD of RECORD means by TEXT: JSON, or a place or parties named in words.

    A place is looked up in the gazetteer, parties are those that the record has or else coded as on its day. Other
    text is returned as it is.
    """
    try:
        value = msgspec.json.decode(text.strip())
    except (msgspec.DecodeError, UnicodeError):
        value = text
    if value is None or isinstance(value, (list, dict)):
        return value
    if field == "place":
        return place_named(text, codebook_world().gazetteer)
    if field in ("actors", "recipients", "participants"):
        known = (*record.actors, *record.recipients, *record.participants)
        on = next((c.published for c in record.claims if c.published is not None), None)
        return parties_named(text, known, lambda name: _coded(name, on))
    return text


def _coded(name: str, on: datetime.date | None) -> Party | None:
    coding = code_actor(name, on)
    if coding is None:
        return None
    return Party(name=name, kind=coding.kind.value, country=coding.country, sector=coding.sector, role=coding.role)


def quotations(
    text: str,
    *,
    published: datetime.date | None = None,
    source: str | None = None,
    actors: Path | str | None = None,
) -> list[Quotation]:
    """Return who said what in TEXT, in the order of the text.

    `speaker_span` holds the words that name the speaker; the entity that `speaker` points to is in the reading that
    `dragoman.api.read_report_part` returns. `actors` is a file of your own actors.
    """
    return list(_part(Part.QUOTATIONS, text, published, source, actors).quotations)


def times(text: str, *, published: datetime.date | None = None) -> list[Time]:
    """Return the time expressions of TEXT, in order.

    `published` is what relative ones are reckoned from; without it they stay relative.
    """
    return list(_part(Part.TIMES, text, published).times)


def places(text: str) -> list[Place]:
    """Return the places that TEXT names, in order, with coordinates where the gazetteer knows them."""
    return list(_part(Part.PLACES, text).places)


def figures(
    text: str,
    *,
    published: datetime.date | None = None,
    source: str | None = None,
    actors: Path | str | None = None,
) -> list[Figure]:
    """Return the counts and amounts of TEXT, in order.

    They are not tied to events, as those of `dragoman.read` are: what only the event tells (its day, its country, who
    did it) stays null. `actors` is a file of your own actors.
    """
    return list(_part(Part.FIGURES, text, published, source, actors).figures)


def _part(
    part: Part,
    text: str,
    published: datetime.date | None = None,
    source: str | None = None,
    actors: Path | str | None = None,
) -> Reading:
    report = make_report(text, published=published, source=source)
    return read_report_part(part, report, world_with(actors, classifier=False))
