"""Types that operations of more than one subject use."""

from __future__ import annotations

from mock_eloqua.soap.declaration import ARRAYS, INT, STRING, Complex, Dictionary, Enumeration, ListOf

API = "http://schemas.datacontract.org/2004/07/EloquaAPI"
_API_DATA = f"{API}.Data"

STRINGS = ListOf(STRING, ARRAYS)
INTS = ListOf(INT, ARRAYS)

ENTITY_TYPE = Complex("EntityType", ID=INT, Name=STRING, Type=STRING)
ENTITY = Complex(
    "DynamicEntity",
    EntityType=ENTITY_TYPE,
    FieldValueCollection=Dictionary("DynamicEntityFields", "EntityFields"),
    Id=INT,
)
ASSET_TYPE = Complex("AssetType", ID=INT, Name=STRING, Type=STRING)
ASSET = Complex(
    "DynamicAsset",
    AssetType=ASSET_TYPE,
    FieldValueCollection=Dictionary("DynamicAssetFields", "AssetFields"),
    Id=INT,
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
ERRORS = ListOf(Complex("Error", ErrorCode=ERROR_CODE, Message=STRING))
