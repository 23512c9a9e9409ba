"""Which texts are read: single reports in English."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from dragoman.domain.report import Report
from dragoman.engines.language import detect

LONGEST = 1_000_000
"""Characters beyond which a text is taken for many reports run together."""


class Unfit(NamedTuple):
    """Why a report is not read; `joint` is what stands before another way out that is told after it."""

    told: str
    joint: str


def screened(report: Report) -> tuple[Report, Unfit | None]:
    """Return REPORT with its language, and why it is no single report in English; None where it is one."""
    length, language = len(report.text), detect(report.text)
    wrong = None
    if length > LONGEST:
        wrong = Unfit(f"is {length:,} characters long, no single report; split it", ", or")
    elif language not in (None, "en"):
        wrong = Unfit(f"is in another language ({language}); Dragoman reads English", ";")
    return msgspec.structs.replace(report, language=language), wrong
