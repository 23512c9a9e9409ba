"""`dragoman account`: who may log in to the web app."""

from __future__ import annotations

import argparse
import getpass
import sys

from dragoman.cli.errors import UsageError
from dragoman.cli.storing import add_store_argument, store_of
from dragoman.store.accounts import Role

EXAMPLES = """\
examples:
  dragoman account add ana --role reviewer          asks for a password
  dragoman account change ana --role admin          ends the sessions of ana
  dragoman account change ana --password
  dragoman account remove ana
  dragoman account list

roles: reader looks; reviewer also judges and corrects; admin also puts reports in.
Passwords are kept as argon2id hashes. --password-stdin reads one line instead of asking.
"""
LONGEST = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("action", choices=["add", "change", "remove", "list"])
    parser.add_argument("account", nargs="?", metavar="NAME")
    parser.add_argument("--role", choices=[r.value for r in Role], help="(reader)")
    parser.add_argument("--password", action="store_true", help="with change: ask for a new password")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Do what was asked; return the exit status."""
    from dragoman.store import accounts

    if options.action == "list":
        with store_of(options) as store:
            for found in accounts.accounts(store):
                print(f"{found.name}  {found.role.value}  since {found.created}")
        return 0
    name = options.account
    if not name or not name.isprintable() or len(name) > LONGEST:
        raise UsageError(f"name an account, of at most {LONGEST} characters")
    if options.action == "remove":
        with store_of(options) as store:
            accounts.remove_account(store, name)
        print(f"removed {name}")
    elif options.action == "change":
        hashed = _hashed(options) if options.password or options.password_stdin else None
        role = Role(options.role) if options.role else None
        if hashed is None and role is None:
            raise UsageError("say what to change: --role, --password or both")
        with store_of(options) as store:
            accounts.change_account(store, name, role, hashed)
        print(f"changed {name}")
    else:
        _add(options, name)
    return 0


def _add(options: argparse.Namespace, name: str) -> None:
    from dragoman.store.accounts import Account, add_account
    from dragoman.store.moments import now

    made = Account(name=name, role=Role(options.role or "reader"), hash=_hashed(options), created=now())
    with store_of(options) as store:
        add_account(store, made)
    print(f"added {name}, {made.role.value}")


def _hashed(options: argparse.Namespace) -> str:
    from dragoman.web.auth.passwords import hash_password

    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass("password: ")
        if getpass.getpass("again: ") != password:
            raise UsageError("the two are not the same; nothing was changed")
    try:
        return hash_password(password)
    except ValueError as error:
        raise UsageError(str(error)) from error
