"""What a place does in its sentence."""

from __future__ import annotations

from dragoman.domain.codes import PlaceRole
from dragoman.domain.parse import Token
from dragoman.lexicon.places import place_words


def role_of(head: Token) -> PlaceRole:
    """Return what a place does in its sentence, by the word that it hangs from."""
    dep, above = head.dep, head.head
    if dep in ("conj", "appos") and above is not head:
        return role_of(above) if above.dep not in ("conj", "appos") or above.head is not above else PlaceRole.LITERAL
    if dep == "pobj":
        return (
            PlaceRole.LOCATION
            if above.lower in place_words().into and above.lower not in ("from", "to")
            else PlaceRole.LITERAL
        )
    if dep in ("npadvmod", "ROOT", "dep"):
        return PlaceRole.LOCATION
    if dep in ("nsubj", "nsubjpass"):
        return PlaceRole.ASSOCIATIVE if above.lemma in place_words().acting or dep == "nsubj" else PlaceRole.LITERAL
    if dep == "dobj" and above.lemma in place_words().acting:
        return PlaceRole.ASSOCIATIVE
    if dep in ("poss", "amod", "nmod", "dative", "agent"):
        return PlaceRole.ASSOCIATIVE
    if dep == "compound":
        return (
            PlaceRole.LITERAL if above.lower in place_words().nouns or above.pos == "PROPN" else PlaceRole.ASSOCIATIVE
        )
    return PlaceRole.LITERAL
