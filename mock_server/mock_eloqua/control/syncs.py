"""Control calls: Bulk syncs that hang, go on or fail."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import Answer, OfSite
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import steering
from mock_eloqua.crm.transfer.errors import Conflict

Command = Literal["hold", "release", "fail"]

router = APIRouter(tags=["syncs"])


class Steered(Answer):
    """The sync as it stands when it is told."""

    uri: str
    status: str
    command: Command


@router.post("/_mock/syncs/{sync_id}/{command}", summary="Hold a Bulk sync where it is, release it, or let it fail")
def steer_sync(site: OfSite, sync_id: int, command: Command) -> Steered:
    try:
        sync = steering.command(site, sync_id, command)
    except NotFound as error:
        raise HTTPException(404, str(error)) from None
    except Conflict:
        raise HTTPException(409, f"sync {sync_id} has ended") from None
    return Steered(uri=sync.uri, status=sync.status, command=command)
