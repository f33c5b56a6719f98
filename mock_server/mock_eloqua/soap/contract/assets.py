"""Assets in `Service.svc`: contact groups, e-mails, forms ..., and who is a member of a group."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import BATCHED, INVALID_ASSET, INVALID_ENTITY, TYPED, UNEXPECTED_ERROR
from mock_eloqua.soap.contract.types import API, ASSET, ASSET_TYPE, ENTITY, ERRORS, INTS, STRINGS
from mock_eloqua.soap.declaration import BOOLEAN, INT, STRING, Complex, Enumeration, ListOf, Operation

_ASSETS = "DynamicAssetService"
_MEMBERSHIP = "GroupMembershipService"

FIELD_DEFINITION = Complex(
    "DynamicAssetFieldDefinition",
    DataType=Enumeration("AssetFieldDataType", API, ("String", "Integer", "DateTime", "Boolean")),
    DisplayName=STRING,
    InternalName=STRING,
    IsRequired=BOOLEAN,
    IsWriteable=BOOLEAN,
    Length=INT,
)
GROUP_MEMBER_RESULT = Complex("GroupMemberResult", Errors=ERRORS, Success=BOOLEAN)

LIST_ASSET_TYPES = Operation(
    _ASSETS, "ListAssetTypes", (), Complex("ListAssetTypesResult", AssetTypes=STRINGS), (UNEXPECTED_ERROR,)
)
DESCRIBE_ASSET_TYPE = Operation(
    _ASSETS,
    "DescribeAssetType",
    (("assetType", STRING),),
    Complex("DescribeAssetTypeResult", AssetTypes=ListOf(ASSET_TYPE)),
    TYPED,
)
DESCRIBE_ASSET = Operation(
    _ASSETS,
    "DescribeAsset",
    (("assetType", ASSET_TYPE),),
    Complex(
        "DescribeAssetResult",
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
CREATE_ASSET = Operation(
    _ASSETS,
    "CreateAsset",
    (("assets", ListOf(ASSET)),),
    ListOf(Complex("CreateAssetResult", AssetType=ASSET_TYPE, Errors=ERRORS, ID=INT)),
    BATCHED,
)
UPDATE_ASSET = Operation(
    _ASSETS,
    "UpdateAsset",
    (("assets", ListOf(ASSET)),),
    ListOf(Complex("UpdateAssetResult", AssetType=ASSET_TYPE, Errors=ERRORS, ID=INT, Success=BOOLEAN)),
    BATCHED,
)
DELETE_ASSET = Operation(
    _ASSETS,
    "DeleteAsset",
    (("assetType", ASSET_TYPE), ("ids", INTS)),
    ListOf(Complex("DeleteAssetResult", AssetType=ASSET_TYPE, Errors=ERRORS, ID=INT, Success=BOOLEAN)),
    BATCHED,
)
RETRIEVE_ASSET = Operation(
    _ASSETS,
    "RetrieveAsset",
    (("assetType", ASSET_TYPE), ("ids", INTS), ("fieldNames", STRINGS)),
    ListOf(ASSET),
    BATCHED,
)
LIST_GROUP_MEMBERSHIP = Operation(
    _MEMBERSHIP, "ListGroupMembership", (("entity", ENTITY),), ListOf(ASSET), (INVALID_ENTITY, *TYPED)
)
ADD_GROUP_MEMBER = Operation(
    _MEMBERSHIP,
    "AddGroupMember",
    (("entity", ENTITY), ("asset", ASSET)),
    GROUP_MEMBER_RESULT,
    (INVALID_ASSET, INVALID_ENTITY, *TYPED),
)
REMOVE_GROUP_MEMBER = Operation(
    _MEMBERSHIP,
    "RemoveGroupMember",
    (("entity", ENTITY), ("asset", ASSET)),
    GROUP_MEMBER_RESULT,
    (INVALID_ASSET, INVALID_ENTITY, *TYPED),
)

OPERATIONS = (
    LIST_ASSET_TYPES,
    DESCRIBE_ASSET_TYPE,
    DESCRIBE_ASSET,
    CREATE_ASSET,
    UPDATE_ASSET,
    DELETE_ASSET,
    RETRIEVE_ASSET,
    LIST_GROUP_MEMBERSHIP,
    ADD_GROUP_MEMBER,
    REMOVE_GROUP_MEMBER,
)
