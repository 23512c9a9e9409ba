"""The closed sets of the contract, each declared once."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """The 16 event types of PLOVER (2021 manual)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


SYMMETRIC_TYPES = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
"""Types whose actors and recipients stand on one footing."""


class Part(StrEnum):
    """A part of a reading that can be made alone."""

    QUOTATIONS = "quotations"
    TIMES = "times"
    PLACES = "places"
    FIGURES = "figures"


class Status(StrEnum):
    """Whether an event or figure is told as fact, and if not, how."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HOPED = "hoped"
    CALLED_FOR = "called_for"
    THREATENED = "threatened"
    POSSIBLE = "possible"
    DENIED = "denied"
    DID_NOT_HAPPEN = "did_not_happen"


class HappeningKind(StrEnum):
    """What sort of thing happened that is of no PLOVER type."""

    DEATH = "death"
    DISASTER = "disaster"
    ACCIDENT = "accident"
    CRIME = "crime"
    LEGAL = "legal"
    CONTEST = "contest"
    AWARD = "award"
    POSITION = "position"
    BUSINESS = "business"
    RELEASE = "release"
    POLITICS = "politics"
    HEALTH = "health"
    FAMILY = "family"
    STATEMENT = "statement"
    OTHER = "other"


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    POPULATION = "population"
    COUNTRY = "country"
    OTHER = "other"


class MentionForm(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class TimeType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Grain(StrEnum):
    """The unit in which an interval is known."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


class PlaceRole(StrEnum):
    """What a toponym does in its sentence."""

    LOCATION = "location"
    LITERAL = "literal"
    ASSOCIATIVE = "associative"


class QuotationForm(StrEnum):
    """Whether the words are given, told, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class ParticipantRole(StrEnum):
    """The part that an entity has in a gathering."""

    HOST = "host"
    INVITEE = "invitee"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    MEDIATOR = "mediator"
    MEMBER = "member"


class Measure(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DISPLACED = "displaced"
    REFUGEES = "refugees"
    DETAINED = "detained"
    KIDNAPPED = "kidnapped"
    RELEASED = "released"
    PROTESTERS = "protesters"
    TROOPS = "troops"
    PARTICIPANTS = "participants"
    HOUSEHOLDS = "households"
    MONEY = "money"
    PERCENT = "percent"
    VOTES = "votes"
    WEAPONS = "weapons"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a figure is given."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"


class ChangeDirection(StrEnum):
    """Which way a figure moved."""

    RISE = "rise"
    FALL = "fall"
    NONE = "none"


class ChangeUnit(StrEnum):
    """Whether a change is given in percent or as a count."""

    PERCENT = "percent"
    COUNT = "count"


class PublishedFrom(StrEnum):
    """Where the publication date comes from."""

    GIVEN = "given"
    METADATA = "metadata"
    TEXT = "text"
