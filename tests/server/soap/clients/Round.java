// The round in Java's JAX-WS, on classes that wsimport makes, see round_java:
// java Round ADDRESS USER PASSWORD IMPORT EXPORT STEP.

import eloqua.datatransferservice.DataExportExecutionStatus;
import eloqua.datatransferservice.DataImportExecution;
import eloqua.datatransferservice.DataImportExecutionStatus;
import eloqua.datatransferservice.DataSourceType;
import eloqua.datatransferservice.DataTransferService;
import eloqua.datatransferservice.EloquaDataTransfer;
import eloqua.emailservice.DeploymentSettings;
import eloqua.emailservice.EmailDetails;
import eloqua.emailservice.EmailService;
import eloqua.emailservice.EmailService_Service;
import eloqua.externalactionservice.ArrayOfMember;
import eloqua.externalactionservice.ExternalActionService;
import eloqua.externalactionservice.ExternalActionService_Service;
import eloqua.externalactionservice.ExternalActionStatus;
import eloqua.service.*;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.namespace.QName;
import javax.xml.soap.SOAPElement;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.Handler;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.handler.soap.SOAPHandler;
import javax.xml.ws.handler.soap.SOAPMessageContext;
import javax.xml.ws.soap.MTOMFeature;
import javax.xml.ws.soap.SOAPFaultException;

public class Round {
    static final String NAME = "Zoë <Ada> & 李";
    static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-";
    static String user;

    // A timestamp and a password in plain text; and the word that the header of answers is understood.
    record Security(String password) implements SOAPHandler<SOAPMessageContext> {
        public Set<QName> getHeaders() {
            return Set.of(new QName(WSS + "secext-1.0.xsd", "Security"));
        }

        public boolean handleMessage(SOAPMessageContext context) {
            if (!(Boolean) context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY)) return true;
            try {
                var envelope = context.getMessage().getSOAPPart().getEnvelope();
                var header = envelope.getHeader() == null ? envelope.addHeader() : envelope.getHeader();
                var security = header.addHeaderElement(new QName(WSS + "secext-1.0.xsd", "Security", "o"));
                security.setMustUnderstand(true);
                SOAPElement stamp = security.addChildElement("Timestamp", "u", WSS + "utility-1.0.xsd");
                stamp.addChildElement("Created", "u").addTextNode(Instant.now().toString());
                stamp.addChildElement("Expires", "u").addTextNode(Instant.now().plusSeconds(300).toString());
                SOAPElement token = security.addChildElement("UsernameToken", "o");
                token.addChildElement("Username", "o").addTextNode(user);
                token.addChildElement("Password", "o").addTextNode(password);
                return true;
            } catch (javax.xml.soap.SOAPException error) {
                throw new IllegalStateException(error);
            }
        }

        public boolean handleFault(SOAPMessageContext context) {
            return true;
        }

        public void close(MessageContext context) {}
    }

    static <Port> Port signed(Port port, String password) {
        ((BindingProvider) port).getBinding().setHandlerChain(List.<Handler>of(new Security(password)));
        return port;
    }

    static EntityType contact() {
        EntityType type = new EntityType();
        type.setName("Contact");
        type.setType("Base");
        return type;
    }

    static DynamicEntity contact(int id, String... field) {
        DynamicEntity entity = new DynamicEntity();
        entity.setEntityType(contact());
        entity.setId(id);
        entity.setFieldValueCollection(new DynamicEntityFields());
        if (field.length > 0) {
            var pair = new DynamicEntityFields.EntityFields();
            pair.setInternalName(field[0]);
            pair.setValue(field[1]);
            entity.getFieldValueCollection().getEntityFields().add(pair);
        }
        return entity;
    }

    static ArrayOfDynamicEntity entities(DynamicEntity... entities) {
        ArrayOfDynamicEntity list = new ArrayOfDynamicEntity();
        list.getDynamicEntity().addAll(Arrays.asList(entities));
        return list;
    }

    static ArrayOfint ids(Integer... ids) {
        ArrayOfint list = new ArrayOfint();
        list.getInt().addAll(Arrays.asList(ids));
        return list;
    }

    static ArrayOfstring fields(String... names) {
        ArrayOfstring list = new ArrayOfstring();
        list.getString().addAll(Arrays.asList(names));
        return list;
    }

    static String value(DynamicEntity entity) {
        return entity.getFieldValueCollection().getEntityFields().get(0).getValue();
    }

    static eloqua.datatransferservice.AssetType definition(String kind, String id) {
        var type = new eloqua.datatransferservice.AssetType();
        type.setID(Integer.valueOf(id));
        type.setName("");
        type.setType(kind);
        return type;
    }

    static void say(String name, Object... values) {
        String words = Stream.of(values).map(String::valueOf).collect(Collectors.joining(" "));
        System.out.println(name + ": " + words);
    }

    interface Call {
        void make() throws Exception;
    }

    // The class of a fault's detail, and of a ValidationFault which members it complains of.
    static void fault(String name, Call call) throws Exception {
        try {
            call.make();
        } catch (EloquaServiceQueryValidationFaultFaultFaultMessage fault) {
            var details = fault.getFaultInfo().getDetails().getValidationDetail().stream().map(ValidationDetail::getTag);
            say(name, fault.getFaultInfo().getClass().getSimpleName(), details.collect(Collectors.joining(" ")));
        } catch (SOAPFaultException fault) {
            say(name, fault.getFault().getFaultCode());
        } catch (Exception fault) {
            say(name, fault.getClass().getMethod("getFaultInfo").invoke(fault).getClass().getSimpleName());
        }
    }

    static URL described(String address, String service) throws Exception {
        return new URL(address + "/API/1.2/" + service + ".svc?wsdl");
    }

    public static void main(String[] given) throws Exception {
        String address = given[0], password = given[2], importing = given[3], exporting = given[4];
        user = given[1];
        int step = Integer.parseInt(given[5]);
        System.setOut(new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8));

        Eloqua described = new Eloqua(described(address, "Service"));
        EloquaService eloqua = signed(described.getEloquaService(), password);
        EloquaDataTransfer files = new EloquaDataTransfer(described(address, "DataTransferService"));
        DataTransferService transfer = signed(files.getEloquaDataTransferService(new MTOMFeature()), password);
        EmailService mail = signed(
                new EmailService_Service(described(address, "EmailService")).getEmailServiceEndpoint(), password);
        ExternalActionService actions = signed(
                new ExternalActionService_Service(described(address, "ExternalActionService")).getEmailServiceEndpoint(),
                password);
        say("operations", Stream.of(EloquaService.class, DataTransferService.class, EmailService.class,
                ExternalActionService.class).map(each -> each.getMethods().length).toArray());

        // Service.svc
        DynamicEntity one = contact(0, "C_EmailAddress", "ada@soap.test");
        DynamicEntity two = contact(0, "C_EmailAddress", "bob@soap.test");
        List<CreateResult> created = eloqua.create(entities(one, two)).getCreateResult();
        int ada = created.get(0).getID(), bob = created.get(1).getID();
        say("created", ada, bob);
        CreateResult again = eloqua.create(entities(one)).getCreateResult().get(0);
        say("taken", again.getErrors().getError().get(0).getErrorCode().value());
        var updated = eloqua.update(entities(contact(ada, "C_FirstName", NAME))).getUpdateResult();
        say("updated", updated.get(0).isSuccess());
        var found = eloqua.retrieve(contact(), ids(ada, 99), fields("C_FirstName")).getDynamicEntity();
        say("retrieved", value(found.get(0)));
        say("missing", found.get(1) == null);
        var page = eloqua.query(contact(), "C_EmailAddress='*@soap.test'", fields("C_EmailAddress"), 1, 20);
        String addresses = page.getEntities().getDynamicEntity().stream().map(Round::value).collect(Collectors.joining(" "));
        say("found", page.getTotalRecords(), addresses);
        DynamicAsset friends = new DynamicAsset();
        friends.setAssetType(new AssetType());
        friends.getAssetType().setID(2);
        friends.getAssetType().setName("Friends");
        friends.getAssetType().setType("ContactGroup");
        friends.setId(2);
        say("joined", eloqua.addGroupMember(contact(ada), friends).isSuccess());
        say("deleted", eloqua.delete(contact(), ids(bob)).getDeleteResult().get(0).isSuccess());
        fault("invalid", () -> eloqua.query(contact(), "", null, 0, 201));

        // EmailService.svc
        EmailDetails news = new EmailDetails();
        news.setName("News");
        news.setSubject(NAME);
        news.setGroupId(1);
        news.setHtmlContent("<p>Hi</p>");
        news.setSendHtml(true);
        DeploymentSettings settings = new DeploymentSettings();
        settings.setEmailId(mail.createHtmlEmail(news));
        settings.setContactId(ada);
        settings.setName("To Ada");
        say("deployed", mail.getDeployment(mail.deploy(settings).getId()).getState());
        DatatypeFactory dates = DatatypeFactory.newInstance();
        var sent = mail.getEmailsSentInTimeRange(dates.newXMLGregorianCalendar("2000-01-01T00:00:00Z"),
                dates.newXMLGregorianCalendar("2100-01-01T00:00:00Z"));
        say("sent", sent.getEmail().stream().map(each -> each.getName()).toArray());
        fault("unknown", () -> mail.getDeployment(99));

        // DataTransferService.svc
        byte[] rows = "email,first,last\r\ncem@soap.test,Cem,Öz\r\n".getBytes(StandardCharsets.UTF_8);
        var imports = definition("DataImport", importing);
        DataImportExecution execution = transfer.initializeDataImport(rows, imports, DataSourceType.DELIMITED_FILE);
        DataImportExecutionStatus imported;
        while ((imported = transfer.dataImportStatus(imports, execution)) == DataImportExecutionStatus.QUEUED
                || imported == DataImportExecutionStatus.IN_PROGRESS) {
            Thread.sleep(50);
        }
        say("imported", imported.value());
        fault("unreadable", () -> transfer.initializeDataImport(new byte[1], imports, DataSourceType.EXCEL_FILE));
        var exports = definition("DataExport", exporting);
        transfer.initializeDataExport(exports);
        DataExportExecutionStatus exported;
        while ((exported = transfer.dataExportStatus(exports)) == DataExportExecutionStatus.QUEUED
                || exported == DataExportExecutionStatus.IN_PROGRESS) {
            Thread.sleep(50);
        }
        say("exported", exported.value());
        String[] lines = new String(transfer.getDataExportFile(exports), StandardCharsets.UTF_8).split("\r\n");
        say("file", lines[lines.length - 1]);

        // ExternalActionService.svc
        say("waiting", actions.getMemberCountInStepByStatus(step, ExternalActionStatus.AWAITING_ACTION));
        ArrayOfMember members = actions.listMembersInStepByStatus(step, ExternalActionStatus.AWAITING_ACTION, 0, 20);
        ArrayOfMember claimed = actions.setMemberStatus(members, ExternalActionStatus.IN_PROGRESS);
        say("claimed", claimed.getMember().stream().map(each -> each.getStatus().value()).toArray());
        ArrayOfMember done = actions.setMemberStatus(claimed, ExternalActionStatus.COMPLETE);
        say("done", done.getMember().stream().map(each -> each.getStatus().value()).toArray());
        fault("nowhere", () -> actions.getMemberCountInStepByStatus(99, ExternalActionStatus.COMPLETE));

        EloquaService stranger = signed(described.getEloquaService(), "wrong");
        fault("stranger", stranger::listEntityTypes);
    }
}
