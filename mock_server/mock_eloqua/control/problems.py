"""Control calls: what a client may have passed over, and a test should not."""

from __future__ import annotations

from fastapi import APIRouter

from mock_eloqua.control.call import Answer, Done, OfSite

router = APIRouter(tags=["problems"])


class ProblemAnswer(Answer):
    """A call that Eloqua does not have, or that a threshold turned down; the same again is counted.

    `kind` is `unknown-path`, `unknown-operation`, or the name of the threshold. Work in the background that met one
    has no method and path, and status 0.
    """

    kind: str
    method: str
    path: str
    status: int
    times: int


class ProblemsAnswer(Answer):
    """The problems of a site since they were forgotten, a reset does not; the first hundred that differ."""

    items: list[ProblemAnswer]


@router.get("/_mock/problems", summary="Calls that Eloqua does not have, and those that a threshold turned down")
def problems(site: OfSite) -> ProblemsAnswer:
    items = [
        ProblemAnswer(kind=each.kind, method=each.method, path=each.path, status=each.status, times=each.times)
        for each in site.problems
    ]
    return ProblemsAnswer(items=items)


@router.delete("/_mock/problems", summary="Forget them")
async def forget_problems(site: OfSite) -> Done:
    site.problems.forget()
    return Done()
