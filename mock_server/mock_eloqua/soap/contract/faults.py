"""The elements that may stand in the detail of a fault. All but `VALIDATION` are empty: the name says everything."""

from __future__ import annotations

from mock_eloqua.soap.declaration import STRING, Complex, ListOf

_VALIDATION = "http://www.microsoft.com/practices/EnterpriseLibrary/2007/01/wcf/validation"
_VALIDATION_DETAIL = (
    "http://schemas.datacontract.org/2004/07/Microsoft.Practices.EnterpriseLibrary.Validation.Integration.WCF"
)

BATCH_SIZE_EXCEEDED = Complex("BatchSizeExceededFault")
INVALID_ARGUMENT = Complex("InvalidArgumentFault")
INVALID_ASSET = Complex("InvalidAssetFault")
INVALID_DATE_RANGE = Complex("InvalidDateRangeFault")
INVALID_DEPLOYMENT_RECIPIENT = Complex("InvalidDeploymentRecipientFault")
INVALID_DEPLOYMENT_SETTINGS = Complex("InvalidDeploymentSettingsFault")
INVALID_ENTITY = Complex("InvalidEntityFault")
INVALID_FILE_TYPE = Complex("InvalidFileType")
INVALID_QUERY = Complex("InvalidQueryFault")
INVALID_TYPE = Complex("InvalidTypeFault")
OPERATION_TIME_INTERVAL = Complex("OperationTimeIntervalFault")
QUERY_TOO_LARGE = Complex("QueryTooLargeFault")
QUEUE_LIMIT_REACHED = Complex("QueueLimitReachedFault")
RECORD_NOT_FOUND = Complex("RecordNotFoundFault")
UNAUTHORIZED_ACCESS = Complex("UnauthorizedAccessFault")
UNEXPECTED_ERROR = Complex("UnexpectedErrorFault")
VALIDATION = Complex(
    "ValidationFault",
    _VALIDATION,
    Details=ListOf(
        Complex("ValidationDetail", _VALIDATION_DETAIL, Key=STRING, Message=STRING, Tag=STRING), _VALIDATION_DETAIL
    ),
)

TYPED = (INVALID_TYPE, UNEXPECTED_ERROR, VALIDATION)
"""What operations on a type declare."""
BATCHED = (BATCH_SIZE_EXCEEDED, *TYPED)
"""What operations on several records of a type declare."""
