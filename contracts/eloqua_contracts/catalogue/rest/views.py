"""Views: choices of fields that contacts and accounts are shown with (`rest` 4)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest.answers import BOTH, listed
from eloqua_contracts.catalogue.rest.segments import by_country, calculate, segment
from eloqua_contracts.catalogue.rest.things import contact
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_VIEWS = "/API/REST/1.0/assets/contact/views"
_FIELDS = {"firstName": "C_FirstName", "country": "C_Country", "fax": "C_Fax"}


def _declare_read(kind: str) -> None:
    def check(pod: Pod) -> None:
        (view,) = listed(pod.rest("GET", f"/assets/{kind}/views", count=1))
        there = pod.rest("GET", f"/assets/{kind}/view/{view['id']}").expect(200).json()
        told = there["type"], there["id"], there["name"]
        wanted = (f"{kind.capitalize()}View", view["id"], view["name"])
        expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)

    check.__doc__ = f"A view of {kind}s that is listed is read by its id."
    contract(f"rest.{kind}-view.read", sure=Sure.CLIENT, source="rest 4", versions=("1.0",))(check)


for _kind in ("contact", "account"):
    _declare_read(_kind)


@contract("rest.contact.by-view", sure=Sure.DOC, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def a_view_limits_what_is_shown(pod: Pod) -> None:
    """With `viewId` a contact is shown with those of its fields that the view has."""
    values = {"firstName": "Ada", "country": "Nowhere", "fax": "7"}
    made = contact(pod, **values)
    views = listed(pod.signed("GET", _VIEWS, params={"count": 50, "depth": "complete"}))
    view = min(views, key=lambda each: len(each["fields"]))

    there = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete", viewId=view["id"]).expect(200).json()

    fields = {each["internalName"] for each in view["fields"]}
    wanted = {name: value for name, value in values.items() if _FIELDS[name] in fields}
    told = {name: value for name, value in there.items() if name in values}
    expect(that=told == wanted, otherwise=f"of these it shows {wanted}", found=told)


@contract("rest.contact-view.members", sure=Sure.CLIENT, source="rest 4", versions=["2.0"], needs=[Need.WRITES])
def members_are_shown_as_a_view_has_them(pod: Pod) -> None:
    """The members of a segment are listed as a view shows them, and so are those of its filter: fields as keys."""
    country = pod.name("country")
    inside = contact(pod, country=country)
    made = segment(pod, by_country(country))
    calculate(pod, made["id"])
    (view,) = listed(pod.signed("GET", _VIEWS, params={"count": 1}))

    for path in (f"segment/{made['id']}", f"filter/{made['elements'][0]['filter']['id']}"):
        (there,) = listed(pod.rest("GET", f"/data/contact/view/{view['id']}/contacts/{path}"))
        told = there["contactId"], there["currentStatus"]
        wanted = inside["id"], "Awaiting action"
        expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
        fields = [name for name in there if name.startswith("C_")]
        expect(that=bool(fields), otherwise="fields of the contact are keys", found=list(there))
