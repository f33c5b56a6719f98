"""The countries: 2.0 only. There is a path [doc]; what it answers is inferred."""

from __future__ import annotations

from mock_eloqua.crm.countries import COUNTRIES
from mock_eloqua.rest import wire
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.parameters import USUAL, Page
from mock_eloqua.rest.resource import Extra, PageOf, Property, Shape
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

_COUNTRY = Shape(type="Country", properties=(Property("name", wire.TEXT), Property("code", wire.TEXT)))


def countries(_call: Call) -> Reply:
    """All of them on one page, in the order of their names."""
    found = [
        {"type": "Country", "id": str(key), "name": name, "code": code}
        for key, (code, name) in enumerate(COUNTRIES.items(), 1)
    ]
    return json_reply(envelope(found, Page(1, USUAL), len(found)))


OPERATIONS = (
    Extra(
        method="GET",
        path="system/countries",
        handler=countries,
        name="The countries",
        versions=("2.0",),
        sure=Sureness.DOC,
        answers={"200": "A page with all of them"},
        returns=PageOf(_COUNTRY),
    ),
)
