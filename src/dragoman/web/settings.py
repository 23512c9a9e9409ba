"""How the app is run."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What `dragoman serve` was told.

    `read_only` refuses every change. `auth` asks for an account; without it whoever reaches the app may do all, which
    is why it then listens on loopback only. `hosts` are the names by which the app may be asked for.
    """

    read_only: bool = False
    auth: bool = False
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    actors: tuple[str, ...] = ()
