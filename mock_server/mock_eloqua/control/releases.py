"""Control calls: the release that a site behaves like, and single changes of others."""

from __future__ import annotations

from fastapi import APIRouter

from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.releases import CHANGES, RELEASES
from mock_eloqua.site import Site

router = APIRouter(tags=["releases"])


class ChangeAnswer(Answer):
    """What a release changed; `isOverridden` when a site has it, or not, whatever its release."""

    name: str
    release: str
    notice: str
    source: str
    is_on: bool
    is_overridden: bool


class ReleasesAnswer(Answer):
    """The release of a site, those that there are, and what each of them changed."""

    release: str
    releases: list[str]
    changes: list[ChangeAnswer]


class ReleaseSetting(Body):
    """`{"release": "20D", "changes": {"import-rule": true}}`; a change that is null is as the release has it."""

    release: str | None = None
    changes: dict[str, bool | None] | None = None


@router.get("/_mock/releases", summary="The release that a site behaves like, and what changed when")
async def releases(site: OfSite) -> ReleasesAnswer:
    return _shown(site)


@router.put("/_mock/releases", summary="Be of another release, and have single changes or not")
def set_release(site: OfSite, wanted: ReleaseSetting) -> ReleasesAnswer:
    site.behave(wanted.release, wanted.changes)
    return _shown(site)


def _shown(site: Site) -> ReleasesAnswer:
    return ReleasesAnswer(
        release=site.release,
        releases=list(RELEASES),
        changes=[
            ChangeAnswer(
                name=name,
                release=each.release,
                notice=each.notice,
                source=each.source,
                is_on=site.has(name),
                is_overridden=name in site.changes,
            )
            for name, each in CHANGES.items()
        ],
    )
