"""The shared scorers as modules, and what they match with what: every list of errors agrees with the figures."""

from __future__ import annotations

import importlib.util
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from importlib.machinery import SourceFileLoader
from typing import Any

import msgspec

from evaluation.goldsets import SHARED

Item = dict[str, Any]
"""A finding or its gold, as plain JSON."""


class Matching(msgspec.Struct, frozen=True, kw_only=True):
    """How a scorer paired predictions with gold; `same` ranks one pair (None: no match)."""

    predicted: list[Item]
    gold: list[Item]
    pairs: list[tuple[int, int]]
    same: Callable[[Item, Item], int | None]

    def kept(self) -> list[tuple[Item, Item]]:
        """Return the pairs that count: those whose gold is not optional."""
        return [(self.predicted[i], self.gold[j]) for i, j in self.pairs if not self.gold[j].get("optional")]

    def missed(self) -> list[Item]:
        """Return the gold that nothing was paired with and that is not optional."""
        found = {j for _, j in self.pairs}
        return [g for j, g in enumerate(self.gold) if j not in found and not g.get("optional")]

    def extra(self) -> list[Item]:
        """Return the predictions that were paired with nothing."""
        used = {i for i, _ in self.pairs}
        return [p for i, p in enumerate(self.predicted) if i not in used]


class _Loader(SourceFileLoader):
    """Loads a shared script without leaving byte code beside it."""

    def set_data(self, path: Any, data: Any, *, _mode: int = 0o666) -> None:
        """Write nothing."""


@cache
def shared_script(name: str) -> Any:
    """Return the script NAME of `../shared/score` as a module."""
    path = str(SHARED / "score" / f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"shared_{name}", path, loader=_Loader(f"shared_{name}", path))
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _watched() -> tuple[Any, list[Matching]]:
    """Return the articles scorer with its `pair` put under watch, and the list that the matchings go to."""
    module, seen, pair = shared_script("score_articles"), [], shared_script("score_articles").pair

    def watched(predicted: list[Item], gold: list[Item], same: Callable[[Item, Item], int | None]) -> Any:
        pairs = pair(predicted, gold, same)
        seen.append(Matching(predicted=predicted, gold=gold, pairs=pairs, same=same))
        return pairs

    module.pair = watched
    return module, seen


def article(text: str, gold: Item, reading: Item) -> Any:
    """Return the scorer's view of a gold article beside the reading of its text."""
    return _watched()[0].Article(text, gold, reading)


def matching(of: Any, kind: str) -> Matching:
    """Return how the scorer pairs the `events`, `figures` or `quotations` of an article."""
    module, seen = _watched()
    seen.clear()
    tallies: Any = defaultdict(module.Tally)
    rest: tuple[Any, ...] = (Counter(), []) if kind == "events" else ([],)
    getattr(module, f"score_{kind}")(of, tallies, *rest)
    return seen.pop()


def paired(predicted: list[Item], gold: list[Item], same: Callable[[Item, Item], int | None]) -> list[tuple[int, int]]:
    """Return PREDICTED paired with GOLD by SAME, the way that the scorer pairs."""
    pairs: list[tuple[int, int]] = shared_script("score_articles").pair(predicted, gold, same)
    return pairs


def same_interval(predicted: Any, gold: Any) -> bool:
    """Tell whether two intervals are the same by the scorer's tolerance."""
    return bool(shared_script("score_articles").same_interval(predicted, gold))


def overlap(a: list[int], b: list[int]) -> bool:
    """Tell whether two spans share a character, by the scorer."""
    return bool(shared_script("score_tasks").overlap(a, b))


class Choice(str):
    """The type of an event, as the scorer sees it, that remembers its event."""

    event: Item

    @classmethod
    def of(cls, event: Item, roots: dict[str, str]) -> Choice:
        """Return the type of EVENT, or what it is in ROOTS."""
        choice = cls(roots.get(event["type"], event["type"]))
        choice.event = event
        return choice


def plover_choice(row: Item, reading: Item) -> tuple[Item | None, str, bool]:
    """Return which event the scorer takes for a PLOVER sentence, the root it has for it, and whether both ends match.

    The scorer does not say which event it took; its types are replaced by ones that know, and read where it counts.
    """
    module = shared_script("score_tasks")
    roots = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
    told = {**reading, "events": [{**e, "type": Choice.of(e, roots)} for e in reading.get("events", [])]}
    counted: list[list[tuple[str, str]]] = []
    count = module.macro_f1

    def watched(pairs: list[tuple[str, str]]) -> Any:
        counted.append(pairs)
        return count(pairs)

    module.macro_f1 = watched
    try:
        figures = module.plover({row["id"]: row}, {row["id"]: told})
    finally:
        module.macro_f1 = count
    root = counted[0][0][1]
    return (root.event if isinstance(root, Choice) else None), str(root), figures["both_ends"] == 100.0


def actor_rights(row: Item, coding: Item) -> tuple[bool, bool]:
    """Return whether the scorer takes CODING's country and sector as right for an actor phrase (or does not ask)."""
    figures = shared_script("score_tasks").actors({row["id"]: row}, {row["id"]: coding})
    expect = row["expect"]
    country = expect.get("country") is None or figures["country"] == 100.0
    return country, expect.get("code_1") is None or figures["sector"] == 100.0
