"""What verbs, adjectives and heads make of the people beside them: killed, hurt, held, gone."""

from __future__ import annotations

from dragoman.domain.codes import Measure
from dragoman.domain.parse import Token
from dragoman.lexicon.figures import Sense, figure_words

KILLED = Sense(Measure.KILLED, "figures.measure.killed")
DEEDS = {
    Measure.KILLED, Measure.INJURED, Measure.DETAINED, Measure.KIDNAPPED, Measure.RELEASED, Measure.MISSING,
    Measure.DISPLACED,
}  # fmt: skip
DEED_NOUNS = {"release": "release", "liberation": "liberate", "evacuation": "evacuate", "capture": "capture",
              "wounding": "wound", "beheading": "behead", "jailing": "jail", "imprisonment": "imprison",
              "slaughter": "slaughter", "massacre": "massacre", "assassination": "assassinate",
              "remains": "kill", "remain": "kill"}  # fmt: skip
LINKS = frozenset(
    {"be", "leave", "have", "see", "report", "confirm", "remain", "find", "include"}
    | {"make", "render", "declare", "presume", "fear", "believe"}
)
WHOLES = frozenset({"half", "third", "quarter", "most", "some", "many", "none", "majority", "all", "each", "any"})
ENDINGS = ("er", "or", "ist", "ian", "ant", "man", "men", "woman", "women", "ee", "people")
THINGS = frozenset(
    {"tanker", "container", "computer", "paper", "letter", "center", "trailer", "shelter", "cluster", "quarter", "door"}
    | {"number", "tower", "river", "order", "chapter", "helicopter", "bomber", "mortar", "tractor", "reactor", "motor"}
    | {"plant", "restaurant", "committee", "launcher", "cruiser", "carrier", "meter", "newspaper", "server", "printer"}
    | {"locker", "banner", "poster", "sticker", "freighter", "digger", "bulldozer", "transformer", "scooter", "matter"}
)


def is_person(noun: Token) -> bool:
    """Tell whether a noun counts people."""
    words = figure_words()
    lemma = noun.lemma.lower()
    if (
        noun.ent == "NORP"
        or lemma in words.people
        or noun.lower in words.people
        or noun.lower.rstrip("s") in words.people
    ):
        return True
    sense = words.nouns.get(noun.lemma)
    if sense is not None:
        return sense.measure not in (Measure.WEAPONS, Measure.HOUSEHOLDS, Measure.VOTES) or lemma == "family"
    return noun.pos == "PROPN" or (lemma.endswith(ENDINGS) and lemma not in THINGS)


def sense_of(verb: Token) -> Sense | None:
    """Return the measure that a verb or adjective tells; "shot dead" and "burned to death" kill."""
    words = figure_words()
    found = words.verbs.get(verb.lemma) or words.adjectives.get(verb.lower)
    if found is not None and found.measure is Measure.INJURED and deadly(verb):
        return KILLED
    return found


def deadly(verb: Token) -> bool:
    """Tell whether a verb of harm ends in death ("shot dead", "beaten to death")."""
    following = [t.lower for t in verb.sent.tokens if t.i > verb.i]
    return following[:1] == ["dead"] or following[:2] == ["to", "death"]


def fits(sense: Sense, verb: Token, noun: Token | None) -> bool:
    """Tell whether a verb's measure is of what is counted: seizing and burning is done to things too."""
    return noun is None or verb.lemma not in figure_words().loose or is_person(noun)


def complement(verb: Token, anchor: Token) -> tuple[Sense, Token] | None:
    """Return the measure of what is said of people: "left homeless", "feared dead", "were among the wounded"."""
    if verb.lemma not in LINKS:
        return None
    for child in verb.children:
        if child is anchor:
            continue
        if child.dep in ("acomp", "oprd", "attr", "ccomp", "xcomp", "advcl") and child.pos in ("ADJ", "VERB", "NOUN"):
            found = sense_of(child)
            if found is not None:
                return found, child
        if verb.lemma == "be" and child.lower == "among" and (inner := child.child("pobj")) is not None:
            found = (
                figure_words().adjectives.get(inner.lower) or figure_words().nouns.get(inner.lemma) or sense_of(inner)
            )
            if found is not None and found.measure in DEEDS:
                return found, inner
    return None


def by_head(anchor: Token, noun: Token | None) -> tuple[Sense, Token] | None:
    """Return the measure of the deed whose people are counted: "the killing of seven soldiers", "a toll of 45"."""
    if anchor.dep != "pobj" or anchor.head.lower != "of" or (noun is not None and not is_person(noun)):
        return None
    head = anchor.head.head
    words = figure_words()
    deed = DEED_NOUNS.get(head.lower)
    found = words.nouns.get(head.lemma) or (words.verbs.get(deed) if deed else None)
    if found is None or found.measure not in DEEDS or head.pos not in ("NOUN", "PROPN"):
        return None
    return (found, head) if head.tag != "NNS" or noun is not None else None


def is_whole(anchor: Token) -> bool:
    """Tell whether what is counted is the whole that a part is told of: "34 of the 120", "Of the 120 passengers"."""
    if anchor.dep != "pobj" or anchor.head.lower != "of":
        return False
    of = anchor.head
    return of.i == of.sent.tokens[0].i or of.head.pos == "NUM" or of.head.lemma.lower() in WHOLES
