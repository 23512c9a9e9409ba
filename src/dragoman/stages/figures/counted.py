"""What a number counts: its noun, and the measure by the words around it."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import Measure
from dragoman.domain.parse import Token
from dragoman.lexicon.figures import Sense, figure_words
from dragoman.stages.figures.numbers import STRONG, Number
from dragoman.stages.figures.senses import by_head, complement, fits, is_person, is_whole, sense_of

OVER_NOUN = frozenset({"killed", "injured", "missing", "displaced", "detained", "kidnapped", "released", "protesters"})
"""Measures of a verb that outweigh the noun: 12 soldiers killed are no troops."""
LINKS = frozenset({"be", "leave", "have", "see", "report", "confirm", "remain", "find", "include"})
DRIVING = frozenset({"force", "drive", "compel"})
LEAVING = frozenset({"leave", "flee", "evacuate", "home", "house", "village"})
FORCE = {Measure.TROOPS, Measure.OTHER, Measure.PARTICIPANTS, Measure.HOUSEHOLDS, Measure.REFUGEES, Measure.VOTES}


class Counted(msgspec.Struct, frozen=True):
    """The noun that is counted (or None), the measure, the word that tells it, and the verb that governs all."""

    noun: Token | None
    who: Token | None
    measure: Measure
    rule: str
    cue: Token
    verb: Token | None


def counted(number: Number) -> Counted | None:
    """Return what NUMBER counts, or None where it is no figure."""
    top = number.top
    if number.currency is not None:
        return Counted(None, None, Measure.MONEY, "figures.measure.money", top, verb_of(top))
    if _is_tallied(number):
        return Counted(None, None, Measure.VOTES, "figures.measure.votes", top, verb_of(top))
    noun = _noun(number)
    if number.percent:
        return Counted(noun, noun, Measure.PERCENT, "figures.measure.percent", top, verb_of(top))
    below = noun is not None and top in noun.ancestors()
    anchor = top if below or noun is None else noun
    verb = verb_of(anchor)
    if noun is not None and _is_one_of_counted(number, noun):
        return None
    sense, cue, who = _by_noun(noun)
    grouped = _grouped(number, anchor, noun)
    if grouped is not None and sense is None:
        return Counted(noun, None, grouped[0], "figures.words.groups", grouped[1], verb)
    by_verb = by_head(anchor, noun) or (None if is_whole(anchor) else _by_verb(anchor, verb, number))
    if by_verb is not None and not fits(by_verb[0], by_verb[1], noun):
        by_verb = None
    if noun is not None and noun.lemma in figure_words().units and sense is None:
        return None
    if by_verb is None and verb is not None and verb.lemma == "lose" and noun is not None and _is_lost(noun, sense):
        return Counted(noun, noun, Measure.KILLED, "figures.measure.killed", verb, verb)
    if by_verb is not None and (
        sense is None
        or (sense.measure in FORCE and by_verb[0].measure.value in OVER_NOUN | {"casualties"})
        or (
            sense.measure is Measure.PROTESTERS and by_verb[0].measure not in (Measure.PROTESTERS, Measure.PARTICIPANTS)
        )
    ):
        return Counted(noun, noun, by_verb[0].measure, by_verb[0].rule, by_verb[1], verb)
    if (
        by_verb is not None
        and sense is not None
        and sense.measure in (Measure.KIDNAPPED, Measure.DETAINED)
        and by_verb[0].measure is Measure.RELEASED
    ):
        return Counted(noun, noun, Measure.RELEASED, by_verb[0].rule, by_verb[1], verb)
    if sense is not None and cue is not None:
        return Counted(noun, who, sense.measure, sense.rule, cue, verb)
    if noun is None or noun.pos not in ("NOUN", "PROPN"):
        return None
    person = noun.lemma in figure_words().people or noun.lower in figure_words().people or noun.ent == "NORP"
    gathering = _gathered(noun, verb)
    if gathering is not None:
        return Counted(noun, noun, Measure.PROTESTERS, "figures.measure.protesters", gathering, verb)
    small = number.value is not None and number.value <= 1
    if small or (not person and noun.tag not in ("NNS", "NNPS")):
        return None
    return Counted(noun, noun, Measure.OTHER, "figures.measure.other", noun, verb)


def _is_one_of_counted(number: Number, noun: Token) -> bool:
    """Tell whether "one" only tells of what is counted already: "eight members of one family"."""
    if number.value != 1 or noun.dep != "pobj" or noun.head.lower != "of":
        return False
    return any(c.dep == "nummod" for c in noun.head.head.children)


def _is_tallied(number: Number) -> bool:
    """Tell whether a number is one side of a vote: "voted 154 to 87", "13-0"."""
    before = [t for t in number.first.sent.tokens if t.i < number.first.i][-8:]
    after = [t for t in number.first.sent.tokens if t.i > number.last.i][:2]
    if not any(t.lemma == "vote" for t in before):
        return False
    second = (
        len(before) > 1
        and before[-1].lower in ("to", "-", "–")
        and (before[-2].pos == "NUM" or before[-2].lemma == "vote")
    )
    return second or (len(after) == 2 and after[0].lower in ("to", "-", "–") and after[1].pos == "NUM")


def _strong(number: Number) -> Token | None:
    """Return the word that makes a number the size of a group ("5,000-strong"), or None."""
    after = [t for t in number.first.sent.tokens if t.i > number.last.i][:2]
    return after[1] if len(after) == 2 and after[0].text in ("-", "–") and after[1].lower in STRONG else None


def _grouped(number: Number, anchor: Token, noun: Token | None) -> tuple[Measure, Token] | None:
    """Return what the members of a counted group are: "a crowd of 10,000", "a 5,000-strong force"."""
    group = noun
    if noun is None and anchor.dep == "pobj" and anchor.head.lower == "of":
        group = anchor.head.head
    elif noun is None or _strong(number) is None:
        return None
    if group is None:
        return None
    measure = figure_words().groups.get(group.lemma)
    return (measure, group) if measure is not None else None


def _gathered(noun: Token | None, verb: Token | None) -> Token | None:
    """Return the march or rally that people are counted at ("9,800 people at Sunday's march"), or None."""
    if noun is None or not is_person(noun):
        return None
    after = [p for p in verb.children_by("prep") if p.i > noun.i] if verb is not None else []
    for prep in (*noun.children_by("prep"), *after):
        gathering = prep.child("pobj") if prep.lower in ("at", "in") else None
        if gathering is not None and figure_words().groups.get(gathering.lemma) is Measure.PROTESTERS:
            return gathering
    return None


def _is_lost(noun: Token, sense: Sense | None) -> bool:
    """Tell whether those whom an army lost are its dead."""
    return (sense is not None and sense.measure is Measure.TROOPS) or noun.lemma in ("man", "policeman", "comrade")


def _noun(number: Number) -> Token | None:
    top = number.top
    strong = _strong(number)
    if strong is not None and strong.head.pos in ("NOUN", "PROPN") and strong.head.i > strong.i:
        return strong.head
    while top.dep == "quantmod" and top.head.pos == "NUM" and top.head.i > number.last.i:
        top = top.head
    for child in top.children:
        if child.dep == "prep" and child.lower == "of" and child.i == number.last.i + 1:
            inner = child.child("pobj")
            if inner is not None and inner.pos in ("NOUN", "PROPN", "PRON", "ADJ"):
                return inner if inner.pos != "PRON" else None
    if top.dep in ("nummod", "quantmod", "compound", "amod", "det", "nmod") and top.head.i > number.last.i:
        return top.head
    if top.dep in ("nummod", "appos") and top.head.i < number.first.i and top.head.pos == "NOUN":
        return None
    return None


def verb_of(token: Token) -> Token | None:
    """Return the verb that governs a token: the nearest above it."""
    for ancestor in token.ancestors():
        if ancestor.pos in ("VERB", "AUX"):
            return ancestor
    return token.sent.root if token.sent.root.pos in ("VERB", "AUX") else None


def _by_noun(noun: Token | None) -> tuple[Sense | None, Token | None, Token | None]:
    """Return the measure that the counted noun itself tells, its cue, and who is counted ("3,498 civilian deaths")."""
    if noun is None:
        return None, None, None
    words = figure_words()
    left = noun.sent.tokens[max(0, noun.i - noun.sent.tokens[0].i - 1)]
    sense = words.nouns.get(noun.lemma) or words.nouns.get(noun.lower) or words.nouns.get(f"{left.lower} {noun.lemma}")
    for child in noun.children:
        by_word = words.adjectives.get(child.lower)
        if by_word is not None and child.dep in ("amod", "acomp", "advcl", "acl", "advmod"):
            return by_word, child, noun
    if sense is None:
        return None, None, None
    if sense.measure in (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.DETAINED):
        who = next(
            (
                c
                for c in noun.children
                if c.dep in ("amod", "compound", "nmod") and (c.lower in words.people or c.lower == "civilian")
            ),
            None,
        )
        if who is None:
            of = next((c.child("pobj") for c in noun.children if c.dep == "prep" and c.lower in ("of", "among")), None)
            who = of if of is not None and of.pos == "NOUN" else None
        if who is None and noun.dep == "conj" and noun.head.pos == "NOUN":
            who = _by_noun(noun.head)[2]
        if (
            who is None
            and sense.measure in (Measure.DETAINED, Measure.CASUALTIES)
            and noun.lemma in ("detainee", "prisoner", "victim")
        ):
            who = noun
        return sense, noun, who
    return sense, noun, noun


def _by_verb(anchor: Token, verb: Token | None, number: Number) -> tuple[Sense, Token] | None:
    """Return the measure that the words around the counted noun tell: verb, participle, adjective after "be"."""
    for child in anchor.children:
        if child.dep in ("acl", "relcl", "advcl", "amod", "ccomp") and child.i > anchor.i:
            sense = sense_of(child)
            if sense is None and (said := complement(child, anchor)) is not None:
                return said
            if sense is not None and (child.tag in ("VBN", "VBG", "VBD", "VBP", "VBZ", "JJ") or child.dep == "relcl"):
                return _joined(child, sense)
        if child.dep == "prep" and child.lower == "with":
            inner = child.child("pobj")
            sense = figure_words().nouns.get(inner.lemma) if inner is not None else None
            if sense is not None and sense.measure is Measure.INJURED and inner is not None:
                return sense, inner
    following = [t for t in anchor.sent.tokens if number.last.i < t.i <= number.last.i + 2]
    for token in following:
        sense = figure_words().adjectives.get(token.lower)
        if sense is not None and anchor.i <= number.last.i + 1 and not _has_own_number(token):
            return sense_of(token) or sense, token
    inherited = _coordinated(anchor)
    if inherited is not None:
        return inherited
    part = _part_of(anchor)
    if part is not None:
        sense = _by_noun(part)[0]
        return (sense, part) if sense is not None else _by_verb(part, verb_of(part), number)
    current, role = verb, anchor.dep
    steps = 0
    while current is not None and steps < 3:
        sense = sense_of(current)
        if sense is not None and _undergoes(anchor, current, role, sense):
            return _joined(current, sense)
        said = complement(current, anchor)
        if said is not None:
            return said
        if current.lemma in LINKS and current.dep in ("conj", "advcl", "ccomp") and sense is None:
            role, current = anchor.dep, None
            break
        if current.lemma in DRIVING and role in ("dobj", "nsubjpass", "nsubj") and _is_driven(current):
            return Sense(Measure.DISPLACED, "figures.measure.displaced"), current
        if current.dep == "conj" and anchor.head is current and role in ("dobj", "nsubj", "nsubjpass"):
            break
        if current.dep in ("conj", "xcomp") and current.head is not current:
            current = current.head
            steps += 1
            continue
        break
    return None


def _is_driven(verb: Token) -> bool:
    """Tell whether people are made to leave: "forced to flee", "driven from their homes"."""
    for token in verb.subtree():
        if token.i > verb.i and token.lemma in LEAVING and token.dep in ("xcomp", "ccomp", "advcl", "pobj"):
            return True
    return False


def _part_of(anchor: Token) -> Token | None:
    """Return the noun of the whole that a part is told of ("five patients, including four men")."""
    while anchor.dep == "conj" and anchor.head.pos == "NOUN":
        anchor = anchor.head
    if anchor.dep in ("pobj", "dobj") and anchor.head.lower in ("including", "include"):
        whole = anchor.head.head
        return whole if whole.pos in ("NOUN", "PROPN") else None
    return None


def _coordinated(anchor: Token) -> tuple[Sense, Token] | None:
    """Return the measure of a noun of harm that governs a joined number: "14 dead and 37 wounded"."""
    if anchor.dep in ("conj",) and anchor.head.pos in ("NOUN", "ADJ", "VERB"):
        sense = figure_words().adjectives.get(anchor.lower)
        return (sense, anchor) if sense is not None else None
    return None


def _undergoes(anchor: Token, verb: Token, role: str, sense: Sense) -> bool:
    """Tell whether the counted one undergoes (or, for dying and marching, does) what the verb tells."""
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in verb.children) or verb.tag == "VBN"
    while role == "conj" and anchor.head is not anchor:
        anchor = anchor.head
        role = anchor.dep
    if sense.measure in (Measure.PROTESTERS, Measure.PARTICIPANTS):
        agent = role == "pobj" and anchor.head.dep == "agent" and verb.lemma == "attend"
        return role in ("nsubj", "nsubjpass") or agent or (role == "pobj" and verb.lemma in ("gather",))
    if verb.lemma in ("die", "perish", "drown", "disappear", "vanish", "flee", "miss"):
        return role in ("nsubj", "nsubjpass")
    if role in ("dobj", "nsubjpass", "oprd", "attr", "dative"):
        return True
    if role == "nsubj":
        return passive
    if role == "pobj":
        agent = anchor.head.dep == "agent" or anchor.head.lower == "by"
        return not agent and anchor.head.lower in ("of", "as", "up", "among", "including")
    return role in ("ROOT", "dep", "npadvmod") and verb is not None


def _joined(verb: Token, sense: Sense) -> tuple[Sense, Token]:
    """Return casualties where killed and injured are joined over one number ("were killed and wounded")."""
    words = figure_words()
    lemmas = {verb.lemma, *(c.lemma for c in verb.children_by("conj") if not _has_own_number(c))}
    if verb.dep == "conj" and not _has_own_number(verb):
        lemmas.add(verb.head.lemma)
    found = {words.verbs[lemma].measure for lemma in lemmas if lemma in words.verbs}
    if {Measure.KILLED, Measure.INJURED} <= found and not any(c.lower == "or" for c in verb.children if c.dep == "cc"):
        return Sense(Measure.CASUALTIES, "figures.measure.casualties"), verb
    return sense, verb


def _has_own_number(verb: Token) -> bool:
    """Tell whether a joined verb counts or names whom it befalls itself ("killed 14 and wounded six")."""
    return any(
        c.dep in ("dobj", "nsubjpass", "nsubj")
        and (abs(c.i - verb.i) <= 3 or c.pos == "NUM" or any(g.dep == "nummod" for g in c.children))
        for c in verb.children
    )
