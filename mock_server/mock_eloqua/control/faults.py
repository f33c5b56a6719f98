"""Control calls: faults that strike the calls of a site."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.exceptions import HTTPException

from mock_eloqua.control.call import Answer, Body, Done, OfSite
from mock_eloqua.trouble import Drop, Fault

router = APIRouter(tags=["trouble"])


class FaultDescription(Body):
    """Which calls, how often, and what happens to them; `trouble.Fault` says what each means."""

    face: str | None = None
    method: str | None = None
    path: str | None = None
    user: str | None = None
    after: int = 0
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    status: int | None = None
    body: str | None = None
    content_type: Annotated[str | None, Field(alias="contentType")] = None
    delay_seconds: Annotated[float, Field(alias="delaySeconds")] = 0.0
    drop: Drop | None = None
    cut_after: Annotated[int | None, Field(alias="cutAfter")] = None


class FaultAnswer(Answer):
    """A fault, how many calls it fitted, and how many of them it struck."""

    number: int
    face: str | None
    method: str | None
    path: str | None
    user: str | None
    after: int
    times: int | None
    probability: float
    seed: int
    status: int | None
    body: str | None
    content_type: str | None
    delay_seconds: float
    drop: Drop | None
    cut_after: int | None
    seen: int
    hits: int


class FaultList(Answer):
    """The faults of a site; of several that fit a call, the first strikes."""

    items: list[FaultAnswer]


@router.get("/_mock/faults", summary="The faults that strike calls, and how often they did")
async def faults(site: OfSite) -> FaultList:
    return FaultList(items=[_shown(each) for each in site.trouble])


@router.post("/_mock/faults", summary="Let calls be answered otherwise, late, broken or not at all")
def add_fault(site: OfSite, wanted: FaultDescription) -> FaultAnswer:
    with site.changing():
        return _shown(site.trouble.add(**wanted.model_dump()))


@router.delete("/_mock/faults", summary="End all faults")
def remove_faults(site: OfSite) -> Done:
    with site.changing():
        site.trouble.remove()
    return Done()


@router.delete("/_mock/faults/{number}", summary="End a fault")
def remove_fault(site: OfSite, number: int) -> Done:
    with site.changing():
        was_there = site.trouble.remove(number)
    if not was_there:
        raise HTTPException(404, f"there is no fault {number}")
    return Done()


def _shown(fault: Fault) -> FaultAnswer:
    return FaultAnswer(**{name: value for name, value in fault.saved().items() if name in FaultAnswer.model_fields})
