"""A phrase in pieces: which piece is its head, and what stands around it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from itertools import pairwise

import msgspec

from dragoman.domain.codes import EntityKind
from dragoman.domain.ports import ActorIndex
from dragoman.lexicon.actors import grammar
from dragoman.stages.entities.coding_persons import standing
from dragoman.stages.entities.coding_pieces import Piece, Sort
from dragoman.stages.entities.coding_result import Coding

NOMINAL = frozenset((Sort.NATION, Sort.LISTED, Sort.PLACE, Sort.TITLE, Sort.NOUN, Sort.NAME))
WHERE = frozenset(("of", "in", "from", "at", "across", "for", "near", "inside", "around"))
_LISTING = frozenset((Sort.COMMA, Sort.JOINER, Sort.OTHER))
RELATIVES = frozenset(("who", "which", "that", "whose", "where", "when"))


class Context:
    """The pieces of a phrase and what its coding needs to know of the outside.

    `again` codes a phrase within this one.
    """

    def __init__(
        self,
        words: list[str],
        pieces: list[Piece],
        actors: ActorIndex,
        published: datetime.date | None,
        label: str | None,
        again: Callable[[tuple[str, ...]], Coding | None],
    ) -> None:
        self.words, self.pieces = words, pieces
        self.actors, self.published, self.label, self.again = actors, published, label, again

    def head(self, word: int | None) -> int | None:
        """Return the place of the head piece: the one that covers WORD, or the one that stands as head."""
        if word is not None:
            for k, piece in enumerate(self.pieces):
                if piece.start <= word < piece.end:
                    return self.past_proxy(k) if piece.sort in NOMINAL else self.nearest(k)
        return self.nearest(None)

    def past_proxy(self, k: int) -> int:
        """Return the place of a name's last piece, where the head is inside the name."""
        while self.pieces[k].sort is Sort.NAME and k + 1 < len(self.pieces) and self.pieces[k + 1].sort is Sort.NAME:
            k += 1
        return k

    def nearest(self, at: int | None) -> int | None:
        """Return the last nominal piece before the first preposition or comma that follows one, or up to AT."""
        found = None
        for k, piece in enumerate(self.pieces):
            if found is not None and piece.sort in (Sort.PREPOSITION, Sort.COMMA):
                break
            if piece.sort in NOMINAL:
                found = k
            if found is not None and piece.sort is Sort.JOINER and not self.joined_modifiers(k):
                break
        return found if found is not None else at

    def joined_modifiers(self, k: int) -> bool:
        """Tell whether a joiner joins nations before a noun ("German and Afghan forces")."""
        left, right = self.pieces[k - 1] if k else None, self.pieces[k + 1] if k + 1 < len(self.pieces) else None
        return bool(
            left and right and left.sort is Sort.NATION and right.sort is Sort.NATION and k + 2 < len(self.pieces)
        )

    def complement(self, k: int, prepositions: frozenset[str]) -> Coding | None:
        """Return the coding of the phrase that follows piece K after one of PREPOSITIONS."""
        for j in range(k + 1, len(self.pieces)):
            piece = self.pieces[j]
            if piece.sort is Sort.COMMA or piece.text in RELATIVES:
                return None
            if piece.sort is Sort.PREPOSITION:
                return self.rest(j + 1) if piece.text in prepositions else None
        return None

    def rest(self, j: int) -> Coding | None:
        """Return the coding of the phrase from piece J on."""
        if j >= len(self.pieces):
            return None
        start = self.pieces[j].start
        coding = self.again(tuple(self.words[start:]))
        if coding is None:
            return None
        return msgspec.structs.replace(coding, words=tuple(i + start for i in coding.words))

    def nations_before(self, k: int) -> tuple[list[str], list[int]]:
        """Return the countries named before piece K and the words that name them."""
        found: list[str] = []
        at: list[int] = []
        proxy: tuple[str, int] | None = None
        for j in range(k):
            piece = self.pieces[j]
            if piece.sort in (Sort.PREPOSITION, Sort.COMMA) and not (piece.text == "," and found):
                found, at = [], []
            country = self.country_of(piece, j)
            if country is None:
                continue
            if j + 2 <= k and j + 2 < len(self.pieces) and self.pieces[j + 2].sort is Sort.PROXY:
                proxy = (country, piece.start)
                continue
            if country not in found:
                if found and not self.coordinated(at[-1], piece.start):
                    found, at = ([country], [piece.start]) if piece.sort is not Sort.PLACE else (found, at)
                else:
                    found.append(country)
                    at.append(piece.start)
        if not found and proxy:
            return [proxy[0]], [proxy[1]]
        return found, at

    def country_of(self, piece: Piece, j: int) -> str | None:
        """Return the country that PIECE names or belongs to."""
        if piece.nation:
            return piece.nation.country if piece.sort is Sort.NATION else None
        if piece.sort is Sort.PLACE:
            return piece.records[0].country
        if piece.sort is Sort.LISTED:
            stand = standing(piece.records, self.published)
            return stand.record.country if stand and stand.record.kind != "international_organization" else None
        return None

    def coordinated(self, left: int, right: int) -> bool:
        """Tell whether a joiner or comma stands between two words."""
        return any(w.lower() in ("and", "or", ",", "-", "–", "/") for w in self.words[left + 1 : right])

    def country(self, k: int) -> tuple[str | None, tuple[int, ...]]:
        """Return the country that the words before piece K or the phrase after it give."""
        found, at = self.nations_before(k)
        if len(found) > 1:
            return None, tuple(at)
        if found:
            return found[0], tuple(at)
        after = self.complement(k, WHERE)
        if after is not None and after.country:
            return None if self.several_after(k) else after.country, after.words
        return None, ()

    def several_after(self, k: int) -> bool:
        """Tell whether several nations are listed after piece K ("the ministers of Iran, Iraq and Syria")."""
        after = self.pieces[k + 1 :]
        named = [j for j, p in enumerate(after) if p.sort is Sort.NATION and p.nation]
        return any(
            after[a].nation != after[b].nation and all(p.sort in _LISTING for p in after[a + 1 : b])
            for a, b in pairwise(named)
            if b > a + 1
        )

    def changed(self, k: int, sector: str | None) -> Piece | None:
        """Return the modifier before piece K that changes SECTOR ("former", "rebel"), if any."""
        for j in range(k - 1, -1, -1):
            piece = self.pieces[j]
            if piece.sort in (Sort.PREPOSITION, Sort.COMMA):
                return None
            if piece.modifier and (not piece.modifier.only or (sector or "UNK") in piece.modifier.only):
                return piece
        return None

    def is_person(self, k: int) -> bool:
        """Tell whether the piece at K is a person's name."""
        piece = self.pieces[k]
        if piece.sort is Sort.LISTED:
            return all(r.kind == "person" for r in piece.records)
        if piece.sort is Sort.PLACE:
            return self.label == "PERSON" or (
                k > 0 and self.pieces[k - 1].sort is Sort.TITLE and piece.end == len(self.words)
            )
        return self.label == "PERSON" or self.title_before(k) is not None or self.described(k)

    def described(self, k: int) -> bool:
        """Tell whether the name at K is addressed as a person, or described as one after a comma."""
        start = self.name_start(k)
        if start and self.pieces[start - 1].text.lower() in grammar("honorifics"):
            return True
        after = self.apposition(k)
        return after is not None and after.kind is EntityKind.PERSON

    def apposition(self, k: int) -> Coding | None:
        """Return the coding of what describes the name at K after a comma ("X, a police officer,")."""
        if k + 2 < len(self.pieces) and self.pieces[k + 1].sort is Sort.COMMA:
            return self.rest(k + 2)
        return None

    def title_before(self, k: int) -> int | None:
        """Return the place of the title that the name at K follows ("Foreign Minister Park Jin"), the first of two."""
        j = self.name_start(k) - 1
        found = None
        while j >= 0 and self.pieces[j].sort is Sort.TITLE:
            found, j = j, j - 1
        if found is None and j >= 0 and self.pieces[j].sort is Sort.NOUN:
            noun = self.pieces[j].noun
            return j if noun is not None and (noun.individual or noun.of_organization) else None
        return found

    def name_start(self, k: int) -> int:
        """Return the place of the first piece of the name that ends at K."""
        while k > 0 and (self.pieces[k - 1].sort is Sort.NAME or self.is_particle(k - 1)):
            k -= 1
        return k

    def is_particle(self, k: int) -> bool:
        """Tell whether piece K is a small word of a name ("de Mistura", "van der Bellen")."""
        piece = self.pieces[k]
        return (
            piece.sort is Sort.OTHER and piece.text not in ("the", "-", "y") and piece.text in grammar("name_joiners")
        )
