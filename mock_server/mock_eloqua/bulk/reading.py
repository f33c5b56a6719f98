"""Bodies and path parameters of Bulk calls."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer.entities import Family
from mock_eloqua.crm.transfer.entity import Entity
from mock_eloqua.web.body import BadBody, json_body, media_type
from mock_eloqua.web.call import Call
from mock_eloqua.web.headers import PARSING, SERIALIZATION

_MOST_DIGITS = 18


def path_id(call: Call, name: str = "id") -> int:
    """An id in the path.

    Raises:
        NotFound: it cannot be one.
    """
    given = call.params[name]
    if not (given.isascii() and given.isdigit()) or len(given) > _MOST_DIGITS:
        raise NotFound("object", given)
    return int(given)


def entity_of(call: Call, family: Family) -> Entity:
    """The entity that a call is about, that of the object in the path where there is one.

    Raises:
        NotFound: there is no such object.
    """
    return family.entity(call.site, path_id(call, "parentId") if family.has_parent else 0)


def check_content_type(call: Call) -> None:
    """POST and PUT have to say what they send [doc].

    Raises:
        BadBody: they do not, and a switch asks for it.
    """
    if not media_type(call)[0] and call.site.settings.missing_content_type == "error":
        raise BadBody("Bad Request")


def json_object(call: Call) -> dict[str, Any]:
    """The body as one JSON object.

    Raises:
        BadBody: it is none.
    """
    check_content_type(call)
    given = json_body(call, PARSING)
    if not isinstance(given, dict):
        raise BadBody(SERIALIZATION)
    return given
