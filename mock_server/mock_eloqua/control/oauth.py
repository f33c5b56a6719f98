"""Control calls: the apps that ask for tokens, and what they were given. No secret is shown."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.exceptions import HTTPException

from mock_eloqua import dates
from mock_eloqua.access import clients, tokens, users
from mock_eloqua.access.clients import BadClient, Client, Outcome
from mock_eloqua.access.tokens import Kind, State, Token
from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site

router = APIRouter(tags=["oauth"])


class ClientAnswer(Answer):
    """An app. `nextRefresh` is what its next refresh is made to come to; null: it is as any other."""

    id: str
    name: str
    redirect_uri: str
    next_refresh: Outcome | None


class ClientPage(Answer):
    """The apps of the site; a seed adds to them."""

    items: list[ClientAnswer]


class ClientState(Body):
    """`{"nextRefresh": "lost"}`: new tokens in an answer that never arrives; `refused`; null: as any other."""

    redirect_uri: Annotated[str | None, Field(alias="redirectUri")] = None
    next_refresh: Annotated[Outcome | None, Field(alias="nextRefresh")] = None


class TokenAnswer(Answer):
    """A code or token that was given out. `expiresAt` is null where it does not expire."""

    id: int
    kind: Kind
    client_id: str
    user: str | None
    issued_at: str
    expires_at: str | None
    state: State


class TokenPage(Answer):
    """What was given out, oldest first, the ended ones too."""

    items: list[TokenAnswer]


class TokenState(Body):
    """`{"state": "revoked"}` or `{"state": "expired"}`."""

    state: Literal["revoked", "expired"]


@router.get("/_mock/oauth/clients", summary="The apps that may ask for tokens")
def get_clients(site: OfSite) -> ClientPage:
    return ClientPage(items=[_client(each) for each in clients.everyone(site).values()])


@router.put("/_mock/oauth/clients/{client_id}", summary="Move an app to another address, or break its next refresh")
def set_client(site: OfSite, client_id: str, wanted: ClientState) -> ClientAnswer:
    if client_id not in clients.everyone(site):
        raise HTTPException(404, unknown("client", client_id, clients.everyone(site)))
    values = wanted.model_dump(include=wanted.model_fields_set)
    if values.get("redirect_uri", "") is None:
        raise BadClient("redirectUri is a URL")
    if values:
        clients.change(site, client_id, **values)
    return _client(clients.everyone(site)[client_id])


@router.get("/_mock/oauth/tokens", summary="Codes and tokens, without their texts")
def get_tokens(site: OfSite) -> TokenPage:
    return TokenPage(items=[_token(site, each) for each in tokens.every(site)])


@router.put("/_mock/oauth/tokens/{token_id}", summary="Revoke a code or token, or let it expire")
def set_token(site: OfSite, token_id: int, wanted: TokenState) -> TokenAnswer:
    _get(site, token_id)
    (tokens.revoke if wanted.state == "revoked" else tokens.expire)(site, token_id)
    return _token(site, _get(site, token_id))


def _get(site: Site, token_id: int) -> Token:
    found = next((each for each in tokens.every(site) if each.id == token_id), None)
    if found is None:
        raise HTTPException(404, f"there is no token {token_id}; GET /_mock/oauth/tokens lists them")
    return found


def _client(client: Client) -> ClientAnswer:
    return ClientAnswer(
        id=client.client_id, name=client.name, redirect_uri=client.redirect_uri, next_refresh=client.next_refresh
    )


def _token(site: Site, token: Token) -> TokenAnswer:
    user = users.by_id(site, token.user_id)
    return TokenAnswer(
        id=token.id,
        kind=token.kind,
        client_id=token.client_id,
        user=None if user is None else user.name,
        issued_at=dates.iso(token.issued_at),
        expires_at=None if token.expires_at is None else dates.iso(token.expires_at),
        state=token.state(site.clock.now()),
    )
