"""Control calls: what left the site."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from mock_eloqua import dates
from mock_eloqua.control.call import OfSite, as_json
from mock_eloqua.outgoing import Sent

router = APIRouter()


@router.get("/_mock/outgoing", name="What left the site, oldest first: calls to others, and mail, which is only kept")
async def outgoing(
    site: OfSite,
    *,
    kind: Annotated[str | None, Query(description="post or mail")] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    found = [each for each in site.outbox if kind in (None, each.kind)]
    return as_json({"total": site.outbox.total, "count": len(found), "items": [_shown_sent(e) for e in found[-limit:]]})


@router.delete("/_mock/outgoing", name="Forget what left")
async def forget_outgoing(site: OfSite) -> Response:
    site.outbox.clear()
    return as_json({"status": "ok"})


def _shown_sent(sent: Sent) -> dict[str, Any]:
    return {
        "number": sent.number,
        "at": dates.iso(sent.at),
        "kind": sent.kind,
        "why": sent.why,
        "to": sent.to,
        "subject": sent.subject,
        "contentType": sent.content_type,
        "body": sent.body,
        "status": sent.status,
        "error": sent.error,
    }
