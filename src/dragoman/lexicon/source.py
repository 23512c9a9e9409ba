"""Reads codebook files and keeps the line of every entry, so that an error can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
import yaml

RULE_ID = re.compile(r"[a-z0-9_]+(?:[.-][a-z0-9_]+)+")


class CodebookError(ValueError):
    """A codebook that can't be used: `file:line: what is wrong; what is allowed`."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file, self.line, self.problem = file, line, problem


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One codebook entry as written: its id, what it means, its examples, and the topic's own fields.

    Each of `finds` is a mapping with `text` (a sentence or more that the entry must fire on) and, where given, what the
    finding must hold (`span` as words; any field of the finding); each of `ignores` has a `text` on which it must not.
    A plain string stands for `{text: string}`.
    """

    id: str
    about: str
    topic: str
    file: str
    line: int
    finds: tuple[dict[str, Any], ...]
    ignores: tuple[dict[str, Any], ...]
    fields: dict[str, Any]


@cache
def load_entries(topic: str) -> tuple[Entry, ...]:
    """Return the entries of all YAML files of a shipped codebook topic (a folder of `dragoman/codebooks`).

    Raises CodebookError with file and line where an entry has no id, an id twice, or an unusable form.
    """
    folder = files("dragoman.codebooks") / topic
    found: list[Entry] = []
    for path in sorted(_yaml_files(folder), key=lambda p: p.name):
        found.extend(parse_entries(path.read_text(encoding="utf-8"), topic, f"{topic}/{path.name}"))
    seen: dict[str, Entry] = {}
    for entry in found:
        if entry.id in seen:
            raise CodebookError(entry.file, entry.line, f"id {entry.id!r} is taken by {seen[entry.id].file}")
        seen[entry.id] = entry
    return tuple(found)


def topics() -> list[str]:
    """Return the names of the shipped codebook topics."""
    root = files("dragoman.codebooks")
    return sorted(p.name for p in root.iterdir() if p.is_dir() and any(True for _ in _yaml_files(p)))


def _yaml_files(folder: Traversable) -> Iterator[Traversable]:
    return (p for p in folder.iterdir() if p.name.endswith(".yaml"))


def parse_entries(text: str, topic: str, file: str) -> list[Entry]:
    """Return the entries of one codebook file: a YAML list of mappings.

    Raises CodebookError with the line where something is amiss.
    """
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise CodebookError(file, node.start_mark.line + 1, "a codebook is a list of entries, each `- id: ...`")
        return [_entry(item, loader.construct_document(item), topic, file) for item in node.value]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodebookError(file, line, f"not valid YAML: {error.problem}") from error
    finally:
        loader.dispose()


def _entry(node: yaml.Node, fields: Any, topic: str, file: str) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(fields, dict):
        raise CodebookError(file, line, "an entry is a mapping with at least `id:`")
    name = fields.pop("id", None)
    if not isinstance(name, str) or not RULE_ID.fullmatch(name):
        raise CodebookError(file, line, f"id {name!r} must read like `topic.meaning.form` (a-z, 0-9, . - _)")
    about = fields.pop("about", "")
    if not isinstance(about, str):
        raise CodebookError(file, line, f"`about` of {name} must be text")
    return Entry(
        id=name,
        about=about,
        topic=topic,
        file=file,
        line=line,
        finds=_examples(fields.pop("finds", []), file, line, name),
        ignores=_examples(fields.pop("ignores", []), file, line, name),
        fields=fields,
    )


def _examples(value: Any, file: str, line: int, name: str) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list):
        raise CodebookError(file, line, f"`finds`/`ignores` of {name} must be a list")
    found = []
    for item in value:
        example = {"text": item} if isinstance(item, str) else item
        if not isinstance(example, dict) or not isinstance(example.get("text"), str):
            raise CodebookError(file, line, f"an example of {name} must be a text or a mapping with `text`")
        found.append(example)
    return tuple(found)
