"""Favourites of the calling user, by kind of asset (2.0) [client]."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlalchemy import and_

from mock_eloqua.crm import favorites, scores
from mock_eloqua.rest import parameters
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.resource import LISTING, Extra, PageOf, ResourceType, Shape
from mock_eloqua.rest.resources import resource_types
from mock_eloqua.rest.writing import listed
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

_PATHS = {
    "campaign": "Campaign",
    "contact/segment": "ContactSegment",
    "contact/scoring/model": scores.MODEL,
    "email": "Email",
    "form": "Form",
    "landingPage": "LandingPage",
    "program": "Program",
}


@cache
def _model() -> ResourceType:
    """Scoring models, which are read as favourites only; they tell what every asset does [inferred]."""
    return asset(scores.MODEL, "assets/contact/scoring/model")


def _find(kind: str) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        query = call.query()
        page, resource = parameters.page_of(call.site, query), _type(kind)
        records, total = resource.repository.find(
            call.site,
            and_(favorites.of_user(call.user.id, kind), parameters.condition_of(resource, call.site, query)),
            order_by=parameters.order_of(resource, call.site, query),
            offset=page.offset,
            limit=page.size,
        )
        depth = parameters.depth_of(query, resource.list_depth)
        return json_reply(envelope(listed(resource, call.site, list(records), depth, "2.0", call.user), page, total))

    return handle


def _type(kind: str) -> ResourceType:
    return next(each for each in (*resource_types(), _model()) if each.type == kind)


_SHAPE = Shape(type=scores.MODEL, properties=tuple(each for each in _model().properties if "2.0" in each.versions))

OPERATIONS = tuple(
    Extra(
        method="GET",
        path=f"assets/favorite/{path}",
        handler=_find(kind),
        name=f"The favourites of the caller: {kind}",
        versions=("2.0",),
        sure=Sureness.CLIENT,
        query=LISTING,
        returns=PageOf(_SHAPE if kind == _SHAPE.type else kind),
    )
    for path, kind in _PATHS.items()
)
