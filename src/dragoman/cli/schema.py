"""`dragoman schema`: the JSON Schema of a reading."""

from __future__ import annotations

import argparse
import json

from dragoman.exports.schema import error_schema, reading_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = "examples:\n  dragoman schema > reading.schema.json\n  dragoman schema --of error"
    parser.add_argument("--of", choices=["reading", "error"], default="reading", help="which object (reading)")


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    schema = reading_schema() if options.of == "reading" else error_schema()
    print(json.dumps(schema, indent=2))
    return 0
