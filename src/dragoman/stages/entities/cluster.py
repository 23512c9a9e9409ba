"""An entity in the making: the mentions that are joined so far."""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import EntityKind, MentionForm
from dragoman.domain.findings import Reason
from dragoman.domain.parse import Token
from dragoman.stages.entities.candidates import Candidate


class Cluster(msgspec.Struct):
    """An entity in the making."""

    members: list[Candidate]
    country_name: str | None = None
    keys: set[str] = msgspec.field(default_factory=set)
    person: bool = False
    why: list[Reason] = msgspec.field(default_factory=list)
    pronouns: list[Token] = msgspec.field(default_factory=list)
    gender: str | None = None

    @property
    def named(self) -> bool:
        """Tell whether a name is among the mentions."""
        return any(m.form is MentionForm.NAME for m in self.members)

    @property
    def kinds(self) -> set[EntityKind]:
        """What the mentions are coded as."""
        return {m.kind for m in self.members}

    @property
    def last(self) -> Token:
        """The head of the mention added last."""
        return self.members[-1].head

    def add(self, candidate: Candidate, rule: str) -> None:
        """Take in CANDIDATE, and say why."""
        self.members.append(candidate)
        self.why.append(Reason(field="mentions", rule=rule, spans=(candidate.span,)))
