"""`dragoman serve`: the web app and the JSON API."""

from __future__ import annotations

import argparse

from dragoman.cli.errors import UsageError
from dragoman.cli.storing import add_store_argument, store_of

EXAMPLES = """\
examples:
  dragoman serve                                   http://127.0.0.1:8765, for this machine only
  dragoman serve --store desk.db --port 9000
  dragoman serve --read-only
  dragoman account add ana --role reviewer && dragoman serve --host 0.0.0.0 --name desk.example.org --auth

Without --auth, whoever reaches the page may judge and put reports in: it is served to this machine only.
Put a proxy that speaks TLS before it where passwords cross a network.
"""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8765, help="(8765)")
    parser.add_argument("--auth", action="store_true", help="ask for an account (`dragoman account`)")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="host name by which the pages are asked for, beside --host and localhost (may be given again)",
    )
    parser.add_argument("--read-only", action="store_true", help="refuse every change")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; return the exit status."""
    import uvicorn

    from dragoman.store.accounts import has_accounts
    from dragoman.web.app import make_app
    from dragoman.web.settings import Settings

    if options.host not in LOOPBACK and not options.auth:
        raise UsageError(f"--host {options.host} lets others in: add --auth (accounts are made by `dragoman account`)")
    hosts = (*Settings().hosts, options.host.lower(), *(name.lower() for name in options.name))
    with store_of(options) as store:
        if options.auth and not has_accounts(store):
            raise UsageError("no account is there yet; make one with `dragoman account add NAME --role admin`")
        app = make_app(store, Settings(read_only=options.read_only, auth=options.auth, hosts=hosts))
        print(f"Dragoman is at http://{options.host}:{options.port} (Ctrl-C ends it)", flush=True)
        uvicorn.run(app, host=options.host, port=options.port, log_level="warning", server_header=False)
    return 0
