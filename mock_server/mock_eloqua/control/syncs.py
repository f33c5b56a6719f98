"""Control calls: Bulk syncs that hang, go on or fail, and exports whose file is corrupt."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import Answer, OfSite
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import steering
from mock_eloqua.crm.transfer.errors import Conflict

Command = Literal["hold", "release", "fail", "corrupt"]

router = APIRouter(tags=["syncs"])


class Steered(Answer):
    """The sync as it stands when it is told."""

    uri: str
    status: str
    command: Command


@router.post(
    "/_mock/syncs/{sync_id}/{command}",
    summary="Hold a Bulk sync, release it, let it fail, or its exported rows be corrupt",
)
def steer_sync(site: OfSite, sync_id: int, command: Command) -> Steered:
    try:
        sync = steering.command(site, sync_id, command)
    except NotFound as error:
        raise HTTPException(404, str(error)) from None
    except Conflict as error:
        raise HTTPException(409, str(error)) from None
    return Steered(uri=sync.uri, status=sync.status, command=command)
