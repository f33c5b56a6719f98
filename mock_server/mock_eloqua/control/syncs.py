"""Control calls: Bulk syncs that hang, go on or fail."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import OfSite, as_json
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import steering
from mock_eloqua.crm.transfer.errors import Conflict

router = APIRouter()


@router.post("/_mock/syncs/{sync_id}/{command}", name="Hold a Bulk sync where it is, release it, or let it fail")
def steer(site: OfSite, sync_id: int, command: Literal["hold", "release", "fail"]) -> Response:
    try:
        sync = steering.command(site, sync_id, command)
    except NotFound as error:
        raise HTTPException(404, str(error)) from None
    except Conflict:
        raise HTTPException(409, f"sync {sync_id} has ended") from None
    return as_json({"uri": sync.uri, "status": sync.status, "command": command})
