"""Accounts and who is logged in. Passwords and tokens come here as hashes only."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select, update

from dragoman.store.errors import AccountError
from dragoman.store.opening import Store
from dragoman.store.schema import ACCOUNT, SESSION


class Role(StrEnum):
    """What an account may do: look; also judge and correct; also put reports in."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account; `hash` is the argon2 hash of its password, `created` UTC, ISO 8601."""

    name: str
    role: Role
    hash: str
    created: str


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A login: `token` the hash of what the browser holds, `csrf` what its forms must send, `expires` UTC, ISO 8601."""

    token: str
    account: str
    csrf: str
    expires: str


def add_account(store: Store, account: Account) -> None:
    """Add ACCOUNT. Raises AccountError where its name is taken."""
    with store.deciding() as connection:
        if connection.execute(select(ACCOUNT.c.name).where(ACCOUNT.c.name == account.name)).first():
            raise AccountError(f"there is an account {account.name!r} already")
        connection.execute(insert(ACCOUNT), msgspec.to_builtins(account))


def change_account(store: Store, name: str, role: Role | None = None, hashed: str | None = None) -> None:
    """Give the account NAME another role or password, and end its sessions. Raises AccountError where there is none."""
    values = {k: v for k, v in (("role", role and role.value), ("hash", hashed)) if v is not None}
    with store.deciding() as connection:
        if not connection.execute(select(ACCOUNT.c.name).where(ACCOUNT.c.name == name)).first():
            raise AccountError(f"there is no account {name!r}")
        if values:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(values))
        connection.execute(delete(SESSION).where(SESSION.c.account == name))


def remove_account(store: Store, name: str) -> None:
    """Remove the account NAME and its sessions; what it judged stays. Raises AccountError where there is none."""
    with store.deciding() as connection:
        connection.execute(delete(SESSION).where(SESSION.c.account == name))
        if not connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == name)).rowcount:
            raise AccountError(f"there is no account {name!r}")


def account(store: Store, name: str) -> Account | None:
    """Return the account NAME."""
    with store.reading() as connection:
        row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.name == name)).first()
    return None if row is None else _account(row)


def accounts(store: Store) -> list[Account]:
    """Return all accounts by name."""
    with store.reading() as connection:
        rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.name)).all()
    return [_account(row) for row in rows]


def open_session(store: Store, session: Session, now: str) -> None:
    """Keep SESSION; forget those that ended before NOW (UTC, ISO 8601)."""
    with store.deciding() as connection:
        connection.execute(delete(SESSION).where(SESSION.c.expires < now))
        connection.execute(insert(SESSION), msgspec.to_builtins(session))


def session(store: Store, token: str, now: str) -> tuple[Session, Role] | None:
    """Return the session with the hash TOKEN if it has not ended by NOW, and the role of its account."""
    with store.reading() as connection:
        row = connection.execute(
            select(SESSION, ACCOUNT.c.role)
            .join(ACCOUNT, ACCOUNT.c.name == SESSION.c.account)
            .where(SESSION.c.token == token, SESSION.c.expires >= now)
        ).first()
    if row is None:
        return None
    held = Session(token=row.token, account=row.account, csrf=row.csrf, expires=row.expires)
    return held, Role(row.role)


def end_session(store: Store, token: str) -> None:
    """Forget the session with the hash TOKEN."""
    with store.deciding() as connection:
        connection.execute(delete(SESSION).where(SESSION.c.token == token))


def has_accounts(store: Store) -> bool:
    """Tell whether there is any account."""
    with store.reading() as connection:
        return bool(connection.execute(select(func.count()).select_from(ACCOUNT)).scalar_one())


def _account(row: Any) -> Account:
    return Account(name=row.name, role=Role(row.role), hash=row.hash, created=row.created)
