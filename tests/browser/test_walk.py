"""A walk through the pages as a person takes it: with keys and pointer, in light and dark, on paper and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dragoman.store.opening import Store
from dragoman.store.queries import judgement_log, records

SERIOUS = {"serious", "critical"}


def urls(store: Store) -> dict[str, str]:
    """Return the address of one page of each kind."""
    big = max(records(store), key=lambda r: (r.reports, len(r.figures)))
    return {
        "start": "/",
        "records": "/records",
        "search": "/records?text=Mogadishu",
        "timeline": "/timeline",
        "map": "/map",
        "record": f"/records/{big.id}",
        "report": f"/reports/{_report_of(store, big.claims[0].id)}",
        "actor": "/actors?name=Kenya",
        "why": f"/records/{big.id}/why",
        "review": "/review",
    }


def _report_of(store: Store, claim: str) -> str:
    from dragoman.store.looking import claims_by_id

    return claims_by_id(store, [claim])[claim].report


def test_reports_put_in_by_hand_are_found(page: Page, desk: Store, tmp_path: Path) -> None:
    text = "Gunmen killed four farmers near Bamako on Sunday, officials said."
    (tmp_path / "wire-200.txt").write_text(text, encoding="utf-8")
    page.goto("/")
    page.get_by_text("Put reports in").click()
    page.locator("#ingest input[type=file]").set_input_files(tmp_path / "wire-200.txt")
    page.locator("#ingest input[type=date]").fill("2024-06-10")
    page.locator("#ingest button").click()
    link = page.locator("#state").get_by_role("link", name="wire-200")
    expect(link).to_be_visible(timeout=60_000)
    link.click()
    expect(page.locator("#text")).to_contain_text("four farmers")
    page.get_by_label("Search records").fill("farmers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 record")


def test_filters_are_in_the_address_and_the_back_button_takes_them_off(page: Page, desk: Store) -> None:
    page.goto("/records")
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="assault").first.click()
    expect(page).to_have_url(re.compile("type=ASSAULT"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    page.go_forward()
    expect(page).to_have_url(re.compile("type=ASSAULT"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    with_filter = page.url
    page.goto("/")
    page.goto(with_filter)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)


def test_the_map_shows_records_and_filters_by_what_is_on_view(page: Page, desk: Store) -> None:
    page.goto("/map")
    expect(page.locator(".leaflet-marker-icon, .leaflet-interactive").first).to_be_visible()
    expect(page.locator(".leaflet-pane path.country")).not_to_have_count(0)
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.get_by_role("heading", name="On view")).to_be_visible()


def test_a_record_shows_what_is_contested(page: Page, desk: Store) -> None:
    page.goto(urls(desk)["record"])
    expect(page.get_by_role("heading", name="Contested")).to_be_visible()
    expect(page.get_by_role("heading", name="What each report says")).to_be_visible()
    expect(page.locator("svg circle").first).to_be_visible()
    page.get_by_role("link", name="in the report").first.click()
    expect(page.locator("#text")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Contested")).to_be_visible()


def test_judging_by_keys(page: Page, desk: Store) -> None:
    page.goto("/review")
    first = page.locator(".question:not([hidden])")
    asked = (first.get_attribute("data-left"), first.get_attribute("data-right"))
    with page.expect_response("**/judge"):
        page.keyboard.press("d")
    log = judgement_log(desk)
    assert (log[0].judgement.left, log[0].judgement.right, log[0].judgement.verdict) == (*asked, "different")
    assert (
        page.locator(".question:not([hidden])").get_attribute("data-left") != asked[0]
        or page.locator(".question:not([hidden])").get_attribute("data-right") != asked[1]
    )
    with page.expect_response("**/undo"):
        page.keyboard.press("z")
    assert judgement_log(desk)[0].undone_by is not None
    expect(page.locator(".question:not([hidden])")).to_have_attribute("data-left", asked[0] or "")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".question:not([hidden])")).to_have_attribute("data-left", asked[0] or "")


def test_keys_typed_into_a_note_judge_nothing(page: Page, desk: Store) -> None:
    page.goto("/review")
    note = page.locator(".question:not([hidden]) input[name=why]")
    note.fill("same day")
    note.press("s")
    assert not judgement_log(desk)
    expect(note).to_have_value("same days")


def test_buttons_judge_too_and_the_note_is_kept(page: Page, desk: Store) -> None:
    page.goto("/review")
    page.locator(".question:not([hidden]) input[name=why]").fill("two markets")
    with page.expect_response("**/judge"):
        page.locator(".question:not([hidden])").get_by_role("button", name="Unsure").click()
    assert judgement_log(desk)[0].judgement.why == "two markets"


def test_pointing_at_a_finding_shows_its_words(page: Page, desk: Store) -> None:
    page.goto(urls(desk)["report"])
    page.locator(".finding").first.focus()
    expect(page.locator("#text .e.on").first).to_be_visible()
    box = page.locator('[data-kind="place"]')
    box.check()
    expect(page.locator("#text")).to_have_class("article show-event show-quotation show-figure show-place")


def test_hostile_text_does_nothing(page: Page, desk: Store) -> None:
    odd = [r for r in records(desk) if any(c.report == "odd-1" for c in r.claims)]
    assert odd
    pages = [f"/records/{r.id}" for r in odd] + [f"/reports/{_report_of(desk, odd[0].claims[0].id)}", "/", "/review"]
    for url in pages:
        page.goto(url)
        page.wait_for_load_state("load")
        assert page.title() != "owned"
        assert page.locator("main img").count() == 0


def test_correcting_a_count(page: Page, desk: Store) -> None:
    url = urls(desk)["record"]
    page.goto(url)
    page.get_by_text("Correct a field").click()
    page.get_by_label("Field").select_option("status")
    page.get_by_label("Value").fill("denied")
    page.locator(".correct").get_by_label("Why").fill("the ministry says so")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator(".over .status")).to_have_text("denied")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".over .status")).to_have_text("occurred")


def test_a_printed_record_has_no_controls(page: Page, desk: Store, tmp_path: Path) -> None:
    page.goto(urls(desk)["record"])
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.get_by_role("button").first).to_be_hidden()
    expect(page.get_by_role("heading", name="What each report says")).to_be_visible()
    assert page.pdf(path=tmp_path / "record.pdf").startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, desk: Store, scheme: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = []
    for name, url in urls(desk).items():
        page.goto(url)
        page.wait_for_load_state("networkidle")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in SERIOUS:
                found.append((name, violation["id"], [n["html"][:120] for n in violation["nodes"]][:3]))
    context.close()
    assert not found


def test_nothing_is_cut_off_on_a_phone(browser: Browser, address: str, desk: Store) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for name, url in urls(desk).items():
        page.goto(url)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (name, wide)
    context.close()
