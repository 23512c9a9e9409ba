"""Who a report speaks of: names, noun phrases and pronouns joined into entities."""

from __future__ import annotations

import datetime

import pytest

import dragoman
from dragoman.domain.findings import Entity
from dragoman.stages.entities.likeness import distance, near


def entity(text: str, name: str, day: str = "2024-05-14") -> tuple[Entity, list[str]]:
    reading = dragoman.read(text, published=datetime.date.fromisoformat(day))
    found = next(e for e in reading.entities if e.name == name)
    return found, [m.span.surface(text) for m in found.mentions]


def test_title_name_office_and_pronoun_are_one() -> None:
    text = "The Russian foreign minister spoke first. Sergei Lavrov said he was pleased. Lavrov then left."
    found, words = entity(text, "Sergei Lavrov", "2017-02-07")
    assert words == ["The Russian foreign minister", "Sergei Lavrov", "he", "Lavrov"]
    assert (found.country, found.sector, found.role) == ("RUS", "GOV", "foreign minister")


def test_a_misspelt_name_joins() -> None:
    _, words = entity("Wanjiru Otieno spoke on Monday. Mr. Otiemo pointed to the plan.", "Wanjiru Otieno")
    assert words == ["Wanjiru Otieno", "Mr. Otiemo"]


def test_a_misspelt_name_joins_whatever_the_recognizer_takes_it_for() -> None:
    _, words = entity("Juma Otieno spoke first. Otiemo then left.", "Juma Otieno")
    assert words == ["Juma Otieno", "Otiemo"]
    _, words = entity("Hezbollah fired rockets. Hezbolah said it would fire more.", "Hezbollah")
    assert words[:2] == ["Hezbollah", "Hezbolah"]


def test_a_slip_that_fits_two_names_joins_neither() -> None:
    found, words = entity("Juma Otieno met Amina Otiero. Otiemo then left.", "Juma Otieno")
    assert words == ["Juma Otieno"]
    assert found.country is None


def test_people_of_other_countries_are_no_slips() -> None:
    text = "Kenyan President Juma Hansen met Norwegian President Ingrid Hanson. Hanson was pleased."
    names = {e.name for e in dragoman.read(text).entities}
    assert {"Juma Hansen", "Ingrid Hanson"} <= names


def test_a_counterpart_is_the_holder_of_the_same_office() -> None:
    text = (
        "The Russian foreign minister met his Afghan counterpart in Moscow. Salahuddin Rabbani said the talks went "
        "well. Lavrov agreed with Rabbani."
    )
    found, words = entity(text, "Salahuddin Rabbani", "2017-02-07")
    assert words == ["his Afghan counterpart", "Salahuddin Rabbani", "Rabbani"]
    assert (found.country, found.sector, found.role) == ("AFG", "GOV", "foreign minister")
    assert "The Russian foreign minister" in entity(text, "Lavrov", "2017-02-07")[1]


def test_a_chancellors_counterpart_may_be_a_prime_minister() -> None:
    text = "Angela Merkel met her British counterpart in Berlin. Theresa May was late. The prime minister apologised."
    _, words = entity(text, "Theresa May", "2017-02-07")
    assert words == ["her British counterpart", "Theresa May", "The prime minister"]


def test_a_leader_is_the_head_of_state_named() -> None:
    text = "President Vladimir Putin met Afghan officials. The Russian leader was pleased."
    assert "The Russian leader" in entity(text, "Vladimir Putin", "2017-02-07")[1]


def test_an_office_of_nobody_named_stays_alone() -> None:
    text = "The Russian foreign minister met his Afghan counterpart. The premier was not there."
    names = {e.name for e in dragoman.read(text, published=datetime.date(2017, 2, 7)).entities}
    assert names == {"The Russian foreign minister", "his Afghan counterpart", "The premier"}


def test_the_sector_follows_the_day_and_the_word_former() -> None:
    text = "Boris Johnson praised the plan. Former Prime Minister David Cameron did not."
    assert entity(text, "Boris Johnson", "2017-02-07")[0].sector == "GOV"
    assert entity(text, "Boris Johnson", "2024-02-07")[0].sector == "ELI"
    assert entity(text, "David Cameron", "2017-02-07")[0].sector == "ELI"


def test_two_people_of_one_name_stay_two() -> None:
    reading = dragoman.read("Bill Clinton spoke in Oslo. Hillary Clinton spoke in Rome.")
    assert {"Bill Clinton", "Hillary Clinton"} <= {e.name for e in reading.entities}


def test_a_capital_that_acts_is_its_government() -> None:
    found, words = entity("Kabul agreed to the plan. Afghanistan will sign it.", "Afghanistan")
    assert words == ["Kabul", "Afghanistan"]
    assert (found.kind, found.country, found.sector) == ("country", "AFG", "GOV")


def test_the_kin_of_a_name_is_not_the_name() -> None:
    reading = dragoman.read("President Obama met the premier. President Obama's team was pleased.")
    team = next(e for e in reading.entities if e.name.endswith("team"))
    assert all("met" not in m.span.surface(reading.report.text) for m in team.mentions)
    assert team.name != "Obama"


def test_a_month_is_no_person() -> None:
    reading = dragoman.read("On May 6 rebels attacked the market.")
    assert not [e for e in reading.entities if "May" in e.name]


def test_we_of_a_minister_is_the_government() -> None:
    text = "Kenya will rebuild the port. “We have the money,” Kenyan Foreign Minister Wanjiru Otieno said."
    _, words = entity(text, "Kenya")
    assert "We" in words


def test_near_allows_a_letter_or_two() -> None:
    assert near("lavorv", "lavrov")
    assert not near("lavrov", "markov")
    assert distance("abc", "acb") == 1


def test_an_office_written_with_a_capital_is_who_holds_it() -> None:
    text = "US President Barack Obama met miners. The President said he was pleased. Our President smiled."
    assert "The President" in entity(text, "Barack Obama", "2016-11-10")[1]


def test_a_name_takes_its_article_and_keeps_its_name() -> None:
    found, words = entity("The United Nations sent food. The envoy of the UN left.", "United Nations")
    assert words[0] == "The United Nations"
    assert found.kind == "international_organization"


def test_a_mention_reaches_over_a_short_phrase() -> None:
    text = "Soldiers from the base nearby fired on miners in a long march through Nairobi."
    assert "Soldiers from the base" in {e.name for e in dragoman.read(text).entities}


def test_ministers_of_several_countries_are_of_none() -> None:
    text = "She met the Foreign Ministers of Iran, Saudi Arabia, Egypt and Oman on Monday."
    found = next(e for e in dragoman.read(text).entities if "Ministers" in e.name)
    assert found.country is None
    forces = "German and Afghan forces fought in Kunduz."
    assert next(e for e in dragoman.read(forces).entities if "forces" in e.name).country is None


def test_groups_of_no_one_country_take_none_from_the_place() -> None:
    text = "In Syria, donor countries and our international partners met. The global coalition bombed Raqqa in Syria."
    countries = {e.name: e.country for e in dragoman.read(text).entities}
    assert countries["The global coalition"] is None
    assert countries["donor countries"] is None


def test_those_without_a_nation_are_of_the_place_or_of_the_report() -> None:
    text = "In Kenya, opposition fighters stormed a village. Juma Otieno, a local shopkeeper, hid."
    countries = {e.name: e.country for e in dragoman.read(text).entities}
    assert countries["opposition fighters"] == "KEN"
    assert countries["Juma Otieno"] == "KEN"


def test_a_mission_of_an_organization_of_states_is_of_no_country() -> None:
    found, _ = entity("Germany leads the Nato diplomatic mission in northern Afghanistan.", "Germany")
    assert found.country == "DEU"
    reading = dragoman.read("Rebels attacked the Nato diplomatic mission in northern Afghanistan.")
    mission = next(e for e in reading.entities if "mission" in e.name)
    assert (mission.kind, mission.country, mission.sector) == ("international_organization", None, "IGO")


def test_words_for_one_government_or_people_are_one() -> None:
    text = (
        "The opposition in Kenya won. The moderate opposition then split. Kenyans voted, and the Kenyan people cheered."
    )
    assert "The moderate opposition" in entity(text, "The opposition in Kenya")[1]
    assert "the Kenyan people" in entity(text, "Kenyans")[1]


def test_a_name_is_known_by_the_words_beside_it() -> None:
    text = "Mirwais Rabee, the head of the public health department in Balkh Province, spoke in Kabul."
    found, words = entity(text, "Mirwais Rabee")
    assert (found.kind, found.country, found.sector) == ("person", "AFG", "GOV")
    assert words[0] == "Mirwais Rabee"


def test_a_family_name_in_a_headline_joins_the_full_name() -> None:
    text = "Solheim pushes on with plan\nIngrid Solheim’s plan was read in Oslo. Solheim was pleased."
    assert len(entity(text, "Ingrid Solheim")[1]) == 3


def test_what_a_body_does_in_front_of_a_nation_is_not_its_own() -> None:
    reading = dragoman.read("Taliban Strike German Consulate\nRebels struck at the German consulate in Kabul.")
    consulate = next(e for e in reading.entities if e.country == "DEU")
    assert consulate.sector == "GOV"


def test_crafts_and_sites_are_mentions_only_where_they_act_or_are_acted_on() -> None:
    acted = {e.name for e in dragoman.read("The jets forced a Kenyan cargo plane to land.").entities}
    assert "a Kenyan cargo plane" in acted
    assert not {e.name for e in dragoman.read("The boy stood beside the plane.").entities} & {"the plane"}


def test_people_of_the_place_are_of_its_country() -> None:
    text = (
        "Police in Seattle fired tear gas. Two women were hurt, and a spokesman for the police saw the attackers flee."
    )
    countries = {e.name: e.country for e in dragoman.read(text).entities}
    assert countries["women"] == countries["a spokesman for the police"] == countries["the attackers"] == "USA"


@pytest.mark.parametrize("opening", ["LAMU, Kenya (Wire) -- ", "NAIROBI - ", "OSLO, May 3 — "])
def test_nobody_acts_in_a_dateline(opening: str) -> None:
    reading = dragoman.read(f"{opening}Rebels attacked a village near the border with Ethiopia on Monday.")
    assert {e.name for e in reading.entities if e.mentions[0].span.start < len(opening)} == set()


def test_a_dash_after_an_acronym_is_no_dateline() -> None:
    assert "NATO" in {e.name for e in dragoman.read("NATO - the western alliance - sent troops.").entities}


def test_a_minister_of_a_country_is_the_one_named() -> None:
    text = (
        "Kenyan Foreign Minister Juma Otieno met Norwegian Foreign Minister Ingrid Solheim. The Kenyan minister smiled."
    )
    assert "The Kenyan minister" in entity(text, "Juma Otieno")[1]


def test_a_capital_taken_for_a_person_is_its_government() -> None:
    found, words = entity("Paris and Kyiv signed a pact. Ukraine was pleased.", "Ukraine")
    assert (words, found.kind) == (["Kyiv", "Ukraine"], "country")


def test_an_officer_in_a_report_on_one_country_is_of_it() -> None:
    text = "Nigerian troops stormed a camp. General Musa Danmadami praised Nigerian pilots and the Nigerian president."
    assert entity(text, "Musa Danmadami")[0].country == "NGA"


def test_we_of_a_statement_is_the_body_that_issues_it() -> None:
    text = "The Kenyan Red Cross delivered rice to nine villages. We thank Qatar, and our staff will return."
    assert {"We", "our"} <= set(entity(text, "Kenyan Red Cross")[1])


def test_we_of_a_statement_is_nobody_on_whom_it_acts() -> None:
    text = "Russia shelled the port on Monday. We condemn Russia, and we call for talks."
    names = {e.name: [m.span.surface(text) for m in e.mentions] for e in dragoman.read(text).entities}
    assert "We" not in names["Russia"]
    assert names["We"] == ["We", "we"]


def test_we_of_a_statement_is_its_source_where_the_text_names_nobody() -> None:
    report = dragoman.read("We condemn the raid on Ghana.", source="Foreign Ministry of Norway")
    found = next(e for e in report.entities if e.name == "Foreign Ministry of Norway")
    assert (found.country, found.sector) == ("NOR", "GOV")


def test_both_sides_are_two() -> None:
    text = "Kenya signed a pact with Norway. Both countries praised it."
    assert "Both countries" in entity(text, "Kenya")[1]
    assert "Both countries" in entity(text, "Norway")[1]


def test_authorities_are_their_country_but_a_shadow_government_is_not() -> None:
    text = "Kenya closed the port. The Kenyan authorities gave no reason. The Kenyan shadow government objected."
    assert entity(text, "Kenya")[1] == ["Kenya", "The Kenyan authorities"]


def test_a_place_where_something_is_names_nobody() -> None:
    names = {e.name for e in dragoman.read("Kenyan police met miners in Kisumu.").entities}
    assert "Kisumu" not in names


def test_somebodys_soldiers_are_of_his_country() -> None:
    assert entity("Kenya shut the border. Its police fired on miners.", "Its police")[0].country == "KEN"


@pytest.mark.parametrize(
    ("text", "name", "sector", "role"),
    [
        ("UN Secretary-General Juma Otieno condemned the raid.", "Juma Otieno", "IGO", "secretary general"),
        ("Capt. Jairo Benavides was freed on Friday.", "Jairo Benavides", "MIL", "captain"),
        ("MP Grace Auma urged the police to leave.", "Grace Auma", "LEG", "member of parliament"),
        ("Col. Jean Mboma left the hall.", "Jean Mboma", "MIL", "colonel"),
    ],
)
def test_hyphens_and_points_do_not_cut_titles(text: str, name: str, sector: str, role: str) -> None:
    found, _ = entity(text, name)
    assert (found.sector, found.role) == (sector, role)


def test_a_nameless_document_is_nobody() -> None:
    reading = dragoman.read("The Resolution demanded full access.", published=datetime.date(2024, 5, 14))
    assert not reading.entities


def test_an_agency_or_attacker_is_not_of_the_scene() -> None:
    text = "Afghan police found the gunman in Kabul. Afghan soldiers left. Kenyan nurses stayed. Reuters was told."
    reading = dragoman.read(text, published=datetime.date(2024, 5, 14))
    countries = {e.name: e.country for e in reading.entities}
    assert countries["Reuters"] is None


def test_most_of_a_report_gives_the_country_of_a_minister() -> None:
    text = (
        "Afghan police left Kabul. Afghan soldiers stayed. Kenyan nurses, "
        "Swedish drivers and Norwegian doctors came to Kabul. "
        "Interior Minister Tamim Rasul thanked them."
    )
    found, _ = entity(text, "Tamim Rasul")
    assert found.country == "AFG"
