"""How far a mention reaches: a name with its titles, a noun with what stands before it, a short phrase after it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain.parse import Token
from dragoman.lexicon.actors import actor_words
from dragoman.lexicon.countries import country_by_name

BEFORE = frozenset({"amod", "compound", "nmod", "poss", "det", "advmod", "punct", "nummod", "quantmod", "case", "neg"})
TITLED = frozenset({"compound", "amod", "nmod", "det", "poss"})
HYPHENS = frozenset({"-", "‑"})
LONGEST_TITLE = 5
"""The most words and marks of a title that is sought before a name."""
TITLES = frozenset({"mr", "mrs", "ms", "mr.", "mrs.", "ms.", "dr", "dr.", "sir", "lord", "lady"})
BEFORE_NAMES = frozenset({"the", "a", "an", "'s", "’s", "anti", "pro", "non", "counter"})
"""What the recognizer may take into a name that does not belong to it ("anti-Trump")."""
DASHES = frozenset({"-", "--", "–", "—"})
LONGEST_DATELINE = 14
COMPLEMENTS = frozenset({"of", "for", "from", "to", "on", "in", "at"})
LONGEST_COMPLEMENT = 8
LONGEST_CODED = 24


def dateline(paragraph: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of the dateline that a paragraph opens with ("KUNDUZ, Afghanistan (Wire) --"), if any."""
    place = next((n for n, t in enumerate(paragraph[:LONGEST_DATELINE]) if t.text in DASHES), 0)
    before = paragraph[:place]
    if not before or (paragraph[place].text == "-" and paragraph[place].start == before[-1].end):
        return ()
    capitals = before[0].text[0].isupper() and any(len(t.text) > 2 and t.text.isupper() for t in before)
    placed = any(t.ent in ("GPE", "LOC") or t.text in (",", "(") for t in before)
    return before if capitals and placed and not any(t.pos in ("VERB", "AUX", "PRON") for t in before) else ()


def trimmed(tokens: list[Token]) -> list[Token]:
    """Return a name without the article and marks around it."""
    while tokens and (tokens[0].lower in BEFORE_NAMES or not tokens[0].text[0].isalnum()):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower in ("'s", "’s", "'", "’") or not tokens[-1].text[-1].isalnum()):
        if tokens[-1].text.endswith(".") and len(tokens[-1].text) > 1:
            break
        tokens = tokens[:-1]
    return tokens


def name_head(tokens: list[Token]) -> Token:
    """Return the token of a name that the others hang from."""
    inside = {t.i for t in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in inside), tokens[-1])


def with_titles(tokens: list[Token], head: Token) -> list[Token]:
    """Return the name with the titles and modifiers that stand before it ("Russian Foreign Minister Lavrov")."""
    start = min(t.i for t in tokens)
    inside = {t.i for t in tokens}
    before = [c for t in tokens for c in t.children if c.i < start and c.i not in inside and c.dep in TITLED]
    if any(c.dep in ("compound", "nmod") or c.lower in TITLES for c in before):
        extra = sorted((t for child in before for t in child.subtree() if t.i < start), key=lambda t: t.i)
    else:
        extra = _title_before(tokens[0])
    run = tokens
    for token in reversed(extra):
        linking = token.pos == "ADP" and token.lower not in ("of", "for")
        if run[0].i - token.i != 1 or (token.pos == "PUNCT" and not _within_word(token, run[0])) or linking:
            break
        run = [token, *run]
    while len(run) > len(tokens) and run[0].pos == "PUNCT":
        run = run[1:]
    return run


def _within_word(mark: Token, following: Token) -> bool:
    """Tell whether a hyphen stands within a word ("Vice-President")."""
    return mark.text in HYPHENS and mark.end == following.start


def _title_before(first: Token) -> list[Token]:
    """Return the title of the codebooks that stands right before a name, where the parser hangs it elsewhere."""
    tokens = first.sent.tokens
    place = first.i - tokens[0].i
    for length in range(min(place, LONGEST_TITLE), 0, -1):
        run = tokens[place - length : place]
        words = "".join(f" {t.lower}" if k and run[k - 1].end < t.start else t.lower for k, t in enumerate(run))
        if run[0].text[0].isupper() and words in actor_words().titles:
            return list(run)
    return []


def with_phrase(tokens: list[Token], head: Token) -> list[Token]:
    """Return the tokens with the short "of", "in", "for" phrase that follows, for the coding."""
    found, last = list(tokens), tokens[-1].i
    for child in head.children:
        if child.i > last and child.dep == "prep" and child.lower in ("of", "for", "in", "from", "at", "to"):
            phrase = child.subtree()
            if phrase[0].i == last + 1 and len(found) + len(phrase) <= LONGEST_CODED:
                found += phrase
                last = phrase[-1].i
    return found + _listed_on(found, head)


def _listed_on(tokens: list[Token], head: Token) -> list[Token]:
    """Return the nations listed after a phrase that ends in one ("the ministers of Iran, Iraq and Oman").

    Parsers hang them from the wrong word, so the words themselves tell.
    """
    if not head.lower.endswith("s") or tokens[-1] is head or country_by_name(tokens[-1].text) is None:
        return []
    found: list[Token] = []
    for token in head.sent.tokens[tokens[-1].i + 1 - head.sent.tokens[0].i :]:
        if not token.text[0].isupper() and token.lower not in (",", "and", "&", "the"):
            break
        found.append(token)
    while found and not found[-1].text[0].isupper():
        found.pop()
    return found[:LONGEST_CODED]


def noun_phrase(head: Token) -> list[Token]:
    """Return the head with what stands before it: articles, adjectives, compounds, short possessives."""
    keep: list[Token] = [head]
    for child in head.children:
        if child.i < head.i and child.dep in BEFORE:
            branch = child.subtree()
            if len(branch) <= 6:
                keep += [t for t in branch if t.i < head.i]
    keep.sort(key=lambda t: t.i)
    run = [head]
    for token in reversed(keep[:-1] if keep[-1] is head else keep):
        if token.i >= head.i:
            continue
        if run[0].i - token.i != 1 or (token.pos in ("NUM", "PUNCT") and token.text != "-"):
            break
        run.insert(0, token)
    while len(run) > 1 and (run[0].dep in ("quantmod", "nummod") or run[0].lower in ("least", "than", "about", "some")):
        run.pop(0)
    return run


def with_article(tokens: list[Token]) -> list[Token]:
    """Return a mention's tokens with the definite article just before them that belongs to them ("the UN")."""
    inside = {t.i for t in tokens}
    for child in name_head(tokens).children:
        if child.dep == "det" and child.lower == "the" and child.i == tokens[0].i - 1 and child.i not in inside:
            return [child, *tokens]
    return tokens


def with_complement(tokens: list[Token], head: Token) -> list[Token]:
    """Return a nominal mention's tokens with the short phrase that follows ("soldiers from the base nearby")."""
    if tokens[-1] is not head:
        return tokens
    found = list(tokens)
    for child in head.children:
        if child.i != found[-1].i + 1 or child.dep != "prep" or child.lower not in COMPLEMENTS:
            continue
        phrase = child.subtree()
        plain = all(t.pos not in ("VERB", "AUX", "PUNCT") for t in phrase)
        if (
            plain
            and len(phrase) <= LONGEST_COMPLEMENT
            and [t.i for t in phrase] == list(range(child.i, child.i + len(phrase)))
        ):
            found += phrase
    return found
