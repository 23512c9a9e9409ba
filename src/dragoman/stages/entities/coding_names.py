"""Coding by a head that is a person's name."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.findings import ExternalId
from dragoman.domain.ports import ActorRecord
from dragoman.stages.entities.coding_bodies import Bodies
from dragoman.stages.entities.coding_persons import Standing, standing
from dragoman.stages.entities.coding_pieces import Piece, Sort
from dragoman.stages.entities.coding_result import Coding, by_own_file, is_own, same_as, told


class Names(Bodies):
    """Codes phrases of every sort."""

    def code(self, head: int | None) -> Coding | None:
        """Return the coding by the head piece, which covers the word HEAD or is found by its place."""
        k = self.head(head)
        if k is None:
            return None
        piece = self.pieces[k]
        if piece.records and is_own(piece.records[0]):
            others = tuple(told(r) for r in self.actors.by_name(piece.text)[:3])
            return by_own_file(self.person(k) if self.is_person(k) else self.organization(k), piece.records[0], others)
        if piece.sort in (Sort.NAME, Sort.LISTED, Sort.PLACE) and self.is_person(k):
            return self.person(k)
        if piece.sort is Sort.LISTED:
            return self.organization(k)
        if piece.sort is Sort.NATION:
            return self.nation(k)
        if piece.sort is Sort.PLACE:
            return self.place(k)
        if piece.sort is Sort.TITLE:
            return self.titled(k)
        if piece.sort is Sort.NOUN:
            return self.noun(k)
        return self.unlisted(k)

    def person(self, k: int) -> Coding:
        """Return the coding of a person's name: by the title before it, the actor list, or the words after a comma."""
        start = self.name_start(k)
        first, last = self.pieces[start].start, self.pieces[k].end
        text = " ".join(self.words[first:last])
        records = self.pieces[k].records if start == k and self.pieces[k].sort is Sort.LISTED else []
        records = [r for r in records or self.actors.by_name(text) if r.kind == "person"]
        t = self.title_before(k)
        words = tuple(range(first, last))
        if t is not None:
            return self.titled_person(t, records, words, text)
        appositive = self.apposition(k)
        if records:
            stand = standing(records, self.published)
            assert stand is not None
            coding = self.by_person(stand, k)
            country, _ = self.nations_before(start)
            if not country or coding.country in country:
                change = self.changed(start, "GOV")
                if change is not None and change.modifier is not None and coding.sector in change.modifier.only:
                    coding = msgspec.structs.replace(coding, sector=change.modifier.sector, rule=change.modifier.rule)
                return msgspec.structs.replace(coding, words=words)
        if appositive is not None and appositive.sector:
            return msgspec.structs.replace(
                appositive, kind=EntityKind.PERSON, name=None, same_as=(), rule="actors.name.described",
                certain=min(appositive.certain, 0.75), words=words + appositive.words,
            )  # fmt: skip
        country, at = self.nations_before(start)
        return Coding(
            kind=EntityKind.PERSON, country=country[0] if len(country) == 1 else None, rule="actors.name.unlisted",
            certain=0.5, words=words + tuple(at),
        )  # fmt: skip

    def titled_person(self, t: int, records: list[ActorRecord], words: tuple[int, ...], text: str) -> Coding:
        """Return the coding of a name by the title at piece T, with RECORDS of the name to confirm it."""
        piece = self.pieces[t]
        coding = self.titled(t, name=True) if piece.title else self.noun(t)
        country = coding.country
        sector, role = coding.sector, coding.role
        fit = [r for r in records if country is None or r.country == country]
        same = [r for r in fit if role and r.role == role] or fit
        stand = standing(same, self.published) if same else None
        certain = coding.certain
        considered: tuple[str, ...] = ()
        codes: tuple[ExternalId, ...] = ()
        if stand is not None and (country or self.trusted(stand, text, role)):
            country = country or stand.record.country
            if sector is None or (stand.when == "in_office" and self.defers(piece, sector, stand.record.sector)):
                sector = stand.record.sector
            codes = same_as(stand.record)
            certain = max(certain, 0.9)
        elif stand is not None:
            considered = (told(stand.record),)
        return msgspec.structs.replace(
            coding, kind=EntityKind.PERSON, country=country, sector=sector, certain=certain, same_as=codes,
            words=tuple(sorted({*words, *coding.words})), considered=considered,
        )  # fmt: skip

    def defers(self, piece: Piece, sector: str, listed: str | None) -> bool:
        """Tell whether a title leaves the sector to the listed office: "leader" of nothing, a post of the EU."""
        if piece.title is None or listed is None:
            return False
        return (piece.title.sector is None and sector == "GOV") or (sector == "GOV" and listed == "IGO")

    def trusted(self, stand: Standing, text: str, role: str | None) -> bool:
        """Tell whether a record is surely the person meant: by full name, or by family name with the same office."""
        return " " in text or stand.record.role == role or stand.when == "in_office"

    def unlisted(self, k: int) -> Coding | None:
        """Return what an unlisted name may be by the sort of organization that it ends in, or None."""
        if self.label == "PERSON":
            return self.person(k)
        return None
