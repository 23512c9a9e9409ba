"""Accounts, roles, tokens of forms, and slowing down who guesses."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from dragoman.cli.main import main
from dragoman.store.accounts import Role, account
from dragoman.store.opening import Store, open_store
from dragoman.store.queries import judgement_log, records
from dragoman.web.app import make_app
from dragoman.web.auth.guessing import Guesses, Limit
from dragoman.web.auth.identity import COOKIE
from dragoman.web.auth.passwords import hash_password, matches
from web.conftest import PASSWORD, token_of


def log_in(client: TestClient, name: str, password: str = PASSWORD, back: str = "/review") -> int:
    return client.post("/login", data={"name": name, "password": password, "back": back}).status_code


def judged(client: TestClient, store: Store, **more: str) -> int:
    record = next(r for r in records(store) if r.reports == 2)
    form = {"left": record.claims[0].id, "right": record.claims[1].id, "verdict": "same", **more}
    return client.post("/judge", data=form).status_code


def test_nothing_is_shown_before_the_login(guarded: TestClient, store: Store) -> None:
    for url in ("/", "/review", f"/records/{records(store)[0].id}"):
        answer = guarded.get(url)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?back=%2F")
    assert guarded.get("/api/v1/records").status_code == 401
    assert guarded.get("/api/v1/openapi.json").status_code == 401
    assert guarded.post("/judge").status_code == 401


def test_roles_may_what_they_may(guarded: TestClient, store: Store) -> None:
    assert log_in(guarded, "rita") == 303
    assert judged(guarded, store, csrf=token_of(guarded)) == 403
    assert 'action="/judge"' not in guarded.get("/review").text
    guarded.cookies.clear()
    assert log_in(guarded, "vera") == 303
    assert judged(guarded, store, csrf=token_of(guarded)) == 303
    assert judgement_log(store)[0].judgement.who == "vera"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(guarded: TestClient) -> None:
    answer = guarded.post("/login", data={"name": "vera", "password": PASSWORD})
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=lax" in told


def test_logging_out_ends_the_session_for_good(guarded: TestClient) -> None:
    log_in(guarded, "vera")
    held = guarded.cookies[COOKIE]
    assert guarded.post("/logout", data={"csrf": token_of(guarded)}).status_code == 303
    guarded.cookies.clear()
    guarded.cookies.set(COOKIE, held)
    assert guarded.get("/review").status_code == 303


def test_a_wrong_password_gives_nothing_away_and_soon_waits(guarded: TestClient) -> None:
    answers = [guarded.post("/login", data={"name": n, "password": "wrong" * 3}) for n in ("vera", "nobody")]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].text == answers[1].text
    for _ in range(5):
        last = guarded.post("/login", data={"name": "vera", "password": "wrong" * 3})
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0
    assert log_in(guarded, "vera") == 429
    assert log_in(guarded, "rita") == 303


def test_every_change_asks_for_the_token(client: TestClient, store: Store) -> None:
    app = make_app(store)
    posts = [r.path for r in app.routes if isinstance(r, Route) and "POST" in (r.methods or ())]
    assert "/judge" in posts
    assert any(isinstance(r, Mount) for r in app.routes)
    for path in posts:
        if path != "/login":
            assert client.post(path, data={"csrf": "guessed"}).status_code == 403, path
            assert client.post(path).status_code == 403, path


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_another_site_changes_nothing(client: TestClient, store: Store, headers: dict[str, str]) -> None:
    token = token_of(client)
    record = next(r for r in records(store) if r.reports == 2)
    ids = {"left": record.claims[0].id, "right": record.claims[1].id, "verdict": "same"}
    assert client.post("/judge", data={**ids, "csrf": token}, headers=headers).status_code == 403
    assert client.post("/api/v1/judgements", json=ids, headers=headers).status_code == 403
    assert client.delete("/api/v1/judgements/last", headers=headers).status_code == 403
    assert not judgement_log(store)


def test_a_session_of_another_role_ends_with_the_change(guarded: TestClient, store: Store) -> None:
    log_in(guarded, "vera")
    assert main(["account", "change", "vera", "--role", "reader", "--store", store.where]) == 0
    assert guarded.get("/review").status_code == 303
    found = account(store, "vera")
    assert found is not None
    assert found.role is Role.READER


def test_passwords() -> None:
    hashed = hash_password(PASSWORD)
    assert hashed.startswith("$argon2id$")
    assert matches(hashed, PASSWORD)
    assert not matches(hashed, PASSWORD + " ")
    assert not matches(None, "no account has this password")
    assert not matches("not a hash", PASSWORD)
    with pytest.raises(ValueError, match="at least 10"):
        hash_password("short")


def test_guesses_wait_and_are_forgotten() -> None:
    now = [0.0]
    guesses = Guesses(Limit(tries=2, seconds=60), lambda: now[0], most_keys=2)
    guesses.note("a")
    assert guesses.wait("a") == 0
    guesses.note("a")
    assert guesses.wait("a") == 60
    now[0] = 59.5
    assert guesses.wait("a") == 1
    now[0] = 61
    assert guesses.wait("a") == 0
    for key in "abc":
        guesses.note(key)
        guesses.note(key)
    assert [guesses.wait(k) > 0 for k in "abc"] == [False, True, True]


def test_accounts_from_the_command_line(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--store", f"{tmp_path}/a.db"]
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    assert main(["account", "add", "ana", "--role", "reviewer", *where]) == 0
    assert main(["account", "add", "ana", *where]) == 2
    assert main(["account", "list", *where]) == 0
    assert "ana  reviewer" in capsys.readouterr().out
    with open_store(where[1]) as store:
        found = account(store, "ana")
    assert found is not None
    assert PASSWORD not in found.hash
    assert main(["account", "remove", "ana", *where]) == 0
    assert main(["account", "remove", "ana", *where]) == 2


def test_others_are_let_in_with_accounts_only(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", f"{tmp_path}/a.db"]
    assert main(["serve", "--host", "0.0.0.0", *where]) == 2
    assert "--auth" in capsys.readouterr().err
    assert main(["serve", "--host", "0.0.0.0", "--auth", *where]) == 2
    assert "account add" in capsys.readouterr().err
