"""How a name or noun phrase is coded: kind, country, sector, role.

The phrase is cut into pieces (`coding_pieces`); its head piece says what it is, the pieces before it and the phrases
that hang from it ("of", "in", a comma) say whose and where. Names come from the actor list, dated by the report.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.findings import ExternalId
from dragoman.domain.ports import ActorIndex, ActorRecord
from dragoman.stages.entities.coding_persons import Standing, standing
from dragoman.stages.entities.coding_pieces import DETERMINERS, Piece, Sort, clean_words, cut, is_plural_name

MOST_WORDS = 40
"""A longer phrase is cut to so many words around its head."""
DEEPEST = 3
"""How many phrases within phrases are followed ("a spokesman for the head of ...")."""


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase is coded as. `rule` is a codebook id; `considered` tells what else was possible and lost.

    `certain` is a confidence between 0 and 1. `words` are the indexes of the words that decided. `name` is the full
    name of who holds the office, where the phrase names an office and the actor list knows its holder on that day.
    """

    kind: EntityKind = EntityKind.OTHER
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    name: str | None = None
    same_as: tuple[ExternalId, ...] = ()
    rule: str
    certain: float = 0.5
    words: tuple[int, ...] = ()
    considered: tuple[str, ...] = ()


def code_words(
    words: Sequence[str],
    head: int | None,
    actors: ActorIndex,
    published: datetime.date | None,
    label: str | None = None,
) -> Coding | None:
    """Return how the phrase of WORDS is coded, or None where nothing is known of it.

    HEAD is the index of the head word (None: found here). LABEL is the recognizer's OntoNotes label, if any.
    """
    if len(words) > MOST_WORDS:
        start = max(0, (head or 0) - MOST_WORDS // 2)
        words = words[start : start + MOST_WORDS]
        coding = code_words(words, None if head is None else head - start, actors, published, label)
        if coding is None:
            return None
        return msgspec.structs.replace(coding, words=tuple(i + start for i in coding.words))
    return _coded(tuple(words), head, actors, published, label, 0)


@lru_cache(maxsize=20_000)
def _coded(
    words: tuple[str, ...],
    head: int | None,
    actors: ActorIndex,
    published: datetime.date | None,
    label: str | None,
    depth: int,
) -> Coding | None:
    parts, places = clean_words([w for w in words if w] if all(words) else [w or "-" for w in words])
    if not parts:
        return None
    phrase = _Phrase(parts, places, cut(parts, actors, label), actors, published, label, depth)
    place = None if head is None else next((k for k, i in enumerate(places) if i == head), None)
    found = phrase.code(place)
    if found is None:
        return None
    return msgspec.structs.replace(found, words=tuple(sorted({places[i] for i in found.words})))


class _Phrase:
    """A phrase in pieces, with what its coding needs to know of the outside."""

    def __init__(
        self,
        words: list[str],
        places: list[int],
        pieces: list[Piece],
        actors: ActorIndex,
        published: datetime.date | None,
        label: str | None,
        depth: int,
    ) -> None:
        self.words, self.places, self.pieces = words, places, pieces
        self.actors, self.published, self.label, self.depth = actors, published, label, depth

    def code(self, head: int | None) -> Coding | None:
        """Return the coding by the head piece, which covers the word HEAD or is found by its place."""
        k = self._head(head)
        if k is None:
            return None
        piece = self.pieces[k]
        if piece.sort in (Sort.NAME, Sort.LISTED, Sort.PLACE) and self._is_person(k):
            return self._person(k)
        if piece.sort is Sort.LISTED:
            return self._organization(k)
        if piece.sort is Sort.NATION:
            return self._nation(k)
        if piece.sort is Sort.PLACE:
            return self._place(k)
        if piece.sort is Sort.TITLE:
            return self._titled(k)
        if piece.sort is Sort.NOUN:
            return self._noun(k)
        return self._unlisted(k)

    # -- the head ---------------------------------------------------------------------------------------------------

    def _head(self, word: int | None) -> int | None:
        if word is not None:
            for k, piece in enumerate(self.pieces):
                if piece.start <= word < piece.end:
                    return self._past_proxy(k) if piece.sort in _NOMINAL else self._nearest(k)
        return self._nearest(None)

    def _past_proxy(self, k: int) -> int:
        """Return the place of a name's last piece, where the head is inside the name."""
        while self.pieces[k].sort is Sort.NAME and k + 1 < len(self.pieces) and self.pieces[k + 1].sort is Sort.NAME:
            k += 1
        return k

    def _nearest(self, at: int | None) -> int | None:
        """Return the last nominal piece before the first preposition or comma that follows one, or up to AT."""
        found = None
        for k, piece in enumerate(self.pieces):
            if found is not None and piece.sort in (Sort.PREPOSITION, Sort.COMMA):
                break
            if piece.sort in _NOMINAL:
                found = k
            if found is not None and piece.sort is Sort.JOINER and not self._joined_modifiers(k):
                break
        return found if found is not None else at

    def _joined_modifiers(self, k: int) -> bool:
        """Tell whether a joiner joins nations before a noun ("German and Afghan forces")."""
        left, right = self.pieces[k - 1] if k else None, self.pieces[k + 1] if k + 1 < len(self.pieces) else None
        return bool(
            left and right and left.sort is Sort.NATION and right.sort is Sort.NATION and k + 2 < len(self.pieces)
        )

    # -- what stands around -----------------------------------------------------------------------------------------

    def _complement(self, k: int, prepositions: frozenset[str]) -> Coding | None:
        """Return the coding of the phrase that follows piece K after one of PREPOSITIONS."""
        for j in range(k + 1, len(self.pieces)):
            piece = self.pieces[j]
            if piece.sort is Sort.COMMA or piece.text in _RELATIVES:
                return None
            if piece.sort is Sort.PREPOSITION:
                return self._rest(j + 1) if piece.text in prepositions else None
        return None

    def _rest(self, j: int) -> Coding | None:
        if self.depth >= DEEPEST or j >= len(self.pieces):
            return None
        start = self.pieces[j].start
        coding = _coded(tuple(self.words[start:]), None, self.actors, self.published, None, self.depth + 1)
        if coding is None:
            return None
        return msgspec.structs.replace(coding, words=tuple(i + start for i in coding.words))

    def _nations_before(self, k: int) -> tuple[list[str], list[int]]:
        """Return the countries named before piece K and the words that name them."""
        found: list[str] = []
        at: list[int] = []
        proxy: tuple[str, int] | None = None
        for j in range(k):
            piece = self.pieces[j]
            if piece.sort in (Sort.PREPOSITION, Sort.COMMA) and not (piece.text == "," and found):
                found, at = [], []
            country = self._country_of(piece, j)
            if country is None:
                continue
            if j + 2 <= k and j + 2 < len(self.pieces) and self.pieces[j + 2].sort is Sort.PROXY:
                proxy = (country, piece.start)
                continue
            if country not in found:
                if found and not self._coordinated(at[-1], piece.start):
                    found, at = ([country], [piece.start]) if piece.sort is not Sort.PLACE else (found, at)
                else:
                    found.append(country)
                    at.append(piece.start)
        if not found and proxy:
            return [proxy[0]], [proxy[1]]
        return found, at

    def _country_of(self, piece: Piece, j: int) -> str | None:
        if piece.nation:
            return piece.nation.country if piece.sort is Sort.NATION else None
        if piece.sort is Sort.PLACE:
            return piece.records[0].country
        if piece.sort is Sort.LISTED:
            stand = standing(piece.records, self.published)
            return stand.record.country if stand and stand.record.kind != "international_organization" else None
        return None

    def _coordinated(self, left: int, right: int) -> bool:
        return any(w.lower() in ("and", "or", ",", "-", "–", "/") for w in self.words[left + 1 : right])

    def _country(self, k: int) -> tuple[str | None, tuple[int, ...]]:
        """Return the country that the words before piece K or the phrase after it give."""
        found, at = self._nations_before(k)
        if len(found) > 1:
            return None, tuple(at)
        if found:
            return found[0], tuple(at)
        after = self._complement(k, _WHERE)
        if after is not None and after.country:
            return after.country, after.words
        return None, ()

    def _organization_near(self, k: int) -> tuple[Coding | None, bool]:
        """Return what an organization, group or body beside piece K is coded as, and whether it stands before K."""
        for j in range(k - 1, -1, -1):
            piece = self.pieces[j]
            if piece.sort in (Sort.PREPOSITION, Sort.COMMA):
                break
            if piece.sort is Sort.LISTED:
                if any(r.kind != "person" for r in piece.records):
                    return self._organization(j), True
                stand = standing(piece.records, self.published)
                if stand is not None:
                    return self._by_person(stand, j), True
            if piece.sort is Sort.NOUN and piece.noun and piece.noun.sector and not piece.noun.individual:
                return self._noun(j), True
            if piece.nation and piece.nation.form == "metonym":
                return self._nation(j), True
        after = self._complement(k, _WHOSE)
        if after is not None and after.sector and after.kind is not EntityKind.COUNTRY:
            return after, False
        return None, False

    def _changed(self, k: int, sector: str | None) -> Piece | None:
        """Return the modifier before piece K that changes SECTOR ("former", "rebel"), if any."""
        for j in range(k - 1, -1, -1):
            piece = self.pieces[j]
            if piece.sort in (Sort.PREPOSITION, Sort.COMMA):
                return None
            if piece.modifier and (not piece.modifier.only or (sector or "UNK") in piece.modifier.only):
                return piece
        return None

    def _is_person(self, k: int) -> bool:
        piece = self.pieces[k]
        if piece.sort is Sort.LISTED:
            return all(r.kind == "person" for r in piece.records)
        if piece.sort is Sort.PLACE:
            return self.label == "PERSON" or (
                k > 0 and self.pieces[k - 1].sort is Sort.TITLE and piece.end == len(self.words)
            )
        return self.label == "PERSON" or self._title_before(k) is not None or self._described(k)

    def _described(self, k: int) -> bool:
        return False

    def _title_before(self, k: int) -> int | None:
        """Return the place of the title that the name at K follows ("Foreign Minister Park Jin"), the first of several."""
        j = self._name_start(k) - 1
        found = None
        while j >= 0 and self.pieces[j].sort is Sort.TITLE:
            found, j = j, j - 1
        if found is None and j >= 0 and self.pieces[j].sort is Sort.NOUN:
            noun = self.pieces[j].noun
            return j if noun is not None and (noun.individual or noun.of_organization) else None
        return found

    def _name_start(self, k: int) -> int:
        while (
            k > 0
            and self.pieces[k - 1].sort in (Sort.NAME, Sort.LISTED, Sort.PLACE)
            and (self.pieces[k - 1].sort is Sort.NAME)
        ):
            k -= 1
        return k

    # -- by the sort of the head ------------------------------------------------------------------------------------

    def _organization(self, k: int) -> Coding:
        piece = self.pieces[k]
        records = [r for r in piece.records if r.kind not in ("person", "place")] or piece.records
        stand = standing(records, self.published)
        assert stand is not None
        record = self._of_country(records, k) or (stand.record if len(records) > 1 else records[0])
        country = record.country
        if country is None and record.kind != "international_organization":
            country = self._country(k)[0]
        others = sorted({_told(r) for r in records} - {_told(record)})
        return Coding(
            kind=EntityKind(record.kind), country=country, sector=record.sector, same_as=_same_as(record),
            rule="actors.name.organization", certain=0.9 if not others else 0.7,
            words=tuple(range(piece.start, piece.end)), considered=tuple(others[:4]),
        )  # fmt: skip

    def _of_country(self, records: list[ActorRecord], k: int) -> ActorRecord | None:
        found, _ = self._nations_before(k)
        return next((r for r in records if r.country in found), None) if found else None

    def _nation(self, k: int) -> Coding:
        piece = self.pieces[k]
        nation = piece.nation
        assert nation is not None
        words = tuple(range(piece.start, piece.end))
        if nation.form == "metonym":
            return Coding(kind=EntityKind.GOVERNMENT, country=nation.country, sector="GOV",
                          rule="actors.country.metonym", certain=0.85, words=words)  # fmt: skip
        if nation.form == "demonym":
            return Coding(kind=EntityKind.POPULATION, country=nation.country, sector="CVL",
                          rule="actors.country.people", certain=0.7 if is_plural_name(piece.text) else 0.5,
                          words=words)  # fmt: skip
        if nation.form == "partial":
            return Coding(kind=EntityKind.COUNTRY, country=nation.country, sector="PRE",
                          rule="actors.country.partial", certain=0.7, words=words)  # fmt: skip
        rule = "actors.country.capital" if nation.form == "capital" else "actors.country.name"
        return Coding(kind=EntityKind.COUNTRY, country=nation.country, sector="GOV", rule=rule,
                      certain=0.7 if nation.form == "capital" else 0.9, words=words)  # fmt: skip

    def _place(self, k: int) -> Coding:
        piece = self.pieces[k]
        return Coding(kind=EntityKind.POPULATION, country=piece.records[0].country, sector="CVL",
                      rule="actors.place.city", certain=0.35, words=tuple(range(piece.start, piece.end)))  # fmt: skip

    def _titled(self, k: int, name: bool = False) -> Coding:
        """Return the coding of an office, of its holder too where the day and country tell who that is."""
        piece = self.pieces[k]
        title = piece.title
        assert title is not None
        beside, _ = self._organization_near(k)
        country, at = self._country(k)
        if country is None and beside is not None and len(self._nations_before(k)[0]) < 2:
            country = beside.country
        sector, certain = title.sector, 0.85
        takes = beside is not None and (
            title.of_organization or (title.sector == "GOV" and beside.sector not in _STATE)
        )
        if takes and beside is not None:
            sector, at = beside.sector, at + beside.words
        elif sector is None:
            sector, certain = ("GOV", 0.6) if country else (None, 0.4)
        change = self._changed(k, sector)
        rule = title.rule
        if change is not None and change.modifier is not None:
            sector, rule, at = change.modifier.sector, change.modifier.rule, (*at, change.start)
        coding = Coding(
            kind=EntityKind.OTHER if title.plural else EntityKind.PERSON, country=country, sector=sector,
            role=title.role, rule=rule, certain=certain, words=tuple(sorted({*range(piece.start, piece.end), *at})),
        )  # fmt: skip
        if title.office and not title.plural and not takes and change is None and not name and country:
            return self._held(coding, k)
        return coding

    def _held(self, coding: Coding, k: int) -> Coding:
        """Return CODING with the name of the office's holder, where the phrase is definite and one alone fits."""
        first = self.words[0].lower()
        if first in DETERMINERS and first not in ("the", "its", "their", "his", "her", "our"):
            return coding
        if coding.country is None or coding.role is None or _has_number(self.words):
            return coding
        holders = self.actors.by_office(coding.country, coding.role, self.published)
        names = {h.name.split()[-1].lower() for h in holders}
        if not holders or (len(names) > 1 and len({h.name for h in holders if h.since and h.until}) != 1):
            return coding
        holder = holders[0]
        sure = 0.85 if holder.since and holder.until else 0.7
        return msgspec.structs.replace(
            coding, name=holder.name, same_as=_same_as(holder), rule="actors.office.holder", certain=sure,
            considered=tuple(_told(h) for h in holders[1:3]),
        )  # fmt: skip

    def _noun(self, k: int) -> Coding:
        piece = self.pieces[k]
        noun = piece.noun
        assert noun is not None
        country, at = self._country(k)
        sector, kind, certain, rule = noun.sector, noun.kind, noun.certain, noun.rule
        if noun.passes:
            inner = self._complement(k, _OF)
            if inner is not None:
                return msgspec.structs.replace(inner, country=inner.country or country)
        beside, before = self._organization_near(k)
        if beside is not None:
            named = before and beside.rule == "actors.name.organization"
            if noun.of_organization or sector is None or (named and sector in _GIVES_WAY.get(beside.sector or "", ())):
                sector, at = beside.sector, at + beside.words
                kind = beside.kind if sector in _ARMED and kind is not EntityKind.PERSON else kind
            country = country or (beside.country if len(self._nations_before(k)[0]) < 2 else None)
        elif sector is None and country and noun.of_organization:
            sector, certain = "GOV", 0.5
        change = self._changed(k, sector)
        if change is not None and change.modifier is not None:
            sector, rule, at = change.modifier.sector, change.modifier.rule, (*at, change.start)
            if change.modifier.kind and kind is not EntityKind.PERSON:
                kind = change.modifier.kind
        return Coding(
            kind=kind, country=country, sector=sector, rule=rule, certain=certain,
            words=tuple(sorted({*range(piece.start, piece.end), *at})),
        )  # fmt: skip

    def _person(self, k: int) -> Coding:
        start = self._name_start(k)
        first, last = self.pieces[start].start, self.pieces[k].end
        text = " ".join(self.words[first:last])
        records = self.pieces[k].records if start == k and self.pieces[k].sort is Sort.LISTED else []
        records = [r for r in records or self.actors.by_name(text) if r.kind == "person"]
        t = self._title_before(k)
        words = tuple(range(first, last))
        if t is not None:
            return self._titled_person(t, records, words, text)
        appositive = self._apposition(k)
        if records:
            stand = standing(records, self.published)
            assert stand is not None
            coding = self._by_person(stand, k)
            country, _ = self._nations_before(start)
            if not country or coding.country in country:
                change = self._changed(start, "GOV")
                if change is not None and change.modifier is not None and coding.sector in change.modifier.only:
                    coding = msgspec.structs.replace(coding, sector=change.modifier.sector, rule=change.modifier.rule)
                return msgspec.structs.replace(coding, words=words)
        if appositive is not None and appositive.sector:
            return msgspec.structs.replace(
                appositive, kind=EntityKind.PERSON, name=None, same_as=(), rule="actors.name.described",
                certain=min(appositive.certain, 0.75), words=words + appositive.words,
            )  # fmt: skip
        country, at = self._nations_before(start)
        return Coding(
            kind=EntityKind.PERSON, country=country[0] if len(country) == 1 else None, rule="actors.name.unlisted",
            certain=0.5, words=words + tuple(at),
        )  # fmt: skip

    def _apposition(self, k: int) -> Coding | None:
        """Return the coding of what describes the name at K after a comma ("X, a police officer,")."""
        if k + 2 < len(self.pieces) and self.pieces[k + 1].sort is Sort.COMMA:
            return self._rest(k + 2)
        return None

    def _titled_person(self, t: int, records: list[ActorRecord], words: tuple[int, ...], text: str) -> Coding:
        piece = self.pieces[t]
        coding = self._titled(t, name=True) if piece.title else self._noun(t)
        country = coding.country
        sector, role = coding.sector, coding.role
        fit = [r for r in records if country is None or r.country == country]
        same = [r for r in fit if role and r.role == role] or fit
        stand = standing(same, self.published) if same else None
        certain = coding.certain
        considered: tuple[str, ...] = ()
        same_as: tuple[ExternalId, ...] = ()
        if stand is not None and (country or self._trusted(stand, text, role)):
            country = country or stand.record.country
            sector = sector or stand.record.sector
            same_as = _same_as(stand.record)
            certain = max(certain, 0.9)
        elif stand is not None:
            considered = (_told(stand.record),)
        return msgspec.structs.replace(
            coding, kind=EntityKind.PERSON, country=country, sector=sector, certain=certain, same_as=same_as,
            words=tuple(sorted({*words, *coding.words})), considered=considered,
            rule=coding.rule if coding.rule.startswith("actors.modifier") else "actors.name.titled",
        )  # fmt: skip

    def _trusted(self, stand: Standing, text: str, role: str | None) -> bool:
        """Tell whether a record is surely the person meant: by full name, or by family name with the same office."""
        return " " in text or stand.record.role == role or stand.when == "in_office"

    def _by_person(self, stand: Standing, k: int) -> Coding:
        record, piece = stand.record, self.pieces[k]
        sector, rule = record.sector, "actors.name.person"
        if stand.when == "past":
            sector, rule = ("ELI" if record.sector in _OFFICE_SECTORS else record.sector), "actors.name.person-past"
        elif stand.when == "not_yet":
            sector = None
        one = " " not in piece.text
        return Coding(
            kind=EntityKind.PERSON, country=record.country if record.country != "UNO" else None,
            sector="IGO" if record.country == "UNO" and sector != "ELI" else sector,
            role=record.role if stand.when == "in_office" else None, same_as=_same_as(record), rule=rule,
            certain=stand.certain - (0.15 if one else 0), words=tuple(range(piece.start, piece.end)),
        )  # fmt: skip

    def _unlisted(self, k: int) -> Coding | None:
        """Return what an unlisted name may be by the sort of organization that it ends in, or None."""
        if self.label == "PERSON":
            return self._person(k)
        return None


_NOMINAL = frozenset((Sort.NATION, Sort.LISTED, Sort.PLACE, Sort.TITLE, Sort.NOUN, Sort.NAME))
_OF = frozenset(("of", "from"))
_WHOSE = frozenset(("of", "for", "from", "at", "in", "to", "with", "by"))
_WHERE = frozenset(("of", "in", "from", "at", "across", "for", "near", "inside", "around"))
_RELATIVES = frozenset(("who", "which", "that", "whose", "where", "when"))
_STATE = frozenset(("GOV", "CVL", "UNK", "ELI"))
_ARMED = frozenset(("REB", "UAF", "PRM", "SEP", "MIL"))
_FIGHTERS = frozenset(("UAF", "MIL", "REB", "PRM", "SEP", "UNK", "CVL", "GOV"))
_HELPERS = frozenset(("LAB", "EDU", "GOV", "UNK", "HLH", "NGO", "CVL", "BUS"))
_GIVES_WAY = {
    **dict.fromkeys(("REB", "PRM", "SEP", "UAF", "CRM"), _FIGHTERS),
    **dict.fromkeys(("IGO", "NGO", "HRI", "MED"), _HELPERS),
    **dict.fromkeys(("COP", "SPY", "MIL", "LEG", "JUD", "PTY", "OPP", "BUS", "EDU"), frozenset(("GOV", "UNK"))),
}
"""By the sector of an organization named before a noun: the noun's sectors that give way to it ("Hamas gunmen")."""
_OFFICE_SECTORS = frozenset(("GOV", "MIL", "SPY", "JUD", "LEG", "COP", "IGO", "ELI"))


def _same_as(record: ActorRecord) -> tuple[ExternalId, ...]:
    return (ExternalId(scheme=record.scheme, id=record.id),) if record.id and record.scheme != "leaders" else ()


def _told(record: ActorRecord) -> str:
    parts = [record.name, record.role or record.kind, record.country or "", record.since or "", record.until or ""]
    return ", ".join(p for p in parts if p)


def _has_number(words: Sequence[str]) -> bool:
    return any(w[0].isdigit() for w in words if w)
