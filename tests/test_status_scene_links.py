"""What is fact and what is not, when and where, and which tellings are of one event."""

from __future__ import annotations

import datetime

import pytest

import dragoman
from dragoman.domain.findings import Event

DAY = datetime.date(2024, 5, 14)


def events(text: str) -> dict[str, Event]:
    return {e.trigger.surface(text): e for e in dragoman.read(text, published=DAY).events}


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Rebels attacked the town.", "attacked", "occurred"),
        ("Rebels did not attack the town.", "attack", "did_not_happen"),
        ("Rebels may attack the town.", "attack", "possible"),
        ("Rebels threatened to attack the town.", "attack", "threatened"),
        ("The ministers of Kenya and Somalia will meet in Oslo on Friday.", "meet", "planned"),
        ("If the rebels attack the town, people will flee.", "attack", "possible"),
        ("Police foiled an attack on the embassy.", "attack", "did_not_happen"),
        ("Should the prisoners not be freed by Monday, Kenya will be angry.", "freed", "possible"),
        ("Hungary had threatened to veto the plan but relented after a week.", "relented", "occurred"),
        ("Navies announced a patrol two days after pirates freed the crew.", "freed", "occurred"),
        ("Washington denied that it had planned to send troops to Haiti.", "send", "denied"),
        ("There is no need to deploy troops in Haiti.", "deploy", "did_not_happen"),
        ("Governments ought to impose sanctions on Myanmar.", "impose sanctions", "called_for"),
        ("Russia vowed to send aid to the town of Goma.", "send", "planned"),
        ("The rebels remain open to talks with the ministers.", "talks", "possible"),
        ("Since March rebels have blown up two bridges.", "blown up", "occurred"),
        ('"We will not recognise the junta," the Kenyan minister said.', "recognise", "occurred"),
        ("The Kenyan minister said that Chad should condemn the raid.", "condemn", "called_for"),
    ],
)
def test_status(text: str, trigger: str, status: str) -> None:
    assert events(text)[trigger].status == status


def test_what_goes_on_with_an_old_clause_is_background_too() -> None:
    text = "In May 2020 the two sides signed a truce, but each accused the other of breaking it. They met on Monday."
    assert {t: e.background for t, e in events(text).items() if t in ("accused", "met")} == {
        "accused": True,
        "met": False,
    }


def test_what_has_lasted_since_an_old_day_is_not_background() -> None:
    found = events("Kenya has fought the rebels since 2011, when its troops crossed into Somalia.")
    assert found["fought"].background is False


def test_the_day_of_a_clause_within_is_not_the_day_of_what_it_is_about() -> None:
    found = events("Chile has condemned damage to a ship which was rammed by a trawler in May 2022.")
    assert (found["condemned"].background, found["rammed"].background) == (False, True)


def sources(text: str) -> dict[str, str | None]:
    reading = dragoman.read(text, published=DAY)
    names = {e.id: e.name for e in reading.entities}
    return {e.trigger.surface(text): names.get((e.source and e.source.entity) or "") for e in reading.events}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Police shot at farmers, killing two men, according to the bishop.", {"shot at": "the bishop"}),
        (
            "Rebels looted a shop and beat up a driver, according to the bishop.",
            {"looted": "the bishop", "beat up": "the bishop"},
        ),
        (
            "He was arrested on Sunday and, according to the bishop, badly beaten by police.",
            {"arrested": None, "beaten": "the bishop"},
        ),
        ("Spain said it would welcome Lopez, who attacked a bank in May.", {"attacked": None}),
        ("Hungary threatened to veto the plan but attacked Kenya.", {"attacked": None}),
    ],
)
def test_who_vouches(text: str, told: dict[str, str | None]) -> None:
    found = sources(text)
    assert {trigger: found.get(trigger) for trigger in told} == told


def test_a_later_day_makes_a_plan() -> None:
    found = events("The talks between Kenya and Somalia on 3 July 2025 have drawn praise.")
    assert found["talks"].status == "planned"
    assert found["talks"].interval == ("2025-07-03", "2025-07-03")


def test_a_conference_has_host_invitees_day_and_place() -> None:
    text = "Kenya will host a conference in Mombasa in early June, with delegates from Somalia and Tanzania."
    reading = dragoman.read(text, published=DAY)
    names = {e.id: e.name for e in reading.entities}
    event = next(e for e in reading.events if e.trigger.surface(text) == "conference")
    roles = {(names[p.entity], p.role.value) for p in event.participants}
    assert roles == {("Kenya", "host"), ("Somalia", "invitee"), ("Tanzania", "invitee")}
    assert (event.status, event.interval, event.country) == ("planned", ("2024-06-01", "2024-06-10"), "KEN")


def test_one_attack_told_twice_is_one() -> None:
    text = "Rebels attacked the market on May 6. The attack came at dawn."
    found = [e for e in dragoman.read(text, published=DAY).events if e.type == "ASSAULT"]
    assert len(found) == 1
    assert [s.surface(text) for s in found[0].mentions] == ["attack"]


def test_attacks_by_others_stay_apart() -> None:
    text = "Rebels attacked the market on May 6. Soldiers attacked the harbour on May 9."
    assert len([e for e in dragoman.read(text, published=DAY).events if e.type == "ASSAULT"]) == 2


def test_the_time_of_another_clause_is_not_taken() -> None:
    text = "The mayor, who was elected in 2011, said rebels attacked the market."
    assert events(text)["attacked"].interval is None


def test_without_a_day_nothing_is_dated() -> None:
    reading = dragoman.read("Kenya accused Somalia of aiding the rebels.")
    assert [e.interval for e in reading.events if e.type == "ACCUSE"] == [None]


def test_a_figure_belongs_to_its_event() -> None:
    text = "Rebels attacked the market on May 6, killing 14 people."
    reading = dragoman.read(text, published=DAY)
    figure = reading.figures[0]
    event = next(e for e in reading.events if e.id == figure.event)
    assert figure.id in event.figures
    assert figure.period == ("2024-05-06", "2024-05-06")


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Militants have pushed offensives against the army.", "offensives", "occurred"),
        ("The rebels have yet to release the crew.", "release", "did_not_happen"),
        ("No soldiers attacked the town.", "attacked", "did_not_happen"),
        ("Rebels have besieged the town for months.", "besieged", "ongoing"),
        ("The ministers of Kenya and Somalia are to meet in Oslo.", "meet", "planned"),
        ("The army rejected the allegation that soldiers had tortured prisoners.", "tortured", "denied"),
    ],
)
def test_status_that_the_clause_tells(text: str, trigger: str, status: str) -> None:
    assert events(text)[trigger].status == status


def test_days_after_another_event_are_reckoned_from_its_own_day() -> None:
    text = "The minister resigned on Friday, three days after rebels attacked the bank."
    assert events(text)["attacked"].interval == ("2024-05-07", "2024-05-07")


def test_what_goes_on_since_a_time_goes_on_up_to_the_report() -> None:
    assert events("Militants have shelled the port since March 2020.")["shelled"].interval == (
        "2020-03-01",
        "2024-05-14",
    )


def test_a_speaker_far_away_does_not_tell_where_it_was() -> None:
    text = "A spokesman at a base in Potsdam, Germany, said that Kenyan police attacked Kenyan farmers."
    assert events(text)["attacked"].country == "KEN"
