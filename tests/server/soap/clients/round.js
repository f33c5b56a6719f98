// The round in node's soap: node round.js ADDRESS USER PASSWORD IMPORT EXPORT STEP.
"use strict";
const soap = require("soap");

const [address, user, password, importing, exporting, step] = process.argv.slice(2);
const NAME = "Zoë <Ada> & 李";
const CONTACT = { ID: 0, Name: "Contact", Type: "Base" };
const ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";

// A service, called with a timestamp and a password in plain text.
async function service(name, secret = password) {
  const options = { parseResponseAttachments: name === "DataTransferService" }; // it answers in MTOM
  const client = await soap.createClientAsync(`${address}/API/1.2/${name}.svc?wsdl`, options);
  client.setSecurity(new soap.WSSecurity(user, secret, { hasTimeStamp: true, hasNonce: false }));
  return client;
}

function contact(values, Id = 0) {
  const EntityFields = Object.entries(values).map(([InternalName, Value]) => ({ InternalName, Value }));
  return { EntityType: CONTACT, FieldValueCollection: { EntityFields }, Id };
}

const say = (name, ...values) => console.log(`${name}:`, ...values);

// Its result member, the one that each answer has.
async function call(client, operation, members = {}) {
  const [answer] = await client[`${operation}Async`](members);
  return answer?.[`${operation}Result`];
}

async function polled(client, operation, members) {
  for (;;) {
    const status = await call(client, operation, members);
    if (!["Queued", "InProgress"].includes(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// What is in the detail of a fault, and of a ValidationFault which members it complains of.
async function fault(name, client, operation, members) {
  try {
    await call(client, operation, members);
  } catch (error) {
    const { detail, faultcode } = error.root.Envelope.Body.Fault;
    if (!detail) return say(name, faultcode.$value ?? faultcode);
    const [[kind, inside]] = Object.entries(detail);
    say(name, kind, ...(inside?.Details?.ValidationDetail ?? []).map((each) => each.Tag));
  }
}

async function main() {
  const names = ["Service", "DataTransferService", "EmailService", "ExternalActionService"];
  const clients = await Promise.all(names.map((name) => service(name)));
  const [eloqua, transfer, mail, actions] = clients;
  const operations = ({ wsdl }) => Object.keys(Object.values(wsdl.definitions.portTypes)[0].methods).length;
  say("operations", ...clients.map(operations));

  // Service.svc
  const people = ["ada@soap.test", "bob@soap.test"].map((each) => contact({ C_EmailAddress: each }));
  const made = await call(eloqua, "Create", { entities: { DynamicEntity: people } });
  const [ada, bob] = made.CreateResult.map((each) => each.ID);
  say("created", ada, bob);
  const again = await call(eloqua, "Create", { entities: { DynamicEntity: people.slice(0, 1) } });
  say("taken", again.CreateResult[0].Errors.Error[0].ErrorCode);
  const changed = { entities: { DynamicEntity: [contact({ C_FirstName: NAME }, ada)] } };
  say("updated", (await call(eloqua, "Update", changed)).UpdateResult[0].Success);
  const wanted = { entityType: CONTACT, ids: { int: [ada, 99] }, fieldNames: { string: ["C_FirstName"] } };
  const [found, missing] = (await call(eloqua, "Retrieve", wanted)).DynamicEntity;
  say("retrieved", found.FieldValueCollection.EntityFields[0].Value);
  say("missing", !missing?.FieldValueCollection);
  const query = { eloquaType: CONTACT, searchQuery: "C_EmailAddress='*@soap.test'", fieldNames: { string: ["C_EmailAddress"] } };
  const page = await call(eloqua, "Query", { ...query, pageNumber: 1, pageSize: 20 });
  const addresses = page.Entities.DynamicEntity.map((each) => each.FieldValueCollection.EntityFields[0].Value);
  say("found", page.TotalRecords, ...addresses);
  const friends = { AssetType: { ID: 2, Name: "Friends", Type: "ContactGroup" }, Id: 2 };
  say("joined", (await call(eloqua, "AddGroupMember", { entity: contact({}, ada), asset: friends })).Success);
  const gone = await call(eloqua, "Delete", { entityType: CONTACT, ids: { int: [bob] } });
  say("deleted", gone.DeleteResult[0].Success);
  await fault("invalid", eloqua, "Query", { eloquaType: CONTACT, searchQuery: "", pageNumber: 0, pageSize: 201 });

  // EmailService.svc
  const news = { Name: "News", Subject: NAME, GroupId: 1, HtmlContent: "<p>Hi</p>", SendHtml: true };
  const EmailId = await call(mail, "CreateHtmlEmail", { email: news });
  const { Id } = await call(mail, "Deploy", { deploySettings: { ContactId: ada, EmailId, Name: "To Ada" } });
  say("deployed", (await call(mail, "GetDeployment", { deploymentId: Id })).State);
  const years = { startDate: "2000-01-01T00:00:00Z", endDate: "2100-01-01T00:00:00Z" }; // a Date would be left empty
  say("sent", ...(await call(mail, "GetEmailsSentInTimeRange", years)).Email.map((each) => each.Name));
  await fault("unknown", mail, "GetDeployment", { deploymentId: 99 });

  // DataTransferService.svc
  const byteStream = Buffer.from("email,first,last\r\ncem@soap.test,Cem,Öz\r\n").toString("base64");
  let eloquaType = { ID: importing, Name: "", Type: "DataImport" };
  const dataImportExecution = await call(transfer, "InitializeDataImport", { byteStream, eloquaType, sourceFileType: "DelimitedFile" });
  say("imported", await polled(transfer, "DataImportStatus", { eloquaType, dataImportExecution }));
  await fault("unreadable", transfer, "InitializeDataImport", { byteStream: "AA==", eloquaType, sourceFileType: "ExcelFile" });
  eloquaType = { ID: exporting, Name: "", Type: "DataExport" };
  await call(transfer, "InitializeDataExport", { eloquaType });
  say("exported", await polled(transfer, "DataExportStatus", { eloquaType }));
  await call(transfer, "GetDataExportFile", { eloquaType });
  const file = transfer.lastResponseAttachments.parts[0].body; // beside the envelope
  say("file", file.toString().trimEnd().split("\r\n").at(-1));

  // ExternalActionService.svc
  const waiting = { stepId: step, status: "AwaitingAction" };
  say("waiting", await call(actions, "GetMemberCountInStepByStatus", waiting));
  const members = await call(actions, "ListMembersInStepByStatus", { ...waiting, pageNumber: 0, pageSize: 20 });
  const claimed = await call(actions, "SetMemberStatus", { members, status: "InProgress" });
  say("claimed", ...claimed.Member.map((each) => each.Status));
  const done = await call(actions, "SetMemberStatus", { members: claimed, status: "Complete" });
  say("done", ...done.Member.map((each) => each.Status));
  await fault("nowhere", actions, "GetMemberCountInStepByStatus", { stepId: 99, status: "Complete" });

  await fault("stranger", await service("Service", "wrong"), "ListEntityTypes");
}

main().catch((error) => {
  console.error(String(error.stack ?? error).slice(0, 2000), error.response?.data?.toString().slice(0, 2000));
  process.exit(1);
});
