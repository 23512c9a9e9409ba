"""Plain-text files: bytes to text, or a clear word on why not."""

from __future__ import annotations

import sys
from pathlib import Path

MAX_BYTES = 50_000_000
"""Largest report that is read; a file beyond it is no report."""


class InputError(ValueError):
    """A report that can't be read: which file, which line (from 1, where it has lines), and why."""

    def __init__(self, name: str, problem: str, line: int | None = None, given_id: str | None = None) -> None:
        super().__init__(f"{name}:{line}: {problem}" if line is not None else f"{name}: {problem}")
        self.name, self.problem, self.line, self.given_id = name, problem, line, given_id


def read_bytes(name: str) -> bytes:
    """Return the bytes of the file NAME, or of standard input where NAME is `-`.

    Raises InputError where the file can't be opened or is larger than MAX_BYTES.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(name, f"can't be opened: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise InputError(name, f"is larger than {MAX_BYTES // 1_000_000} MB; split it into reports")
    return data


def decode(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """Return DATA as text, a byte-order mark aside.

    Raises InputError where DATA is empty, binary, or not in ENCODING (with the first byte that isn't).
    """
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise InputError(name, "is empty")
    wide = encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    if not wide and b"\x00" in data:
        place = data.index(b"\x00")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise InputError(name, "looks like UTF-16: read it with --encoding utf-16")
        raise InputError(name, f"is binary, not text (a zero byte at {place})")
    try:
        text = data.decode("utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding)
    except LookupError as error:
        raise InputError(name, f"unknown encoding {encoding!r}; try utf-8, latin-1, cp1252 or utf-16") from error
    except UnicodeDecodeError as error:
        byte = data[error.start] if error.start < len(data) else 0
        raise InputError(
            name,
            f"is not {encoding.upper()}: byte {error.start} is 0x{byte:02x} ({error.reason}); "
            "name its encoding with --encoding",
        ) from error
    if not text.strip():
        raise InputError(name, "is empty")
    return text
