"""Who may ask the page's server, and what a browser may do with its answers.

Other pages and other users of the computer can reach any local server. So an address holds a token
that nobody can guess, a request must name this server as its host (a name that somebody points at
127.0.0.1 doesn't pass) and, where it's sent by a page, as its origin.
"""

from collections.abc import Mapping
from secrets import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_REQUEST = 60_000_000
"""Bytes that a request may have."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), clipboard-read=(), clipboard-write=(self)",
}
"""What every answer says: load nothing from elsewhere, keep nothing, be in nobody's frame."""


class Guard:
    """Hands on what the page itself asks; anything else gets 403 or 413, without a word on why."""

    def __init__(self, app: ASGIApp, host: str, token: str) -> None:
        self._app = app
        self._host = host
        self._path = f"/{token}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        request = Request(scope)
        if not self._may(request):
            await PlainTextResponse("no", status_code=403)(scope, receive, guarded)
        elif not _length(request) <= LARGEST_REQUEST:
            await PlainTextResponse("too large", status_code=413)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _may(self, request: Request) -> bool:
        path = request.scope["path"][: len(self._path)]
        origin = request.headers.get("origin", "" if request.method == "POST" else f"http://{self._host}")
        return (
            compare_digest(path.encode(), self._path.encode())
            and request.headers.get("host") == self._host
            and origin == f"http://{self._host}"
            and request.headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
        )


def _length(request: Request) -> float:
    """How long a request says it is; without bounds where it doesn't say."""
    said = request.headers.get("content-length", "0" if request.method == "GET" else "")
    return int(said) if said.isascii() and said.isdigit() else float("inf")
