"""docs/pytest.md: what is tested."""

import httpx2
import pytest

assert pytest  # for its markers


def run_my_sync(base_url: str) -> None:
    """Import Ada."""
    auth = ("MockCo\\api.user", "s3cret")
    names = {"email": "{{Contact.Field(C_EmailAddress)}}", "first": "{{Contact.Field(C_FirstName)}}"}
    with httpx2.Client(auth=auth, base_url=f"{base_url}/API/Bulk/2.0") as client:
        definition = {"name": "Nightly", "fields": names, "identifierFieldName": "email"}
        uri = client.post("/contacts/imports", json=definition).json()["uri"]
        client.post(f"{uri}/data", json=[{"email": "ada@example.test", "first": "Ada"}]).raise_for_status()
        client.post("/syncs", json={"syncedInstanceUri": uri}).raise_for_status()


def add_contact(base_url: str, auth: tuple[str, str], address: str) -> None:
    """Through REST."""
    body = {"emailAddress": address, "firstName": "Ada"}
    httpx2.post(f"{base_url}/API/REST/2.0/data/contact", auth=auth, json=body).raise_for_status()
