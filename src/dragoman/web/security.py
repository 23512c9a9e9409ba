"""What every answer carries, and which hosts the app answers for."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
"""No inline script or style and no other host: text of a report that gets past the escaping still does nothing."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Puts HEADERS on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)


class HostCheck:
    """Answers only where the app is asked for by one of its names: another name may be a page that rebinds its own."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with status 400."""
        if scope["type"] == "http":
            given = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
            if "*" not in self.hosts and _name(given) not in self.hosts:
                await PlainTextResponse("unknown host\n", status_code=400)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _name(host: str) -> str:
    """Return a Host header without its port."""
    return host.lower() if host.endswith("]") else host.rsplit(":", 1)[0].lower() if ":" in host else host.lower()
