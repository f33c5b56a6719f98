"""The round in zeep: python zeep_round.py ADDRESS USER PASSWORD IMPORT EXPORT STEP."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import zeep
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken
from zeep.wsse.utils import WSU

address, user, password, importing, exporting, step = sys.argv[1:]
NAME = "Zoë <Ada> & 李"
CONTACT = {"ID": 0, "Name": "Contact", "Type": "Base"}


def service(name: str, password: str = password) -> zeep.Client:
    """A service, called with a timestamp and a password in plain text."""
    now = datetime.now(UTC)
    stamp = WSU.Timestamp(WSU.Created(now.isoformat()), WSU.Expires((now + timedelta(minutes=5)).isoformat()))
    token = UsernameToken(user, password, timestamp_token=stamp)
    return zeep.Client(f"{address}/API/1.2/{name}.svc?wsdl", wsse=token)


def contact(key: int = 0, **values: str) -> dict[str, Any]:
    """A `DynamicEntity`."""
    pairs = [{"InternalName": name, "Value": value} for name, value in values.items()]
    return {"EntityType": CONTACT, "FieldValueCollection": {"EntityFields": pairs}, "Id": key}


def polled(status: Callable[..., str], *arguments: object) -> str:
    """The status of a job that has ended."""
    while (found := status(*arguments)) in ("Queued", "InProgress"):
        time.sleep(0.05)
    return found


def say(name: str, *values: object) -> None:
    print(f"{name}:", *("true" if each is True else each for each in values))


def fault(name: str, operation: Callable[..., object], *arguments: object) -> None:
    """Say what is in the detail of a fault, and of a ValidationFault which members it complains of."""
    try:
        operation(*arguments)
    except Fault as found:
        tags = [] if found.detail is None else [each.text for each in found.detail.iterfind(".//{*}Tag")]
        say(name, found.code if found.detail is None else found.detail[0].tag.partition("}")[2], *tags)


names = ("Service", "DataTransferService", "EmailService", "ExternalActionService")
clients = [service(name) for name in names]
ports = [port for client in clients for each in client.wsdl.services.values() for port in each.ports.values()]
say("operations", *(len(port.binding.all()) for port in ports))
eloqua, transfer, mail, actions = (client.service for client in clients)

# Service.svc
people = [contact(C_EmailAddress="ada@soap.test"), contact(C_EmailAddress="bob@soap.test")]
ada, bob = (each.ID for each in eloqua.Create({"DynamicEntity": people}))
say("created", ada, bob)
(again,) = eloqua.Create({"DynamicEntity": people[:1]})
say("taken", again.Errors.Error[0].ErrorCode)
(updated,) = eloqua.Update({"DynamicEntity": [contact(ada, C_FirstName=NAME)]})
say("updated", updated.Success)
found, missing = eloqua.Retrieve(CONTACT, {"int": [ada, 99]}, {"string": ["C_FirstName"]})
say("retrieved", found.FieldValueCollection.EntityFields[0].Value)
say("missing", missing.FieldValueCollection is None)
page = eloqua.Query(CONTACT, "C_EmailAddress='*@soap.test'", {"string": ["C_EmailAddress"]}, 1, 20)
addresses = [each.FieldValueCollection.EntityFields[0].Value for each in page.Entities.DynamicEntity]
say("found", page.TotalRecords, *addresses)
friends = {"AssetType": {"ID": 2, "Name": "Friends", "Type": "ContactGroup"}, "FieldValueCollection": None, "Id": 2}
say("joined", eloqua.AddGroupMember(contact(ada), friends).Success)
(deleted,) = eloqua.Delete(CONTACT, {"int": [bob]})
say("deleted", deleted.Success)
fault("invalid", eloqua.Query, CONTACT, "", None, 0, 201)

# EmailService.svc
news = {"Name": "News", "Subject": NAME, "HtmlContent": "<p>Hi</p>", "GroupId": 1, "SendHtml": True}
made = mail.Deploy({"Name": "To Ada", "EmailId": mail.CreateHtmlEmail(news), "ContactId": ada})
say("deployed", mail.GetDeployment(made.Id).State)
sent = mail.GetEmailsSentInTimeRange(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
say("sent", *(each.Name for each in sent))
fault("unknown", mail.GetDeployment, 99)

# DataTransferService.svc
rows = "email,first,last\r\ncem@soap.test,Cem,Öz\r\n".encode()
definition = {"ID": importing, "Name": "", "Type": "DataImport"}
execution = transfer.InitializeDataImport(rows, definition, "DelimitedFile")
say("imported", polled(transfer.DataImportStatus, definition, {"ID": execution}))
fault("unreadable", transfer.InitializeDataImport, b"\0", definition, "ExcelFile")
definition = {"ID": exporting, "Name": "", "Type": "DataExport"}
transfer.InitializeDataExport(definition)
say("exported", polled(transfer.DataExportStatus, definition))
say("file", transfer.GetDataExportFile(definition).decode().splitlines()[-1])

# ExternalActionService.svc
say("waiting", actions.GetMemberCountInStepByStatus(step, "AwaitingAction"))
members = actions.ListMembersInStepByStatus(step, "AwaitingAction", 0, 20)
claimed = actions.SetMemberStatus({"Member": members}, "InProgress")
say("claimed", *(each.Status for each in claimed))
say("done", *(each.Status for each in actions.SetMemberStatus({"Member": claimed}, "Complete")))
fault("nowhere", actions.GetMemberCountInStepByStatus, 99, "Complete")

fault("stranger", service("Service", "wrong").service.ListEntityTypes)
