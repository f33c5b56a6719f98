"""`DataTransferService.svc`: files in and out, through the imports and exports that a site has defined."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import (
    INVALID_FILE_TYPE,
    OPERATION_TIME_INTERVAL,
    QUEUE_LIMIT_REACHED,
    UNEXPECTED_ERROR,
    VALIDATION,
)
from mock_eloqua.soap.contract.types import API, ASSET_TYPE, INTS
from mock_eloqua.soap.declaration import BASE64_BINARY, INT, STRING, Complex, Enumeration, Operation

_NET = "http://schemas.datacontract.org/2004/07/EloquaNet"
_TRANSFER = "DataTransferService"
_FAULTS = (UNEXPECTED_ERROR, VALIDATION)
_IMPORT_FAULTS = (INVALID_FILE_TYPE, QUEUE_LIMIT_REACHED, *_FAULTS)

SOURCE_TYPE = Enumeration(
    "DataSourceType",
    API,
    ("Unknown", "None", "DelimitedFile", "EloquaReport", "XMLFile", "ExcelFile", "Excel2007File"),
)
IMPORT_STATUS = Enumeration(
    "DataImportExecutionStatus",
    _NET,
    ("Inactive", "InProgress", "Waiting", "Complete", "Failure", "Queued"),
    (1, 2, 3, 4, 5, 6),
)
EXPORT_STATUS = Enumeration(
    "DataExportExecutionStatus", API, ("InProgress", "Complete", "Failure", "Queued"), (1, 2, 3, 4)
)
IMPORT_EXECUTION = Complex("DataImportExecution", ID=INT)

INITIALIZE_DATA_IMPORT = Operation(
    _TRANSFER,
    "InitializeDataImport",
    (("byteStream", BASE64_BINARY), ("eloquaType", ASSET_TYPE), ("sourceFileType", SOURCE_TYPE)),
    IMPORT_EXECUTION,
    _IMPORT_FAULTS,
)
DATA_IMPORT_STATUS = Operation(
    _TRANSFER,
    "DataImportStatus",
    (("eloquaType", ASSET_TYPE), ("dataImportExecution", IMPORT_EXECUTION)),
    IMPORT_STATUS,
    _FAULTS,
)
INITIALIZE_DATA_EXPORT = Operation(
    _TRANSFER, "InitializeDataExport", (("eloquaType", ASSET_TYPE),), None, (OPERATION_TIME_INTERVAL, *_FAULTS)
)
DATA_EXPORT_STATUS = Operation(_TRANSFER, "DataExportStatus", (("eloquaType", ASSET_TYPE),), EXPORT_STATUS, _FAULTS)
GET_DATA_EXPORT_FILE = Operation(_TRANSFER, "GetDataExportFile", (("eloquaType", ASSET_TYPE),), BASE64_BINARY, _FAULTS)
GET_DATA_EXPORT_URL = Operation(
    _TRANSFER,
    "GetDataExportURL",
    (("eloquaType", ASSET_TYPE), ("username", STRING), ("password", STRING)),
    STRING,
    _FAULTS,
)
INITIALIZE_DATA_IMPORT_UPDATE_CONTACT_GROUPS = Operation(
    _TRANSFER,
    "InitializeDataImportUpdateContactGroups",
    (
        ("byteStream", BASE64_BINARY),
        ("eloquaType", ASSET_TYPE),
        ("sourceFileType", SOURCE_TYPE),
        ("contactGroupIds", INTS),
    ),
    IMPORT_EXECUTION,
    _IMPORT_FAULTS,
)

OPERATIONS = (
    INITIALIZE_DATA_IMPORT,
    DATA_IMPORT_STATUS,
    INITIALIZE_DATA_EXPORT,
    DATA_EXPORT_STATUS,
    GET_DATA_EXPORT_FILE,
    GET_DATA_EXPORT_URL,
    INITIALIZE_DATA_IMPORT_UPDATE_CONTACT_GROUPS,
)
