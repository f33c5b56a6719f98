"""Control calls: what left the site."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from mock_eloqua import dates
from mock_eloqua.control.call import Answer, Done, OfSite
from mock_eloqua.outgoing import MAIL, Sent

Kind = Literal["post", "mail"]

router = APIRouter(tags=["outgoing"])


class SentAnswer(Answer):
    """One thing that left, or would have."""

    number: int
    at: str
    kind: Kind
    why: str
    to: str
    subject: str
    content_type: str
    body: str
    status: int | None
    error: str


class SentPage(Answer):
    """`total` since the log was cleared, `count` that fit, and the last of these."""

    total: int
    count: int
    items: list[SentAnswer]


@router.get(
    "/_mock/outgoing", summary="What left the site, oldest first: calls to others, and mail, which is only kept"
)
async def outgoing(
    site: OfSite, *, kind: Kind | None = None, limit: Annotated[int, Query(ge=1, le=10_000)] = 1000
) -> SentPage:
    found = [each for each in site.outbox if kind in (None, each.kind)]
    return SentPage(total=site.outbox.total, count=len(found), items=[_shown(each) for each in found[-limit:]])


@router.delete("/_mock/outgoing", summary="Forget what left")
async def forget_outgoing(site: OfSite) -> Done:
    site.outbox.clear()
    return Done()


def _shown(sent: Sent) -> SentAnswer:
    return SentAnswer(
        number=sent.number,
        at=dates.iso(sent.at),
        kind="mail" if sent.kind == MAIL else "post",
        why=sent.why,
        to=sent.to,
        subject=sent.subject,
        content_type=sent.content_type,
        body=sent.body,
        status=sent.status,
        error=sent.error,
    )
