"""The wordings of the made reports. `<x|words>` marks a finding: `t` the trigger, `a` who acts, `o` whom it is done to,
`p` the town, `d` the day, `k` the dead, `i` the injured, `n` another count, `w` who is counted, `s` who says so.
"""

from __future__ import annotations

import msgspec

from dragoman.domain.codes import EntityKind, EventType, Measure, Status


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of happening: its coding, its weight among all, and its tellings by stage."""

    type: EventType | None
    weight: int
    actor: tuple[EntityKind, str] = (EntityKind.GOVERNMENT, "GOV")
    other: tuple[EntityKind, str] = (EntityKind.POPULATION, "CVL")
    measure: Measure = Measure.OTHER
    plain: tuple[str, ...]
    ahead: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


REBELS = (EntityKind.ARMED_GROUP, "REB")
CIVILIANS = (EntityKind.POPULATION, "CVL")
POLICE = (EntityKind.ORGANIZATION, "COP")
KINDS = {
    "attack": Kind(
        type=EventType.ASSAULT, weight=30, actor=REBELS,
        plain=(
            "<a|{group} fighters> <t|attacked> <o|{target}> {detail} in <p|{town}>, {country}, <d|{day}>, killing "
            "<k|{killed}> <w|people> and wounding <i|{injured}>, <s|{voice}> said.",
            "<k|{killed}> <w|people> died when <a|{group} gunmen> <t|stormed> <o|{target}> {detail} in <p|{town}> "
            "<d|{day}>, <s|{voice}> said.",
            "<a|The {group}> <t|shelled> <o|{target}> {detail} in the {country_adj} city of <p|{town}> <d|{day}>; "
            "<k|{killed}> <w|people> were killed and <i|{injured}> hurt, according to <s|{voice}>.",
        ),
    ),
    "clash": Kind(
        type=EventType.ASSAULT, weight=16, actor=(EntityKind.ORGANIZATION, "MIL"), other=REBELS,
        plain=(
            "<a|{country_adj} troops> <t|clashed> with <o|{group} rebels> {detail} near <p|{town}> <d|{day}>, leaving "
            "<k|{killed}> <w|fighters> dead, <s|{voice}> said.",
            "Fighting between <a|the army> and <o|the {group}> {detail} outside <p|{town}>, {country}, killed "
            "<k|{killed}> <w|fighters> <d|{day}> as soldiers <t|fought> their way to {second}.",
        ),
    ),
    "protest": Kind(
        type=EventType.PROTEST, weight=22, actor=CIVILIANS, other=(EntityKind.GOVERNMENT, "GOV"),
        measure=Measure.PROTESTERS,
        plain=(
            "About <n|{count}> <a|{crowd}> <t|marched> {detail} in <p|{town}>, {country}, <d|{day}> against {issue}.",
            "<a|{crowd_cap}> <t|protested> against {issue} {detail} in the {country_adj} city of <p|{town}> <d|{day}>; "
            "<s|{voice}> put the crowd at <n|{count}>.",
        ),
        ahead=(
            "<a|{crowd_cap}> will <t|march> {detail} in <p|{town}>, {country}, <d|{day}> against {issue}, organizers "
            "said.",
        ),
        off=(
            "<a|{crowd_cap}> have called off a <t|march> against {issue} {detail} in <p|{town}>, {country}, that "
            "was to be held <d|{day}>.",
        ),
    ),
    "talks": Kind(
        type=EventType.CONSULT, weight=18, other=(EntityKind.GOVERNMENT, "GOV"),
        plain=(
            "<a|{office} {minister}> of {country} <t|met> <o|{partner_office} {partner_minister}> of {partner} "
            "{detail} in <p|{town}> <d|{day}> to discuss {topic}.",
            "<a|{country}> and <o|{partner}> <t|held talks> on {topic} {detail} in <p|{town}> <d|{day}>, <s|{voice}> "
            "said.",
        ),
        ahead=(
            "<a|{country}> and <o|{partner}> plan to <t|hold talks> on {topic} {detail} in <p|{town}> <d|{day}>, "
            "<s|{voice}> said.",
            "<a|{office} {minister}> of {country} will <t|meet> <o|{partner_office} {partner_minister}> of {partner} "
            "in <p|{town}> <d|{day}> to discuss {topic}.",
        ),
        off=(
            "<a|{country}> and <o|{partner}> have called off <t|talks> on {topic} that were to be held {detail} in "
            "<p|{town}> <d|{day}>, <s|{voice}> said.",
        ),
    ),
    "arrests": Kind(
        type=EventType.COERCE, weight=10, actor=POLICE, measure=Measure.DETAINED,
        plain=(
            "<a|{country_adj} police> <t|arrested> <n|{count}> <o|{crowd}> {detail} in <p|{town}> <d|{day}> over "
            "{issue}, <s|{voice}> said.",
            "<a|Police> in <p|{town}>, {country}, <t|detained> <n|{count}> <o|{crowd}> {detail} <d|{day}> in a case "
            "about {issue}.",
        ),
    ),
    "aid": Kind(
        type=EventType.AID, weight=6, measure=Measure.MONEY,
        plain=(
            "<a|{partner}> <t|sent> food and tents to <o|families> {detail} in <p|{town}>, {country}, <d|{day}>, "
            "<s|{voice}> said.",
            "<a|{partner}> has <t|delivered> relief goods for <o|families> {detail} in the {country_adj} city of "
            "<p|{town}> <d|{day}>.",
        ),
    ),
    "displaced": Kind(
        type=None, weight=8, measure=Measure.DISPLACED,
        plain=(
            "Floods <t|displaced> <n|{count}> <o|people> {detail} in <p|{town}>, {country}, <d|{day}>, "
            "<s|{voice}> said.",
            "About <n|{count}> <o|people> were <t|displaced> {detail} in the {country_adj} city of <p|{town}> "
            "<d|{day}> after heavy rain.",
        ),
    ),
}  # fmt: skip
REACTIONS = (
    "<a|{office} {minister}> <t|condemned> <o|the {group}> over it, calling for calm in {second}.",
    "“We will not be moved by this,” {minister} said in {second}. <a|{partner}> <t|urged> <o|{country}> to show "
    "restraint.",
    "<a|{office} {minister}> <t|accused> <o|{partner}> of standing behind {issue}.",
)
BACKDROPS = {
    "attack": "It came after <a|the {group}> <t|attacked> <o|{target}> in <p|{town}> <d|{day}>.",
    "clash": "It came after <a|troops> <t|clashed> with <o|the {group}> near <p|{town}> <d|{day}>.",
    "protest": "It came after <a|{crowd}> <t|marched> in <p|{town}> <d|{day}> against {issue}.",
}
FILLERS = (
    "The road to {second} was quiet by evening, and shops {detail} stayed shut.",
    "Prices in {second} have risen by a third since the spring, traders told a local radio station.",
    "Residents of {second} spoke of long queues and little sleep.",
    "The government in the capital did not answer questions about {issue}.",
)
STATUSES = {"plain": Status.OCCURRED, "ahead": Status.PLANNED, "off": Status.DID_NOT_HAPPEN}
OFFICES = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "Interior Minister")
VOICES = ("police", "officials", "the army", "a hospital", "witnesses", "the governor", "aid workers", "local media")
OUTLETS = (
    "Example Wire", "Northern Dispatch", "Harbour Post", "Daily Ledger", "Evening Courier", "Delta Radio",
    "Capital Observer", "The Meridian", "Coast Tribune", "Free Voice", "Morning Standard", "Union Press",
    "Valley Herald", "Lake News", "Public Broadcaster", "Highland Times", "River Gazette", "The Examiner",
    "Border Watch", "Desert Star",
)  # fmt: skip
TARGETS = (
    "a checkpoint", "a police station", "a market", "an army base", "a bus", "a convoy", "a school", "a hotel",
    "a church", "a mosque", "a hospital", "a prison", "a refinery", "a village", "a bridge", "an airport",
)  # fmt: skip
SIDES = ("north", "south", "east", "west", "outside", "inside", "behind", "opposite", "below", "beside")
ADJECTIVES = (
    "old", "central", "new", "upper", "lower", "royal", "northern", "southern", "eastern", "western", "great",
    "little", "grand", "burnt", "red", "white", "green", "golden", "stone", "iron", "wooden", "glass", "brick",
)  # fmt: skip
THINGS = (
    "stadium", "cathedral", "station", "harbour", "university", "library", "theatre", "customs house", "power plant",
    "parliament", "court", "museum", "quarry", "mill", "barracks", "cemetery", "textile factory", "ring road",
    "bus terminal", "water tower", "town hall", "cement works", "grain store", "sugar mill", "telephone exchange",
    "post office", "fish market", "racecourse", "observatory", "gold market", "tannery", "brewery", "lighthouse",
)  # fmt: skip
CROWDS = (
    "teachers", "miners", "students", "farmers", "nurses", "drivers", "pensioners", "dockers", "lawyers", "journalists",
    "opposition supporters", "shopkeepers", "veterans", "taxi drivers", "civil servants", "fishermen",
)  # fmt: skip
ISSUES = (
    "fuel prices", "a new tax", "unpaid wages", "water shortages", "the election date", "a land law", "bread prices",
    "school closures", "a dam", "police violence", "power cuts", "a mining licence", "the curfew", "corruption",
    "a constitutional amendment", "the extradition of a senator", "rents", "a pipeline", "the conscription law",
)  # fmt: skip
TOPICS = (
    "the border", "a trade deal", "water rights", "a prisoner exchange", "gas supplies", "fishing quotas", "visas",
    "a railway", "debt relief", "a ceasefire", "migration", "grain exports", "air links", "arms control", "customs",
    "a joint patrol", "vaccines", "power lines", "a maritime treaty", "the return of refugees",
)  # fmt: skip
FIRST_NAMES = (
    "Amal", "Boris", "Chen", "Daniela", "Emeka", "Farid", "Grace", "Hassan", "Irina", "Joao", "Kofi", "Leila", "Mario",
    "Nadia", "Omar", "Petra", "Quentin", "Rosa", "Samuel", "Tariq", "Ursula", "Viktor", "Wanjiru", "Yusuf", "Zoran",
)  # fmt: skip
LAST_NAMES = (
    "Abara", "Bektas", "Castellan", "Dovrani", "Eklund", "Fofanah", "Garimov", "Haddadi", "Ibarrola", "Jelinski",
    "Kamaraju", "Lindqvar", "Mbekani", "Nakhoury", "Okonjwa", "Petrosyak", "Qasimov", "Ruvalcar", "Sandovic",
    "Tchombe", "Ulmanis", "Varghesa", "Wolderak", "Xhakani", "Yilmazer", "Zongolo", "Arslanov", "Benhaddou",
)  # fmt: skip
GROUPS = ("Liberation Front", "Brigade", "Revolutionary Army", "Resistance Movement", "Column")
