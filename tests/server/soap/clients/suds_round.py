"""The round in suds: python suds_round.py ADDRESS USER PASSWORD IMPORT EXPORT STEP."""

from __future__ import annotations

import base64
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from suds import WebFault
from suds.client import Client
from suds.wsse import Security, Timestamp, UsernameToken

address, user, password, importing, exporting, step = sys.argv[1:]
NAME = "Zoë <Ada> & 李"
CONTACT = {"ID": 0, "Name": "Contact", "Type": "Base"}


def service(name: str, password: str = password) -> Client:
    """A service, called with a timestamp and a password in plain text."""
    header = Security()
    header.tokens += [UsernameToken(user, password), Timestamp(300)]
    return Client(f"{address}/API/1.2/{name}.svc?wsdl", wsse=header, cache=None)


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
    except WebFault as error:
        ((kind, inside),) = error.fault.detail if "detail" in error.fault else [(error.fault.faultcode, None)]
        say(name, kind, *(each.Tag for each in inside.Details.ValidationDetail) if inside else ())


names = ("Service", "DataTransferService", "EmailService", "ExternalActionService")
clients = [service(name) for name in names]
say("operations", *(len(client.wsdl.services[0].ports[0].methods) for client in clients))
eloqua, transfer, mail, actions = (client.service for client in clients)

# Service.svc
people = [contact(C_EmailAddress="ada@soap.test"), contact(C_EmailAddress="bob@soap.test")]
ada, bob = (each.ID for each in eloqua.Create({"DynamicEntity": people}).CreateResult)
say("created", ada, bob)
(again,) = eloqua.Create({"DynamicEntity": people[:1]}).CreateResult
say("taken", again.Errors.Error[0].ErrorCode)
(updated,) = eloqua.Update({"DynamicEntity": [contact(ada, C_FirstName=NAME)]}).UpdateResult
say("updated", updated.Success)
found, missing = eloqua.Retrieve(CONTACT, {"int": [ada, 99]}, {"string": ["C_FirstName"]}).DynamicEntity
say("retrieved", found.FieldValueCollection.EntityFields[0].Value)
say("missing", not missing)
page = eloqua.Query(CONTACT, "C_EmailAddress='*@soap.test'", {"string": ["C_EmailAddress"]}, 1, 20)
addresses = [each.FieldValueCollection.EntityFields[0].Value for each in page.Entities.DynamicEntity]
say("found", page.TotalRecords, *addresses)
friends = {"AssetType": {"ID": 2, "Name": "Friends", "Type": "ContactGroup"}, "Id": 2}
say("joined", eloqua.AddGroupMember(contact(ada), friends).Success)
(deleted,) = eloqua.Delete(CONTACT, {"int": [bob]}).DeleteResult
say("deleted", deleted.Success)
fault("invalid", eloqua.Query, CONTACT, "", None, 0, 201)

# EmailService.svc
news = {"Name": "News", "Subject": NAME, "HtmlContent": "<p>Hi</p>", "GroupId": 1, "SendHtml": True}
made = mail.Deploy({"Name": "To Ada", "EmailId": mail.CreateHtmlEmail(news), "ContactId": ada})
say("deployed", mail.GetDeployment(made.Id).State)
sent = mail.GetEmailsSentInTimeRange(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
say("sent", *(each.Name for each in sent.Email))
fault("unknown", mail.GetDeployment, 99)

# DataTransferService.svc
rows = base64.b64encode("email,first,last\r\ncem@soap.test,Cem,Öz\r\n".encode()).decode()
definition = {"ID": importing, "Name": "", "Type": "DataImport"}
execution = transfer.InitializeDataImport(rows, definition, "DelimitedFile")
say("imported", polled(transfer.DataImportStatus, definition, execution))
fault("unreadable", transfer.InitializeDataImport, "AA==", definition, "ExcelFile")
definition = {"ID": exporting, "Name": "", "Type": "DataExport"}
transfer.InitializeDataExport(definition)
say("exported", polled(transfer.DataExportStatus, definition))
say("file", base64.b64decode(transfer.GetDataExportFile(definition)).decode().splitlines()[-1])

# ExternalActionService.svc
say("waiting", actions.GetMemberCountInStepByStatus(step, "AwaitingAction"))
members = actions.ListMembersInStepByStatus(step, "AwaitingAction", 0, 20)
claimed = actions.SetMemberStatus(members, "InProgress")
say("claimed", *(each.Status for each in claimed.Member))
say("done", *(each.Status for each in actions.SetMemberStatus(claimed, "Complete").Member))
fault("nowhere", actions.GetMemberCountInStepByStatus, 99, "Complete")

fault("stranger", service("Service", "wrong").service.ListEntityTypes)
