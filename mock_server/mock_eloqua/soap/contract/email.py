"""`EmailService.svc`: e-mails and what goes into them, sending, and what came of it."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import (
    INVALID_ARGUMENT,
    INVALID_DEPLOYMENT_RECIPIENT,
    INVALID_DEPLOYMENT_SETTINGS,
    INVALID_FILE_TYPE,
    RECORD_NOT_FOUND,
    UNAUTHORIZED_ACCESS,
    UNEXPECTED_ERROR,
)
from mock_eloqua.soap.contract.types import INTS
from mock_eloqua.soap.declaration import BASE64_BINARY, BOOLEAN, DATE_TIME, INT, STRING, Complex, ListOf, Operation

_IMAGES, _LINKS, _CONTENT, _EMAIL = "ImageService", "LinkService", "ContentService", "EmailService"

_ANY = (UNEXPECTED_ERROR,)
_FOUND = (RECORD_NOT_FOUND, UNEXPECTED_ERROR)
_GIVEN = (INVALID_ARGUMENT, RECORD_NOT_FOUND, UNEXPECTED_ERROR)

MERGEABLE = Complex("Mergeable", Id=INT, Name=STRING, Tag=STRING)
"""What an e-mail takes up by its tag."""
IMAGE = Complex("Image", base=MERGEABLE)
REDIRECT_LINK = Complex("RedirectLink", base=MERGEABLE)
EMAIL_FIELD = Complex("EmailField", base=MERGEABLE)
CONTENT_RULE = Complex("ActivityDrivenContentRule", base=MERGEABLE)
SIGNATURE_LAYOUT = Complex("SignatureLayout", base=MERGEABLE)
DISTRIBUTION_LIST = Complex("DistributionList", Id=INT, Name=STRING)
EMAIL_GROUP = Complex("EmailGroup", Id=INT, Name=STRING)
EMAIL_HEADER = Complex("EmailHeader", Id=INT, Name=STRING)
EMAIL_FOOTER = Complex("EmailFooter", Id=INT, Name=STRING)
EMAIL_ENCODING = Complex("EmailEncoding", Id=INT, Name=STRING)
EMAIL = Complex("Email", Id=INT, Name=STRING, Subject=STRING)
EMAIL_DETAILS = Complex(
    "EmailDetails",
    base=EMAIL,
    AutoGenerateTextContent=BOOLEAN,
    BouncebackAddress=STRING,
    EncodingId=INT,
    FooterId=INT,
    FromAddress=STRING,
    FromName=STRING,
    GroupId=INT,
    HeaderId=INT,
    HtmlContent=STRING,
    NeverExpires=BOOLEAN,
    ReplyToAddress=STRING,
    ReplyToName=STRING,
    SendHtml=BOOLEAN,
    SendToUnsubscribes=BOOLEAN,
    TextContent=STRING,
    Tracked=BOOLEAN,
)
DEPLOYMENT_SETTINGS = Complex(
    "DeploymentSettings",
    AllowResend=BOOLEAN,
    AllowSendToBouncebacked=BOOLEAN,
    AllowSendToEmailGroupUnsubscribed=BOOLEAN,
    AllowSendToMasterExcludeList=BOOLEAN,
    AllowSendToUnsubscribed=BOOLEAN,
    ContactId=INT,
    DeploymentDate=DATE_TIME,
    DistributionListId=INT,
    EmailId=INT,
    ExcludeGroupIds=INTS,
    IncludeGroupIds=INTS,
    Name=STRING,
    NotificationEmailAddress=STRING,
    SendOnBehalfOfUser=STRING,
    SignatureRuleId=INT,
)
DEPLOYMENT = Complex(
    "Deployment",
    BouncebackedToDate=INT,
    DispatchDate=DATE_TIME,
    ExcludedRecipients=INT,
    FailedToDate=INT,
    FinishDate=DATE_TIME,
    Id=INT,
    IncludedRecipients=INT,
    Message=STRING,
    Name=STRING,
    Options=DEPLOYMENT_SETTINGS,
    SentToDate=INT,
    State=STRING,
    UnsubscribedToDate=INT,
)
EMAIL_METRIC = Complex(
    "EmailMetric",
    BouncebacksCount=INT,
    ClicksCount=INT,
    Id=INT,
    Name=STRING,
    OpensCount=INT,
    SentCount=INT,
    SubscribesCount=INT,
    UnsubscribesCount=INT,
)

LIST_IMAGES = Operation(_IMAGES, "ListImages", (), ListOf(IMAGE), _ANY)
SEARCH_IMAGE = Operation(_IMAGES, "SearchImage", (("imageName", STRING),), ListOf(IMAGE), _ANY)
UPLOAD_IMAGE = Operation(
    _IMAGES,
    "UploadImage",
    (("binaryImage", BASE64_BINARY), ("fileName", STRING), ("imageName", STRING)),
    IMAGE,
    (INVALID_ARGUMENT, INVALID_FILE_TYPE, UNEXPECTED_ERROR),
)
CREATE_REDIRECT_LINK = Operation(_LINKS, "CreateRedirectLink", (("url", STRING),), REDIRECT_LINK, _ANY)
LIST_REDIRECT_LINKS = Operation(_LINKS, "ListRedirectLinks", (), ListOf(REDIRECT_LINK), _ANY)
SEARCH_REDIRECT_LINKS = Operation(_LINKS, "SearchRedirectLinks", (("url", STRING),), ListOf(REDIRECT_LINK), _ANY)
LIST_EMAIL_FIELDS = Operation(_CONTENT, "ListEmailFields", (), ListOf(EMAIL_FIELD), _ANY)
LIST_ACTIVITY_DRIVEN_CONTENT_RULES = Operation(
    _CONTENT, "ListActivityDrivenContentRules", (), ListOf(CONTENT_RULE), _ANY
)
LIST_DISTRIBUTION_LISTS = Operation(_CONTENT, "ListDistributionLists", (), ListOf(DISTRIBUTION_LIST), _ANY)
LIST_EMAILS = Operation(_CONTENT, "ListEmails", (), ListOf(EMAIL), _ANY)
LIST_EMAIL_GROUPS = Operation(_CONTENT, "ListEmailGroups", (), ListOf(EMAIL_GROUP), _ANY)
LIST_SIGNATURE_LAYOUTS = Operation(_CONTENT, "ListSignatureLayouts", (), ListOf(SIGNATURE_LAYOUT), _ANY)
LIST_EMAIL_HEADERS = Operation(_CONTENT, "ListEmailHeaders", (), ListOf(EMAIL_HEADER), _ANY)
LIST_EMAIL_FOOTERS = Operation(_CONTENT, "ListEmailFooters", (), ListOf(EMAIL_FOOTER), _ANY)
LIST_EMAIL_ENCODINGS = Operation(_CONTENT, "ListEmailEncodings", (), ListOf(EMAIL_ENCODING), _ANY)
CREATE_HTML_EMAIL = Operation(_CONTENT, "CreateHtmlEmail", (("email", EMAIL_DETAILS),), INT, _FOUND)
UPDATE_HTML_EMAIL = Operation(_CONTENT, "UpdateHtmlEmail", (("email", EMAIL_DETAILS),), BOOLEAN, _GIVEN)
GET_EMAIL_DETAILS = Operation(_CONTENT, "GetEmailDetails", (("emailId", INT),), EMAIL_DETAILS, _GIVEN)
DELETE_EMAIL = Operation(_CONTENT, "DeleteEmail", (("emailId", INT),), BOOLEAN, _GIVEN)
SEARCH_EMAIL = Operation(_CONTENT, "SearchEmail", (("emailName", STRING),), ListOf(EMAIL), _ANY)
DEPLOY = Operation(
    _EMAIL,
    "Deploy",
    (("deploySettings", DEPLOYMENT_SETTINGS),),
    DEPLOYMENT,
    (INVALID_DEPLOYMENT_RECIPIENT, INVALID_DEPLOYMENT_SETTINGS, UNAUTHORIZED_ACCESS, *_FOUND),
)
GET_DEPLOYMENT = Operation(_EMAIL, "GetDeployment", (("deploymentId", INT),), DEPLOYMENT, _FOUND)
GET_EMAILS_SENT_IN_TIME_RANGE = Operation(
    _EMAIL, "GetEmailsSentInTimeRange", (("startDate", DATE_TIME), ("endDate", DATE_TIME)), ListOf(EMAIL), _ANY
)
GET_METRICS_FOR_EMAILS = Operation(
    _EMAIL,
    "GetMetricsForEmails",
    (("emailIds", INTS), ("startDate", DATE_TIME), ("endDate", DATE_TIME)),
    ListOf(EMAIL_METRIC),
    _ANY,
)

OPERATIONS = (
    LIST_IMAGES,
    SEARCH_IMAGE,
    UPLOAD_IMAGE,
    CREATE_REDIRECT_LINK,
    LIST_REDIRECT_LINKS,
    SEARCH_REDIRECT_LINKS,
    LIST_EMAIL_FIELDS,
    LIST_ACTIVITY_DRIVEN_CONTENT_RULES,
    LIST_DISTRIBUTION_LISTS,
    LIST_EMAILS,
    LIST_EMAIL_GROUPS,
    LIST_SIGNATURE_LAYOUTS,
    LIST_EMAIL_HEADERS,
    LIST_EMAIL_FOOTERS,
    LIST_EMAIL_ENCODINGS,
    CREATE_HTML_EMAIL,
    UPDATE_HTML_EMAIL,
    GET_EMAIL_DETAILS,
    DELETE_EMAIL,
    SEARCH_EMAIL,
    DEPLOY,
    GET_DEPLOYMENT,
    GET_EMAILS_SENT_IN_TIME_RANGE,
    GET_METRICS_FOR_EMAILS,
)
