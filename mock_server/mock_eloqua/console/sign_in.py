"""Signing in to the console of a server that has a control token: browsers send no bearer header of their own."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mock_eloqua.console.visit import ROOT, form_of, rendered
from mock_eloqua.control.guard import COOKIE, SIGN_IN, pass_of, same

_TO = f"{ROOT}/"


async def ask(request: Request) -> Response:
    """The page that asks for the token."""
    return _asked(request.query_params.get("to", ""), 200)


async def sign_in(request: Request) -> Response:
    """A cookie that the guard takes for these pages, and on to where the caller was going."""
    typed = dict(await form_of(request))
    token: str | None = request.app.state.token
    to = typed.get("to", "")
    if token is None or not same(typed.get("token", "").strip(), token):
        return _asked(to, 403, "That is not the token.")
    answer = RedirectResponse(to if to.startswith(_TO) else ROOT, 303)
    answer.set_cookie(
        COOKIE, pass_of(token), path=ROOT, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return answer


async def sign_out(request: Request) -> Response:  # noqa: ARG001  as every route
    """Without the cookie again."""
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(COOKIE, path=ROOT)
    return answer


def _asked(to: str, status: int, problem: str = "") -> Response:
    return rendered("sign_in", status, {"to": to if to.startswith(_TO) else "", "problem": problem})


ROUTES = (
    Route("/sign-in", ask),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
)
