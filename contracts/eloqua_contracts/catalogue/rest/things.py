"""What contracts of REST make to have something to ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eloqua_contracts.pod import Pod

Thing = dict[str, Any]
HTML = "<html><head></head><body><p>Hello</p></body></html>"


def contact(pod: Pod, **values: Any) -> Thing:
    """A contact with an address of its own."""
    made: Thing = pod.made("/data/contact", {"emailAddress": pod.address(), **values})
    return made


def contact_list(pod: Pod, **values: Any) -> Thing:
    """A contact list."""
    made: Thing = pod.made("/assets/contact/list", {"name": pod.name("list"), **values})
    return made


def contact_field(pod: Pod, data_type: str = "text", **values: Any) -> Thing:
    """A contact field."""
    kinds = {"dataType": data_type, "displayType": "text", "updateType": "always"}
    made: Thing = pod.made("/assets/contact/field", {"name": pod.name("field"), **kinds, **values})
    return made


def value_of(thing: Thing, field: str) -> Any:
    """What an object has in its field values for the id of a field; None where it has nothing."""
    return next((each.get("value") for each in thing["fieldValues"] if each["id"] == field), None)


def landing_page(pod: Pod, **values: Any) -> Thing:
    """A landing page."""
    html = {"type": "RawHtmlContent", "html": HTML}
    made: Thing = pod.made("/assets/landingPage", {"name": pod.name("page"), "htmlContent": html, **values})
    return made


def email_group(pod: Pod, **values: Any) -> Thing:
    """An e-mail group, whose one landing page says goodbye and welcome."""
    page = landing_page(pod)["id"]
    pages = {"subscriptionLandingPageId": page, "unsubscriptionLandingPageId": page}
    made: Thing = pod.made("/assets/email/group", {"name": pod.name("group"), **pages, **values})
    return made


def custom_object(pod: Pod, *fields: Thing, **values: Any) -> Thing:
    """A custom object with fields of these kinds (name, and dataType where it is no text), named by temporary ids."""
    kinds = {"type": "CustomObjectField", "dataType": "text", "displayType": "text"}
    numbered = [{**kinds, "id": str(-place), **each} for place, each in enumerate(fields, 1)]
    made: Thing = pod.made("/assets/customObject", {"name": pod.name("object"), "fields": numbered, **values})
    return made


def field_values(thing: Thing, **texts: str) -> list[Thing]:
    """Values of a custom object's fields, by the names of the fields."""
    keys = {each["name"]: each["id"] for each in thing["fields"]}
    return [{"type": "FieldValue", "id": keys[name], "value": text} for name, text in texts.items()]


def values_of(record: Thing, thing: Thing) -> dict[str, str]:
    """What a record of a custom object has, by the names of the fields; blank ones left out."""
    names = {each["id"]: each["name"] for each in thing["fields"]}
    return {names[each["id"]]: each["value"] for each in record["fieldValues"] if each.get("value")}


def eventually(pod: Pod, look: Callable[[], bool]) -> bool:
    """Is it so within a minute? What is done after an answer takes its time."""
    for pause in (0.2, 1.0, 3.0, 10.0, 20.0, 30.0):
        if look():
            return True
        pod.wait(pause)
    return look()
