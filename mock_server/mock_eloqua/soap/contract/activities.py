"""Activities in `Service.svc`: what contacts did, and what was done to them."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import INVALID_ARGUMENT, INVALID_DATE_RANGE, TYPED, UNEXPECTED_ERROR
from mock_eloqua.soap.contract.types import API, ASSET, ENTITY, INTS, STRINGS
from mock_eloqua.soap.declaration import (
    BOOLEAN,
    DATE_TIME,
    INT,
    STRING,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
)

_ACTIVITY = "http://schemas.datacontract.org/2004/07/EloquaNet.Activity"
_ACTIVITIES = "DynamicActivityService"

ACTIVITY_TYPE = Enumeration(
    "ActivityType",
    _ACTIVITY,
    (
        "EmailOpen",
        "EmailSend",
        "EmailClickThrough",
        "EmailSubscribe",
        "EmailUnsubscribe",
        "FormSubmit",
        "WebVisit",
        "EmailBounceback",
        "CampaignMembership",
        "ExternalActivity",
    ),
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 18),
)
ELOQUA_ACTIVITY_TYPE = Complex("EloquaActivityType", Id=STRING, Name=STRING, Type=STRING)
ACTIVITY = Complex(
    "DynamicActivity",
    ActivityType=ACTIVITY_TYPE,
    Date=DATE_TIME,
    DynamicAsset=ASSET,
    DynamicEntity=ENTITY,
    FieldValueCollection=Dictionary("DynamicActivityFields", "ActivityFields"),
    Id=STRING,
)
FIELD_DEFINITION = Complex(
    "DynamicActivityFieldDefinition",
    DataType=Enumeration("ActivityFieldDataType", API, ("String", "Integer", "DateTime")),
    DisplayName=STRING,
    InternalName=STRING,
    IsRequired=BOOLEAN,
    IsWriteable=BOOLEAN,
    Length=INT,
)
ASSET_TYPE_NAME = Enumeration(
    "EloquaAssetType",
    API,
    (
        "DataExport",
        "DataImport",
        "Email",
        "EmailHeader",
        "EmailFooter",
        "ContactGroup",
        "CompanyGroup",
        "ProspectGroup",
        "Form",
        "None",
    ),
)

LIST_ACTIVITY_TYPES = Operation(
    _ACTIVITIES, "ListActivityTypes", (), Complex("ListActivityTypesResult", ActivityTypes=STRINGS), (UNEXPECTED_ERROR,)
)
DESCRIBE_ACTIVITY_TYPE = Operation(
    _ACTIVITIES,
    "DescribeActivityType",
    (("activityType", STRING),),
    Complex("DescribeActivityTypeResult", ActivityTypes=ListOf(ELOQUA_ACTIVITY_TYPE)),
    TYPED,
)
DESCRIBE_ACTIVITY = Operation(
    _ACTIVITIES,
    "DescribeActivity",
    (("ActivityType", ELOQUA_ACTIVITY_TYPE),),
    Complex("DescribeActivityResult", Fields=ListOf(FIELD_DEFINITION), Name=STRING, RelatedAssetType=ASSET_TYPE_NAME),
    TYPED,
)
GET_ACTIVITIES = Operation(
    _ACTIVITIES,
    "GetActivities",
    (
        ("dynamicEntity", ENTITY),
        ("activityTypes", ListOf(ACTIVITY_TYPE, _ACTIVITY)),
        ("startDate", DATE_TIME),
        ("endDate", DATE_TIME),
    ),
    ListOf(ACTIVITY),
    (INVALID_DATE_RANGE, *TYPED),
)
GET_EMAIL_ACTIVITIES_FOR_RECIPIENTS = Operation(
    _ACTIVITIES,
    "GetEmailActivitiesForRecipients",
    (("emailAddresses", STRINGS), ("emailIDs", INTS), ("pageSize", INT), ("requestedPage", INT)),
    ListOf(ACTIVITY),
    (INVALID_ARGUMENT, UNEXPECTED_ERROR),
)

OPERATIONS = (
    LIST_ACTIVITY_TYPES,
    DESCRIBE_ACTIVITY_TYPE,
    DESCRIBE_ACTIVITY,
    GET_ACTIVITIES,
    GET_EMAIL_ACTIVITIES_FOR_RECIPIENTS,
)
