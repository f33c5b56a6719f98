"""`Service.svc` as a table: its types and operations. The WSDL, the spyne models and the writer follow from it.

Names, order and namespaces are those of the published descriptions [wsdl].
"""

from __future__ import annotations

from mock_eloqua.soap.declaration import (
    ARRAYS,
    BOOLEAN,
    INT,
    STRING,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
    Service,
)

_CORE = "http://schemas.datacontract.org/2004/07/Eloqua.Infrastructure.Core"
_API_DATA = "http://schemas.datacontract.org/2004/07/EloquaAPI.Data"
_VALIDATION = "http://www.microsoft.com/practices/EnterpriseLibrary/2007/01/wcf/validation"
_VALIDATION_DETAIL = (
    "http://schemas.datacontract.org/2004/07/Microsoft.Practices.EnterpriseLibrary.Validation.Integration.WCF"
)

DATA_TYPE = Enumeration(
    "DataType", _CORE, ("Number", "Text", "LargeText", "YesNo", "Date", "Numeric"), (1, 2, 3, 4, 5, 6)
)
ERROR_CODE = Enumeration(
    "ErrorCode",
    _API_DATA,
    (
        "UnexpectedException",
        "UnexpectedDataException",
        "UnauthorizedAction",
        "DuplicateValue",
        "ValidationIssue",
        "InvalidDataType",
        "RequiredFieldNotSpecified",
        "MaximumLengthExceeded",
        "ItemNotFound",
        "ReadOnlyField",
        "InvalidField",
    ),
)

STRINGS = ListOf(STRING, ARRAYS)
INTS = ListOf(INT, ARRAYS)

ENTITY_TYPE = Complex("EntityType", ID=INT, Name=STRING, Type=STRING)
ENTITY_FIELDS = Dictionary("DynamicEntityFields", "EntityFields")
ENTITY = Complex("DynamicEntity", EntityType=ENTITY_TYPE, FieldValueCollection=ENTITY_FIELDS, Id=INT)
ERRORS = ListOf(Complex("Error", ErrorCode=ERROR_CODE, Message=STRING))

FIELD_DEFINITION = Complex(
    "DynamicEntityFieldDefinition",
    DataType=DATA_TYPE,
    DefaultValue=STRING,
    DisplayName=STRING,
    InternalName=STRING,
    IsCustom=BOOLEAN,
    IsRequired=BOOLEAN,
    IsWriteable=BOOLEAN,
    Length=INT,
)

BATCH_SIZE_EXCEEDED = Complex("BatchSizeExceededFault")
INVALID_QUERY = Complex("InvalidQueryFault")
INVALID_TYPE = Complex("InvalidTypeFault")
OPERATION_TIME_INTERVAL = Complex("OperationTimeIntervalFault")
QUERY_TOO_LARGE = Complex("QueryTooLargeFault")
UNEXPECTED_ERROR = Complex("UnexpectedErrorFault")
VALIDATION = Complex(
    "ValidationFault",
    _VALIDATION,
    Details=ListOf(
        Complex("ValidationDetail", _VALIDATION_DETAIL, Key=STRING, Message=STRING, Tag=STRING), _VALIDATION_DETAIL
    ),
)
_TYPED = (INVALID_TYPE, UNEXPECTED_ERROR, VALIDATION)
_BATCHED = (BATCH_SIZE_EXCEEDED, *_TYPED)

_ENTITIES = "DynamicEntityService"

LIST_ENTITY_TYPES = Operation(
    _ENTITIES, "ListEntityTypes", (), Complex("ListEntityTypesResult", EntityTypes=STRINGS), (UNEXPECTED_ERROR,)
)
DESCRIBE_ENTITY_TYPE = Operation(
    _ENTITIES,
    "DescribeEntityType",
    (("globalEntityType", STRING),),
    Complex("DescribeEntityTypeResult", EntityTypes=ListOf(ENTITY_TYPE)),
    _TYPED,
)
DESCRIBE_ENTITY = Operation(
    _ENTITIES,
    "DescribeEntity",
    (("entityType", ENTITY_TYPE),),
    Complex(
        "DescribeEntityResult",
        Fields=ListOf(FIELD_DEFINITION),
        IsCreateable=BOOLEAN,
        IsDeletable=BOOLEAN,
        IsQueryable=BOOLEAN,
        IsRetrievable=BOOLEAN,
        IsUpdateable=BOOLEAN,
        Name=STRING,
    ),
    _TYPED,
)
CREATE = Operation(
    _ENTITIES,
    "Create",
    (("entities", ListOf(ENTITY)),),
    ListOf(Complex("CreateResult", EntityType=ENTITY_TYPE, Errors=ERRORS, ID=INT)),
    _BATCHED,
)
UPDATE = Operation(
    _ENTITIES,
    "Update",
    (("entities", ListOf(ENTITY)),),
    ListOf(Complex("UpdateResult", EntityType=ENTITY_TYPE, Errors=ERRORS, ID=INT, Success=BOOLEAN)),
    _BATCHED,
)
DELETE = Operation(
    _ENTITIES,
    "Delete",
    (("entityType", ENTITY_TYPE), ("ids", INTS)),
    ListOf(Complex("DeleteResult", EntityType=ENTITY_TYPE, Errors=ERRORS, ID=INT, Success=BOOLEAN)),
    _BATCHED,
)
RETRIEVE = Operation(
    _ENTITIES,
    "Retrieve",
    (("entityType", ENTITY_TYPE), ("ids", INTS), ("fieldNames", STRINGS)),
    ListOf(ENTITY),
    _BATCHED,
)
QUERY = Operation(
    _ENTITIES,
    "Query",
    (
        ("eloquaType", ENTITY_TYPE),
        ("searchQuery", STRING),
        ("fieldNames", STRINGS),
        ("pageNumber", INT),
        ("pageSize", INT),
    ),
    Complex("DynamicEntityQueryResults", Entities=ListOf(ENTITY), TotalPages=INT, TotalRecords=INT),
    (INVALID_QUERY, OPERATION_TIME_INTERVAL, QUERY_TOO_LARGE, *_TYPED),
)

SERVICE = Service(
    name="Eloqua",
    path="/API/1.2/Service.svc",
    port="EloquaService",
    operations=(
        LIST_ENTITY_TYPES,
        DESCRIBE_ENTITY_TYPE,
        DESCRIBE_ENTITY,
        CREATE,
        UPDATE,
        DELETE,
        RETRIEVE,
        QUERY,
    ),
)
"""The eight operations on entities; the seventeen on assets, groups, activities and e-mail are not served yet."""
