"""Coding by a head that is an organization, a nation, a place, a title or a common noun."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.ports import ActorRecord
from dragoman.lexicon.actors import grammar
from dragoman.stages.entities.coding_context import Context
from dragoman.stages.entities.coding_persons import Standing, standing
from dragoman.stages.entities.coding_pieces import Piece, Sort, is_plural_name
from dragoman.stages.entities.coding_result import (
    ARMED,
    GIVES_WAY,
    OFFICE_SECTORS,
    STATE,
    Coding,
    by_own_file,
    has_number,
    is_own,
    same_as,
    told,
)

_OF_PEOPLE = frozenset((EntityKind.PERSON, EntityKind.POPULATION, EntityKind.OTHER))
_OF = frozenset(("of", "from"))
_WHOSE = frozenset(("of", "for", "from", "at", "in", "to", "with", "by"))


class Bodies(Context):
    """Codes phrases whose head is no person's name."""

    def organization(self, k: int) -> Coding:
        """Return the coding of a listed organization or armed group."""
        piece = self.pieces[k]
        records = [r for r in piece.records if r.kind not in ("person", "place")] or piece.records
        stand = standing(records, self.published)
        assert stand is not None
        record = self.of_country(records, k) or (stand.record if len(records) > 1 else records[0])
        country = record.country
        if country is None and record.kind != "international_organization":
            before = self.nations_before(k)[0]
            country = before[0] if len(before) == 1 else None
        others = sorted({told(r) for r in records} - {told(record)})
        return Coding(
            kind=EntityKind.OTHER if record.kind == "place" else EntityKind(record.kind),
            country=country, sector=record.sector, same_as=same_as(record),
            rule="actors.name.organization", certain=0.9 if not others else 0.7,
            words=tuple(range(piece.start, piece.end)), considered=tuple(others[:4]),
        )  # fmt: skip

    def of_country(self, records: list[ActorRecord], k: int) -> ActorRecord | None:
        """Return the record of the country named before piece K."""
        found, _ = self.nations_before(k)
        return next((r for r in records if r.country in found), None) if found else None

    def nation(self, k: int) -> Coding:
        """Return the coding of a country, its capital, its seat of power or its people."""
        piece = self.pieces[k]
        nation = piece.nation
        assert nation is not None
        words = tuple(range(piece.start, piece.end))
        if nation.form == "metonym":
            return Coding(kind=EntityKind.GOVERNMENT, country=nation.country, sector="GOV",
                          rule="actors.country.metonym", certain=0.85, words=words)  # fmt: skip
        if nation.form == "demonym" and self.of_a_thing(k):
            return Coding(kind=EntityKind.OTHER, country=nation.country, sector="UNK",
                          rule="actors.country.thing", certain=0.4, words=words)  # fmt: skip
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

    def of_a_thing(self, k: int) -> bool:
        """Tell whether the demonym at K stands before a noun of which nothing is known ("Syrian island")."""
        following = self.pieces[k + 1 : k + 2]
        return bool(following) and following[0].sort is Sort.OTHER and following[0].text.isalpha()

    def place(self, k: int) -> Coding:
        """Return the coding of a city or region that stands for its people."""
        piece = self.pieces[k]
        return Coding(kind=EntityKind.POPULATION, country=piece.records[0].country, sector="CVL",
                      rule="actors.place.city", certain=0.35, words=tuple(range(piece.start, piece.end)))  # fmt: skip

    def titled(self, k: int, name: bool = False) -> Coding:
        """Return the coding of an office, of its holder too where the day and country tell who that is."""
        piece = self.pieces[k]
        title = piece.title
        assert title is not None
        beside, _ = self.organization_near(k)
        country, at = self.country(k)
        if country is None and beside is not None and len(self.nations_before(k)[0]) < 2:
            country = beside.country
        sector, certain = title.sector, 0.85
        takes = beside is not None and (title.of_organization or (title.sector == "GOV" and beside.sector not in STATE))
        if takes and beside is not None:
            sector, at = beside.sector, at + beside.words
        elif sector is None:
            sector, certain = ("GOV", 0.6) if country else (None, 0.4)
        change = self.changed(k, sector)
        rule = title.rule
        if change is not None and change.modifier is not None:
            sector, rule, at = change.modifier.sector, change.modifier.rule, (*at, change.start)
        coding = Coding(
            kind=self.plural_kind(piece, sector) if title.plural else EntityKind.PERSON, country=country, sector=sector,
            role=title.role, rule=rule, certain=certain, words=tuple(sorted({*range(piece.start, piece.end), *at})),
        )  # fmt: skip
        if title.office and not title.plural and not takes and change is None and not name and country:
            return self.held(coding, k)
        return coding

    def plural_kind(self, piece: Piece, sector: str | None) -> EntityKind:
        """Return the kind of several holders of a title: that of the noun it also is, else by their sector."""
        if piece.noun is not None:
            return piece.noun.kind
        if sector in ARMED and sector != "MIL":
            return EntityKind.ARMED_GROUP
        return EntityKind.POPULATION if sector == "CVL" else EntityKind.OTHER

    def held(self, coding: Coding, k: int) -> Coding:
        """Return CODING with the name of the office's holder, where the phrase is definite and one alone fits."""
        first = self.words[0].lower()
        if first in grammar("determiners") and first not in ("the", "its", "their", "his", "her", "our"):
            return coding
        if coding.country is None or coding.role is None or has_number(self.words):
            return coding
        holders = self.actors.by_office(coding.country, coding.role, self.published)
        names = {h.name.split()[-1].lower() for h in holders}
        if not holders or (len(names) > 1 and len({h.name for h in holders if h.since and h.until}) != 1):
            return coding
        holder = holders[0]
        if is_own(holder):
            named = msgspec.structs.replace(coding, name=holder.name)
            return by_own_file(named, holder, tuple(told(h) for h in holders[1:3]))
        sure = 0.85 if holder.since and holder.until else 0.7
        return msgspec.structs.replace(
            coding, name=holder.name, same_as=same_as(holder), rule="actors.office.holder", certain=sure,
            considered=tuple(told(h) for h in holders[1:3]),
        )  # fmt: skip

    def noun(self, k: int) -> Coding:
        """Return the coding of a common noun by itself, what stands before it and what it is of."""
        piece = self.pieces[k]
        noun = piece.noun
        assert noun is not None
        country, at = self.country(k)
        sector, kind, certain, rule = noun.sector, noun.kind, noun.certain, noun.rule
        if noun.passes:
            inner = self.complement(k, _OF)
            if inner is not None:
                return msgspec.structs.replace(inner, country=inner.country or country)
        beside, before = self.organization_near(k)
        if beside is not None:
            named = before and beside.rule == "actors.name.organization"
            if noun.of_organization or sector is None or (named and sector in GIVES_WAY.get(beside.sector or "", ())):
                sector, at = beside.sector, at + beside.words
                kind = beside.kind if sector in ARMED and kind is not EntityKind.PERSON else kind
            country = country or (beside.country if len(self.nations_before(k)[0]) < 2 else None)
            if named and beside.kind is EntityKind.INTERNATIONAL_ORGANIZATION and kind not in _OF_PEOPLE:
                kind, country = beside.kind, None
        elif sector is None and country and noun.of_organization:
            sector, certain = "GOV", 0.5
        change = self.changed(k, sector)
        if change is not None and change.modifier is not None:
            sector, rule, at = change.modifier.sector, change.modifier.rule, (*at, change.start)
            if change.modifier.kind and kind is not EntityKind.PERSON:
                kind = change.modifier.kind
        return Coding(
            kind=kind, country=country, sector=sector, rule=rule, certain=certain,
            words=tuple(sorted({*range(piece.start, piece.end), *at})),
        )  # fmt: skip

    def organization_near(self, k: int) -> tuple[Coding | None, bool]:
        """Return what an organization, group or body beside piece K is coded as, and whether it stands before K."""
        for j in range(k - 1, -1, -1):
            piece = self.pieces[j]
            if piece.sort in (Sort.PREPOSITION, Sort.COMMA):
                break
            if piece.nation and piece.nation.form == "demonym" and piece.sort is Sort.NATION:
                break
            if piece.sort is Sort.LISTED:
                if any(r.kind != "person" for r in piece.records):
                    return self.organization(j), True
                stand = standing(piece.records, self.published)
                if stand is not None:
                    return self.by_person(stand, j), True
            if piece.sort is Sort.NOUN and piece.noun and piece.noun.sector and not piece.noun.individual:
                return self.noun(j), True
            if piece.nation and piece.nation.form == "metonym":
                return self.nation(j), True
        after = self.complement(k, _WHOSE)
        if after is not None and after.sector and after.kind is not EntityKind.COUNTRY:
            return after, False
        return None, False

    def by_person(self, stand: Standing, k: int) -> Coding:
        """Return the coding of a listed person by the record that holds on the day."""
        record, piece = stand.record, self.pieces[k]
        sector, rule = record.sector, "actors.name.person"
        if stand.when == "past":
            sector, rule = ("ELI" if record.sector in OFFICE_SECTORS else record.sector), "actors.name.person-past"
        elif stand.when == "not_yet":
            sector = None
        one = " " not in piece.text
        return Coding(
            kind=EntityKind.PERSON, country=record.country if record.country != "UNO" else None,
            sector="IGO" if record.country == "UNO" and sector != "ELI" else sector,
            role=record.role if stand.when == "in_office" else None, same_as=same_as(record), rule=rule,
            certain=stand.certain - (0.15 if one else 0), words=tuple(range(piece.start, piece.end)),
        )  # fmt: skip
