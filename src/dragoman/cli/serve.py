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
"""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.epilog = EXAMPLES
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8765, help="(8765)")
    parser.add_argument("--read-only", action="store_true", help="refuse every change")
    add_store_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; return the exit status."""
    import uvicorn

    from dragoman.web.app import make_app
    from dragoman.web.settings import Settings

    if options.host not in LOOPBACK:
        raise UsageError("--host beyond this machine needs accounts, which are not there yet")
    with store_of(options) as store:
        app = make_app(store, Settings(read_only=options.read_only))
        print(f"Dragoman is at http://{options.host}:{options.port} (Ctrl-C ends it)", flush=True)
        uvicorn.run(app, host=options.host, port=options.port, log_level="warning", server_header=False)
    return 0
