"""The page and what it asks, as an ASGI application. It keeps nothing between two requests."""

import json
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from postcheck.errors import PostcheckError
from postcheck.page.guard import Guard
from postcheck.page.reviewing import Reviewer, Writing, told

Tell = Callable[[type[BaseException], TracebackType | None], None]
"""Tells the user of an error that nobody expected, without its message."""

_Endpoint = Callable[[Request], Awaitable[Response]]


def app(reviewer: Reviewer, host: str, token: str, tell: Tell) -> Guard:
    """The application. Drafts are checked on the thread of the event loop, where rules' limits of time hold."""

    async def setting(request: Request) -> Mapping[str, Any]:
        return reviewer.setting()

    async def check(request: Request) -> Mapping[str, Any]:
        return reviewer.check(Writing.of(await request.body()))

    async def safe(request: Request) -> Mapping[str, Any]:
        return reviewer.safe(Writing.of(await request.body()))

    async def read(request: Request) -> Mapping[str, Any]:
        return reviewer.read(await request.body(), request.query_params.get("name", ""))

    def answering(answer: Callable[[Request], Awaitable[Mapping[str, Any]]]) -> _Endpoint:
        async def endpoint(request: Request) -> Response:
            try:
                return _json(await answer(request))
            except PostcheckError as error:
                return _json(told(error), 422)
            except Exception as error:
                tell(type(error), error.__traceback__)
                return _json({"problems": ["postcheck failed and its terminal tells where; nothing was judged"]}, 500)

        return endpoint

    static = StaticFiles(directory=Path(str(files("postcheck.page") / "static")), html=True)
    routes = [
        Route("/setting", answering(setting)),
        Route("/check", answering(check), methods=["POST"]),
        Route("/safe", answering(safe), methods=["POST"]),
        Route("/read", answering(read), methods=["POST"]),
        Mount("/", static),
    ]
    return Guard(Starlette(routes=[Mount(f"/{token}", routes=routes)]), host, token)


def _json(content: Mapping[str, Any], status: int = 200) -> Response:
    """An answer in ASCII, since a draft may hold what UTF-8 can't write."""
    return Response(json.dumps(content), status, media_type="application/json")
