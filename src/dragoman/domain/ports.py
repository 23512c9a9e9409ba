"""What stages ask of the outside: a gazetteer, an actor list, a classifier. Engines answer; they are handed in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

import msgspec

from dragoman.domain.parse import Parse
from dragoman.domain.spans import Span


class Parser(Protocol):
    """Parses text."""

    def parse(self, text: str) -> Parse:
        """Return the parse of TEXT; every token's characters lie in TEXT."""
        ...


SIZE_PER_SPELLING = 500


class GazetteerPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the gazetteer. `feature` is a GeoNames feature code, `admin1` the division's name.

    `spellings` is how many names it bears in the languages of the world: much for what the world speaks of.
    """

    geonames_id: int | None
    name: str
    feature: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    spellings: int = 0

    @property
    def size(self) -> int:
        """The population; where GeoNames has none, as for many towns in war, a guess by the spellings."""
        return self.population or SIZE_PER_SPELLING * self.spellings


class Gazetteer(Protocol):
    """Finds places by any of their names."""

    def lookup(self, name: str) -> list[GazetteerPlace]:
        """Return all places that bear NAME (case and diacritics aside), most populous first."""
        ...

    def like(self, name: str) -> list[GazetteerPlace]:
        """Return all places that bear another romanization of NAME ("Lashkargah"), most populous first."""
        ...


class ActorRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an actor list: who bears the name, as what, from when to when.

    `since` and `until` are ISO dates or their beginnings ("2014", "2014-09"), None where unknown. `listed_at` is the
    file and line of a row of the user's own file.
    """

    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None = None
    since: str | None = None
    until: str | None = None
    seen_on: str | None = None
    scheme: str
    id: str | None = None
    listed_at: str | None = None


OWN_FILE = "own"
"""The scheme of the records that a user's own file gives."""


class OwnActor(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a user's own actor file: its record, and every name by which it goes."""

    record: ActorRecord
    names: tuple[str, ...]


class ActorIndex(Protocol):
    """Finds organizations, armed groups and office-holders by name or office. Hashable, so that codings are cached."""

    def __hash__(self) -> int: ...

    def by_name(self, name: str) -> list[ActorRecord]:
        """Return the records that bear NAME as name or alias (case and diacritics aside)."""
        ...

    def by_office(self, country: str, role: str, on: datetime.date | None) -> list[ActorRecord]:
        """Return who held the office ROLE (a normal form such as "foreign minister") in COUNTRY on a day."""
        ...

    def own(self, words: Sequence[str], on: datetime.date | None) -> tuple[int, ActorRecord] | None:
        """Return the longest name of the user's own file that WORDS begin with, as its number of words, and its record.

        None where no name of that file begins there, or none that is valid on the day.
        """
        ...


class EventQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What an event classifier is asked: a sentence after the one before it, the event's trigger, and who is named.

    The sentence is `text[start:]`. `trigger`, which lies in it, and `heads` (the head words of the mentions of entities
    in both sentences) are half-open offsets into `text`.
    """

    text: str
    start: int
    trigger: Span
    heads: tuple[Span, ...]


class EventOpinion(msgspec.Struct, frozen=True, kw_only=True):
    """What an event classifier thinks: probabilities (0-1) of each type (`NONE` for no event), mode and status.

    `actors` and `recipients` hold, for each head asked about, the probability that it names one.
    """

    types: dict[str, float]
    modes: dict[str, float]
    statuses: dict[str, float]
    actors: tuple[float, ...]
    recipients: tuple[float, ...]


class EventClassifier(Protocol):
    """Judges events from their sentence."""

    def judge(self, questions: Sequence[EventQuestion]) -> list[EventOpinion]:
        """Return an opinion for each of QUESTIONS, in order; the same whatever else is asked with them."""
        ...


class HintedToken(msgspec.Struct, frozen=True):
    """A token as a quotation tagger reads it: its characters, and a label for each feature of it."""

    span: Span
    labels: tuple[str, ...]


class TaggedContent(msgspec.Struct, frozen=True, kw_only=True):
    """What a quotation tagger takes for somebody's words or thoughts.

    `content` holds its pieces in order, `speaker` and `cue` a piece of the words that name who and how, None where none
    is told; `sure` is the mean probability (0-1) of its word pieces. Offsets count code points of the text.
    """

    content: tuple[Span, ...]
    speaker: Span | None
    cue: Span | None
    sure: float


class QuotationTagger(Protocol):
    """Marks what a text attributes to somebody."""

    def tag(self, text: str, tokens: Sequence[HintedToken]) -> list[TaggedContent]:
        """Return what TEXT, whose words are TOKENS, attributes, in order of its beginning; none holds another."""
        ...
