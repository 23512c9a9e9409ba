"""Builds the read-only indexes (gazetteer, actor list) that the wheel carries, from packages and shipped tables."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INDEXES = {"gazetteer": "gazetteer.sqlite", "actor_index": "actors.sqlite"}


def _script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class IndexBuildHook(BuildHookInterface[Any]):
    """Runs `training/NAME.py: build(path)` for each index that is missing or older than its sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the indexes before the wheel (or editable install) is put together."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        folder = root / "src" / "dragoman" / "data"
        folder.mkdir(exist_ok=True)
        for script, name in INDEXES.items():
            source = root / "training" / f"{script}.py"
            target = folder / name
            books = root / "src" / "dragoman" / "codebooks"
            sources = [
                *source.parent.glob("*.py"),
                *source.parent.glob("*.csv"),
                *books.glob("ontology/*.csv"),
                *books.glob("actors/*.csv"),
            ]
            if target.exists() and target.stat().st_mtime >= max(p.stat().st_mtime for p in sources):
                continue
            _script(source).build(target)
