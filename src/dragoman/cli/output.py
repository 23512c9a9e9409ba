"""Where output goes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from dragoman.cli.errors import UsageError
from dragoman.inputs.plain import InputError

T = TypeVar("T")


@contextmanager
def opened(path: str | None) -> Iterator[BinaryIO]:
    """Yield a binary stream for PATH, or standard output where it is None or `-`.

    A file is written beside its place and moved there at the end, so that a crash or a full disk leaves what was there.
    Raises UsageError where it can't be written.
    """
    if path is None or path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror or error}") from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        partial.chmod(0o666 & ~_umask())
        partial.replace(target)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def progress(found: Iterable[T], what: str, total: int | None = None) -> Iterable[T]:
    """Return FOUND with a bar that counts reports, of TOTAL where that is known, where a person watches."""
    if not sys.stderr.isatty():
        return found
    from tqdm import tqdm

    counted: Iterable[T] = tqdm(found, total=total, unit=" reports", desc=what, file=sys.stderr)
    return counted


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def colours_wanted(path: str | None) -> bool:
    """Tell whether the output is a terminal that shows colours (NO_COLOR and TERM=dumb say no)."""
    if path not in (None, "-") or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def print_error(command: str, error: InputError) -> None:
    """Print an input's error to standard error, a line for each of its problems."""
    from dragoman.exports.text import printable

    for line in str(error).split("\n"):
        print(f"dragoman {command}: {printable(line)}", file=sys.stderr)
