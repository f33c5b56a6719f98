"""Contacts, with the lists that one is on, what it said of the e-mail groups, and what it did."""

from __future__ import annotations

from sqlalchemy import true
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.console import objects
from mock_eloqua.console.visit import Visit, page
from mock_eloqua.crm import activities, assets, contacts, lists, subscriptions

NAME, PATH = "Contacts", "contacts"
_SHOWN = 100
"""Activities on a page."""


def contact(visit: Visit) -> Response:
    """One, with all that belongs to it."""
    key: int = visit.request.path_params["key"]
    found = contacts.get(visit.site, key)
    groups, _ = assets.find(visit.site, subscriptions.GROUP, true())
    done, happened = activities.of_contact(visit.site, key, limit=_SHOWN)
    return objects.one(
        visit,
        lists=lists.of_contact(visit.site, key),
        subscriptions=subscriptions.of_groups(visit.site, key, found.email_address, groups),
        activities=done,
        happened=happened,
    )


ROUTES = (
    Route("/contacts", page(objects.listed)),
    Route("/contacts", page(objects.create), methods=["POST"]),
    Route("/contacts/new", page(objects.new)),
    Route("/contacts/{key:int}", page(contact)),
    Route("/contacts/{key:int}", page(objects.change), methods=["POST"]),
    Route("/contacts/{key:int}/delete", page(objects.delete), methods=["POST"]),
)
