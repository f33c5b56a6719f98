"""A real SOAP toolkit, working from the served description and from every published one."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import zeep
from zeep.exceptions import Fault
from zeep.transports import Transport
from zeep.wsse.username import UsernameToken

PUBLISHED = Path(__file__).parents[3].parent / "shared/reference/soap"
PATH = "/API/1.2/Service.svc"
BINDING = "{https://secure.eloqua.com/API/1.2}EloquaService"
CONTACT = {"ID": 0, "Name": "Contact", "Type": "Base"}
SERVED = "served"

SERVICES = (SERVED, "service-2013-09.wsdl", "service-2013-06.wsdl", "service-2011-12.wsdl")
OTHERS = {
    "email-2013-09.wsdl": ("EmailService", 24),
    "email-2012-07.wsdl": ("EmailService", 24),
    "email-2011-04.wsdl": ("EmailService", 24),
    "data-transfer-2013-09.wsdl": ("DataTransferService", 7),
    "external-action-2013-06.wsdl": ("ExternalActionService", 4),
    "external-action-2012-07.wsdl": ("ExternalActionService", 6),
    "external-action-2013-09-p03.wsdl": ("ExternalActionService", 4),
}
"""File to its service and the number of its operations."""


@cache
def loaded(address: str) -> zeep.Client:
    return zeep.Client(address, transport=Transport(timeout=10))


def published(name: str) -> Path:
    if not (PUBLISHED / name).exists():
        pytest.skip(f"{PUBLISHED / name} is not there: the vendor's descriptions are not part of the project")
    return PUBLISHED / name


@pytest.fixture(params=SERVICES)
def client(request, eloqua):
    """Zeep with a description, and a proxy that calls this server."""
    if request.param == SERVED:
        found = loaded(f"{eloqua.base_url}{PATH}?wsdl")
    else:
        found = loaded(str(published(request.param)))
    found.wsse = UsernameToken(*eloqua.basic_auth)
    return found


@pytest.fixture
def service(client, eloqua):
    """Its operations at the address of this server."""
    return client.create_service(BINDING, f"{eloqua.base_url}{PATH}")


def contact(**values):
    pairs = [{"InternalName": name, "Value": value} for name, value in values.items()]
    return {"EntityType": CONTACT, "FieldValueCollection": {"EntityFields": pairs}, "Id": 0}


def values(found):
    return {each.InternalName: each.Value for each in found.FieldValueCollection.EntityFields}


def test_a_contact_lives_its_life(service):
    """[client] soap-1.2.md 10.3, 10.4: create, retrieve, query, update, delete."""
    (made,) = service.Create({"DynamicEntity": [contact(C_EmailAddress="ada@example.test", C_FirstName="Ada")]})
    assert (made.ID, made.Errors) == (1, None)

    (found,) = service.Retrieve(CONTACT, {"int": [1]}, {"string": ["C_FirstName", "ContactID"]})
    assert values(found) == {"C_FirstName": "Ada", "ContactID": "1"}

    page = service.Query(CONTACT, "C_EmailAddress='*@example.test'", {"string": ["C_EmailAddress"]}, 1, 20)
    assert (page.TotalPages, page.TotalRecords) == (1, 1)
    assert values(page.Entities.DynamicEntity[0]) == {"C_EmailAddress": "ada@example.test"}

    (changed,) = service.Update({"DynamicEntity": [contact(C_FirstName="Ada Augusta") | {"Id": 1}]})
    assert (changed.ID, changed.Success) == (1, True)
    (found,) = service.Retrieve(CONTACT, {"int": [1]}, None)
    assert values(found)["C_FirstName"] == "Ada Augusta"

    (gone,) = service.Delete(CONTACT, {"int": [1]})
    assert (gone.ID, gone.Success) == (1, True)
    (missing,) = service.Retrieve(CONTACT, {"int": [1]}, None)
    assert (missing.Id, missing.FieldValueCollection) == (None, None)  # how zeep reads a nil item


def test_types_are_described(service):
    """[recorded] soap-1.2.md 10.1."""
    assert service.ListEntityTypes().string == ["Base", "DataCardSet", "Form"]
    assert service.DescribeEntityType("Base").EntityType[0].Name == "Contact"
    assert service.DescribeEntity(CONTACT).Fields.DynamicEntityFieldDefinition[0].DataType == "Text"


def test_errors_and_faults_are_read(service):
    """[recorded] soap-1.2.md 5.1, 5.3; [inferred] 4 for the wrong password."""
    (refused,) = service.Create({"DynamicEntity": [contact(C_FirstName="nobody")]})
    assert refused.ID == -1
    assert refused.Errors.Error[0].ErrorCode == "RequiredFieldNotSpecified"

    with pytest.raises(Fault) as caught:
        service.Query(CONTACT, "", None, 0, 201)
    (detail,) = caught.value.detail
    assert detail.tag.endswith("}ValidationFault")
    assert len(detail[0]) == 3


def test_a_wrong_password_is_a_fault(client, service):
    """[inferred] soap-1.2.md 4: WCF's own, no HTTP 401."""
    client.wsse = UsernameToken("MockCo\\api.user", "wrong")

    with pytest.raises(Fault, match="could not be validated") as caught:
        service.ListEntityTypes()
    assert caught.value.code.endswith(":FailedAuthentication")


def test_a_token_with_a_timestamp_does_as_well(client, service):
    """[client] soap-1.2.md 3.1: the policy asks for one, many toolkits send none."""
    from datetime import UTC, datetime, timedelta

    from zeep.wsse.utils import WSU

    now = datetime.now(UTC)
    stamp = WSU.Timestamp(WSU.Created(now.isoformat()), WSU.Expires((now + timedelta(minutes=5)).isoformat()))
    client.wsse = UsernameToken("MockCo\\api.user", "s3cret", timestamp_token=stamp)

    assert service.ListEntityTypes().string


@pytest.mark.parametrize("name", OTHERS)
def test_the_descriptions_of_the_other_services_bind(name, eloqua):
    """[wsdl] soap/README.md: a toolkit makes calls from the published ones, which are understood here."""
    address, operations = OTHERS[name]
    client = zeep.Client(str(published(name)), wsse=UsernameToken(*eloqua.basic_auth))
    ((port,),) = [service.ports.values() for service in client.wsdl.services.values()]
    service = client.create_service(port.binding.name.text, f"{eloqua.base_url}/API/1.2/{address}.svc")

    assert len(port.binding.all()) == operations
    for operation in port.binding.all().values():
        with suppress(Fault):
            service[operation.name]()
