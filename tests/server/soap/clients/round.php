<?php
// The round in PHP's SoapClient: php round.php ADDRESS USER PASSWORD IMPORT EXPORT STEP.
[, $address, $user, $password, $importing, $exporting, $step] = $argv;
const NAME = "Zoë <Ada> & 李";
const CONTACT = ["ID" => 0, "Name" => "Contact", "Type" => "Base"];
const WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

// A service, called with a timestamp and a password in plain text: PHP knows no WS-Security, a header of XML will do.
function service(string $name, string $password): SoapClient {
    global $address, $user;
    [$now, $later] = [gmdate("Y-m-d\TH:i:s\Z"), gmdate("Y-m-d\TH:i:s\Z", time() + 300)];
    [$user_, $password] = [htmlspecialchars($user, ENT_XML1), htmlspecialchars($password, ENT_XML1)];
    [$wsse, $wsu] = [WSS . "wssecurity-secext-1.0.xsd", WSS . "wssecurity-utility-1.0.xsd"];
    $header = "<o:Security xmlns:o='$wsse' xmlns:u='$wsu'>"
        . "<u:Timestamp><u:Created>$now</u:Created><u:Expires>$later</u:Expires></u:Timestamp>"
        . "<o:UsernameToken><o:Username>$user_</o:Username><o:Password>$password</o:Password></o:UsernameToken>"
        . "</o:Security>";
    $options = ["cache_wsdl" => WSDL_CACHE_NONE, "features" => SOAP_SINGLE_ELEMENT_ARRAYS];
    $client = new SoapClient("$address/API/1.2/$name.svc?wsdl", $options);
    $client->__setSoapHeaders(new SoapHeader($wsse, "Security", new SoapVar($header, XSD_ANYXML), true));
    return $client;
}

function contact(array $values, int $id = 0): array {
    $pairs = [];
    foreach ($values as $name => $value) {
        $pairs[] = ["InternalName" => $name, "Value" => $value];
    }
    return ["EntityType" => CONTACT, "FieldValueCollection" => ["EntityFields" => $pairs], "Id" => $id];
}

function say(string $name, ...$values): void {
    echo "$name: ", implode(" ", array_map(fn($each) => is_bool($each) ? var_export($each, true) : $each, $values)), "\n";
}

// The result member, the one that each answer has.
function call(SoapClient $client, string $operation, array $members = []): mixed {
    return $client->$operation($members)->{"{$operation}Result"} ?? null;
}

function polled(SoapClient $client, string $operation, array $members): string {
    while (in_array($status = call($client, $operation, $members), ["Queued", "InProgress"])) {
        usleep(50_000);
    }
    return $status;
}

// What is in the detail of a fault, and of a ValidationFault which members it complains of.
function fault(string $name, SoapClient $client, string $operation, array $members = []): void {
    try {
        call($client, $operation, $members);
    } catch (SoapFault $fault) {
        $detail = (array) ($fault->detail ?? []);
        $kind = array_key_first($detail) ?? $fault->faultcode;
        say($name, $kind, ...array_map(fn($each) => $each->Tag, $detail[$kind]->Details->ValidationDetail ?? []));
    }
}

$names = ["Service", "DataTransferService", "EmailService", "ExternalActionService"];
$clients = array_map(fn($name) => service($name, $password), $names);
say("operations", ...array_map(fn($client) => count($client->__getFunctions()), $clients));
[$eloqua, $transfer, $mail, $actions] = $clients;

// Service.svc
$people = [contact(["C_EmailAddress" => "ada@soap.test"]), contact(["C_EmailAddress" => "bob@soap.test"])];
[$ada, $bob] = array_column(call($eloqua, "Create", ["entities" => ["DynamicEntity" => $people]])->CreateResult, "ID");
say("created", $ada, $bob);
$again = call($eloqua, "Create", ["entities" => ["DynamicEntity" => [$people[0]]]])->CreateResult[0];
say("taken", $again->Errors->Error[0]->ErrorCode);
$changed = ["DynamicEntity" => [contact(["C_FirstName" => NAME], $ada)]];
say("updated", call($eloqua, "Update", ["entities" => $changed])->UpdateResult[0]->Success);
$wanted = ["entityType" => CONTACT, "ids" => ["int" => [$ada, 99]], "fieldNames" => ["string" => ["C_FirstName"]]];
[$found, $missing] = call($eloqua, "Retrieve", $wanted)->DynamicEntity;
say("retrieved", $found->FieldValueCollection->EntityFields[0]->Value);
say("missing", $missing === null);
$query = ["eloquaType" => CONTACT, "searchQuery" => "C_EmailAddress='*@soap.test'", "pageNumber" => 1, "pageSize" => 20];
$page = call($eloqua, "Query", $query + ["fieldNames" => ["string" => ["C_EmailAddress"]]]);
$addresses = array_map(fn($each) => $each->FieldValueCollection->EntityFields[0]->Value, $page->Entities->DynamicEntity);
say("found", $page->TotalRecords, ...$addresses);
$friends = ["AssetType" => ["ID" => 2, "Name" => "Friends", "Type" => "ContactGroup"], "FieldValueCollection" => null, "Id" => 2];
say("joined", call($eloqua, "AddGroupMember", ["entity" => contact([], $ada), "asset" => $friends])->Success);
say("deleted", call($eloqua, "Delete", ["entityType" => CONTACT, "ids" => ["int" => [$bob]]])->DeleteResult[0]->Success);
fault("invalid", $eloqua, "Query", ["searchQuery" => "", "fieldNames" => null, "pageNumber" => 0, "pageSize" => 201] + $query);

// EmailService.svc
$news = ["Name" => "News", "Subject" => NAME, "GroupId" => 1, "HtmlContent" => "<p>Hi</p>", "SendHtml" => true];
$email = call($mail, "CreateHtmlEmail", ["email" => $news]);
$deployment = call($mail, "Deploy", ["deploySettings" => ["ContactId" => $ada, "EmailId" => $email, "Name" => "To Ada"]]);
say("deployed", call($mail, "GetDeployment", ["deploymentId" => $deployment->Id])->State);
$years = ["startDate" => "2000-01-01T00:00:00Z", "endDate" => "2100-01-01T00:00:00Z"];
say("sent", ...array_column(call($mail, "GetEmailsSentInTimeRange", $years)->Email, "Name"));
fault("unknown", $mail, "GetDeployment", ["deploymentId" => 99]);

// DataTransferService.svc
$definition = ["ID" => $importing, "Name" => "", "Type" => "DataImport"];
$file = ["eloquaType" => $definition, "byteStream" => "email,first,last\r\ncem@soap.test,Cem,Öz\r\n"];
$execution = call($transfer, "InitializeDataImport", $file + ["sourceFileType" => "DelimitedFile"]);
$execution = ["eloquaType" => $definition, "dataImportExecution" => $execution];
say("imported", polled($transfer, "DataImportStatus", $execution));
fault("unreadable", $transfer, "InitializeDataImport", ["byteStream" => "\0", "sourceFileType" => "ExcelFile"] + $file);
$definition = ["eloquaType" => ["ID" => $exporting, "Name" => "", "Type" => "DataExport"]];
call($transfer, "InitializeDataExport", $definition);
say("exported", polled($transfer, "DataExportStatus", $definition));
$lines = explode("\r\n", rtrim(call($transfer, "GetDataExportFile", $definition)));
say("file", end($lines));

// ExternalActionService.svc
$waiting = ["stepId" => $step, "status" => "AwaitingAction"];
say("waiting", call($actions, "GetMemberCountInStepByStatus", $waiting));
$members = call($actions, "ListMembersInStepByStatus", $waiting + ["pageNumber" => 0, "pageSize" => 20]);
$claimed = call($actions, "SetMemberStatus", ["members" => $members, "status" => "InProgress"]);
say("claimed", ...array_column($claimed->Member, "Status"));
$done = call($actions, "SetMemberStatus", ["members" => $claimed, "status" => "Complete"]);
say("done", ...array_column($done->Member, "Status"));
fault("nowhere", $actions, "GetMemberCountInStepByStatus", ["stepId" => 99, "status" => "Complete"]);

fault("stranger", service("Service", "wrong"), "ListEntityTypes");
