r"""One contact, created through SOAP, read through REST, exported through Bulk; then two refusals.

`python examples/one_contact_three_doors.py [--base-url http://127.0.0.1:8080]`, as often as you like.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import zeep
import zeep.exceptions
from zeep.wsse.username import UsernameToken

SITE, PASSWORD = "MockCo", "s3cret"
BASE = {"ID": 0, "Name": "Contact", "Type": "Base"}
BULK = "/API/Bulk/2.0"
FIELDS = {
    "address": "{{Contact.Field(C_EmailAddress)}}",
    "first": "{{Contact.Field(C_FirstName)}}",
    "last": "{{Contact.Field(C_LastName)}}",
}


class Surprise(Exception):
    """A door says something else than expected; the text is one line."""


def soap(base_url: str, user: str) -> Any:
    """The operations of `Service.svc`, made from its description, for one user."""
    token = UsernameToken(f"{SITE}\\{user}", PASSWORD)
    return zeep.Client(f"{base_url}/API/1.2/Service.svc?wsdl", wsse=token).service


def entity(address: str) -> dict[str, Any]:
    """A contact as SOAP wants it."""
    values = {"C_EmailAddress": address, "C_FirstName": "Ada", "C_LastName": "Lovelace"}
    fields = [{"InternalName": name, "Value": value} for name, value in values.items()]
    return {"EntityType": BASE, "FieldValueCollection": {"EntityFields": fields}, "Id": 0}


def create_through_soap(base_url: str, address: str) -> int:
    """The id of the new contact."""
    (result,) = soap(base_url, "api.user").Create(entities={"DynamicEntity": [entity(address)]})
    if result.ID <= 0:
        raise Surprise(f"SOAP Create answers {result}")
    print("One contact, three doors:")
    say("SOAP Create", f"contact {result.ID} for {address}")
    return int(result.ID)


def read_through_rest(client: httpx2.Client, contact_id: int) -> None:
    """GET of one."""
    found = expect(client.get(f"/API/REST/1.0/data/contact/{contact_id}"), 200).json()
    say(f"REST GET contact {contact_id}", f"{found['firstName']} {found['lastName']}, {found['emailAddress']}")


def export_through_bulk(client: httpx2.Client, address: str) -> None:
    """Define, sync, read, tidy up."""
    wanted = {"name": "three doors", "fields": FIELDS, "filter": f"'{FIELDS['address']}' = '{address}'"}
    uri = expect(client.post(f"{BULK}/contacts/exports", json=wanted), 201).json()["uri"]
    run = expect(client.post(f"{BULK}/syncs", json={"syncedInstanceUri": uri}), 201).json()
    while run["status"] in ("pending", "active"):
        time.sleep(0.05)
        run = expect(client.get(BULK + run["uri"]), 200).json()
    (row,) = expect(client.get(f"{BULK}{run['uri']}/data"), 200).json()["items"]
    expect(client.delete(BULK + uri), 204)
    say(f"Bulk export, {run['status']}", f"{row['first']} {row['last']}, {row['address']}")


def show_missing_rights(base_url: str) -> None:
    """`api.only` may sign in, but not write: every door says so in its own way."""
    print("\nThe same attempt by api.only, who may read but not write:")
    address = fresh_address()
    (result,) = soap(base_url, "api.only").Create(entities={"DynamicEntity": [entity(address)]})
    errors = result.Errors.Error if result.Errors else []
    if [each.ErrorCode for each in errors] != ["UnauthorizedAction"]:
        raise Surprise(f"SOAP Create by api.only answers {result}")
    say("SOAP Create", f"200, {errors[0].ErrorCode}: {errors[0].Message}")
    with signed_in(base_url, "api.only") as client:
        answer = client.post("/API/REST/1.0/data/contact", json={"emailAddress": address})
        say("REST POST contact", told(expect(answer, 403)))
        answer = client.post(f"{BULK}/contacts/imports", json={"name": "no", "fields": FIELDS})
        say("Bulk POST import", told(expect(answer, 401)))


def show_threshold(client: httpx2.Client, contact_id: int) -> None:
    """With no call a second left, the next one is a 429; the threshold is put back afterwards."""
    print("\nThe same read with the threshold rest-pace reached:")
    with exhausted(client, "rest-pace"):
        answer = client.get(f"/API/REST/1.0/data/contact/{contact_id}")
        say(f"REST GET contact {contact_id}", told(expect(answer, 429)))


@contextmanager
def exhausted(client: httpx2.Client, name: str) -> Iterator[None]:
    """A threshold that lets nobody through."""
    found = expect(client.get("/_mock/thresholds"), 200).json()
    before = next(each for each in found["items"] if each["name"] == name)
    expect(client.put(f"/_mock/thresholds/{name}", json={"limit": 0, "enforced": True}), 200)
    try:
        yield
    finally:
        back = {"limit": before["limit"], "enforced": before["enforced"]}
        expect(client.put(f"/_mock/thresholds/{name}", json=back), 200)


def signed_in(base_url: str, user: str) -> httpx2.Client:
    """An HTTP client with a user's login."""
    return httpx2.Client(base_url=base_url, auth=(f"{SITE}\\{user}", PASSWORD), timeout=30)


def fresh_address() -> str:
    """An address that no contact has."""
    return f"ada.{secrets.token_hex(6)}@three-doors.test"


def expect(answer: httpx2.Response, status: int) -> httpx2.Response:
    """The answer, if it has this status."""
    if answer.status_code != status:
        raise Surprise(f"{answer.request.method} {answer.request.url} answers {told(answer)}")
    return answer


def told(answer: httpx2.Response) -> str:
    """Status line and body."""
    return f"{answer.status_code} {answer.reason_phrase} {answer.text}".strip()


def say(door: str, what: str) -> None:
    """One line of the story."""
    print(f"  {door:22} {what}")


def run(base_url: str) -> None:
    """All of it."""
    address = fresh_address()
    with signed_in(base_url, "api.user") as client:
        expect(client.get("/id"), 200)
        contact_id = create_through_soap(base_url, address)
        read_through_rest(client, contact_id)
        export_through_bulk(client, address)
        show_missing_rights(base_url)
        show_threshold(client, contact_id)


def main() -> None:
    """Go through the doors; whatever is wrong is one line."""
    arguments = argparse.ArgumentParser(description="One contact through SOAP, REST and Bulk, then two refusals.")
    arguments.add_argument("--base-url", default="http://127.0.0.1:8080", help="a Mock Eloqua (default %(default)s)")
    base_url = arguments.parse_args().base_url.rstrip("/")
    try:
        run(base_url)
    except httpx2.TransportError:
        complain(f"no Mock Eloqua answers at {base_url}; start one with scripts/serve")
    except (Surprise, zeep.exceptions.Error, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        complain(str(error))  # an OSError is what zeep lets through of its HTTP library


def complain(text: str) -> None:
    """One line, and an exit code that says so."""
    sys.exit(f"one_contact_three_doors: {' '.join(text.split())}")


if __name__ == "__main__":
    main()
