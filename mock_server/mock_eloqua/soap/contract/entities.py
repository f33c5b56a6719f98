"""Entities in `Service.svc`: contacts and other records, described, written, retrieved and found."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import (
    BATCHED,
    INVALID_QUERY,
    OPERATION_TIME_INTERVAL,
    QUERY_TOO_LARGE,
    TYPED,
    UNEXPECTED_ERROR,
)
from mock_eloqua.soap.contract.types import ENTITY, ENTITY_TYPE, ERRORS, INTS, STRINGS
from mock_eloqua.soap.declaration import BOOLEAN, INT, STRING, Complex, Enumeration, ListOf, Operation

_CORE = "http://schemas.datacontract.org/2004/07/Eloqua.Infrastructure.Core"
_ENTITIES = "DynamicEntityService"

DATA_TYPE = Enumeration(
    "DataType", _CORE, ("Number", "Text", "LargeText", "YesNo", "Date", "Numeric"), (1, 2, 3, 4, 5, 6)
)
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

LIST_ENTITY_TYPES = Operation(
    _ENTITIES, "ListEntityTypes", (), Complex("ListEntityTypesResult", EntityTypes=STRINGS), (UNEXPECTED_ERROR,)
)
DESCRIBE_ENTITY_TYPE = Operation(
    _ENTITIES,
    "DescribeEntityType",
    (("globalEntityType", STRING),),
    Complex("DescribeEntityTypeResult", EntityTypes=ListOf(ENTITY_TYPE)),
    TYPED,
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
    TYPED,
)
CREATE = Operation(
    _ENTITIES,
    "Create",
    (("entities", ListOf(ENTITY)),),
    ListOf(Complex("CreateResult", EntityType=ENTITY_TYPE, Errors=ERRORS, ID=INT)),
    BATCHED,
)
UPDATE = Operation(
    _ENTITIES,
    "Update",
    (("entities", ListOf(ENTITY)),),
    ListOf(Complex("UpdateResult", EntityType=ENTITY_TYPE, Errors=ERRORS, ID=INT, Success=BOOLEAN)),
    BATCHED,
)
DELETE = Operation(
    _ENTITIES,
    "Delete",
    (("entityType", ENTITY_TYPE), ("ids", INTS)),
    ListOf(Complex("DeleteResult", EntityType=ENTITY_TYPE, Errors=ERRORS, ID=INT, Success=BOOLEAN)),
    BATCHED,
)
RETRIEVE = Operation(
    _ENTITIES,
    "Retrieve",
    (("entityType", ENTITY_TYPE), ("ids", INTS), ("fieldNames", STRINGS)),
    ListOf(ENTITY),
    BATCHED,
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
    (INVALID_QUERY, OPERATION_TIME_INTERVAL, QUERY_TOO_LARGE, *TYPED),
)

OPERATIONS = (
    LIST_ENTITY_TYPES,
    DESCRIBE_ENTITY_TYPE,
    DESCRIBE_ENTITY,
    CREATE,
    UPDATE,
    DELETE,
    RETRIEVE,
    QUERY,
)
