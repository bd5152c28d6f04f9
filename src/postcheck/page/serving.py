"""The page's server: on 127.0.0.1 alone, at an address that can't be guessed, until nobody asks any more."""

import asyncio
import socket
from collections.abc import Callable
from secrets import token_urlsafe
from time import monotonic

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from postcheck.page.app import Tell, app
from postcheck.page.reviewing import Reviewer

_LOOK = 0.5
"""Seconds between two looks whether anybody still asks."""


def serve(reviewer: Reviewer, idle: float, tell: Tell, announce: Callable[[str], None]) -> None:
    """Serve the page until no request has come for `idle` seconds. `announce` is told its address.

    Raises `OSError` where there is no port to be had, and `KeyboardInterrupt` when the user ends it.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        token = token_urlsafe(32)
        watched = _Watched(app(reviewer, host, token, tell))
        config = uvicorn.Config(
            watched,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        asyncio.run(
            _serve(uvicorn.Server(config), listening, watched, idle, lambda: announce(f"http://{host}/{token}/"))
        )


class _Watched:
    """An application, and when it was last asked, in seconds of a clock that never goes back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.asked = monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        self.asked = monotonic()
        await self._app(scope, receive, send)


async def _serve(
    server: uvicorn.Server, listening: socket.socket, watched: _Watched, idle: float, ready: Callable[[], None]
) -> None:
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0)
    telling = asyncio.ensure_future(asyncio.to_thread(ready))  # a browser may take its time, and asks meanwhile
    while not serving.done():
        server.should_exit = server.should_exit or monotonic() - watched.asked > idle
        await asyncio.wait([serving], timeout=_LOOK)
    await asyncio.gather(serving, telling)
