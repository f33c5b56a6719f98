"""The lines that a sync writes to its log and its rejects: codes, severities and texts (`bulk` 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

INFORMATION, WARNING, ERROR = "information", "warning", "error"


class Code(Enum):
    """A status code: its severity, the text of its log line (None: it has none), the text of its reject."""

    PROCESSED = "ELQ-00001", INFORMATION, "Total records processed."
    BAD_ADDRESS = "ELQ-00002", WARNING, "Invalid email addresses.", "Invalid email address."
    LEFT = "ELQ-00003", INFORMATION, "Total records remaining after duplicates are rejected."
    CREATED = "ELQ-00004", INFORMATION, "Contacts created."
    ACCOUNTS_CREATED = "ELQ-00005", INFORMATION, "Accounts created."
    RECORDS_CREATED = "ELQ-00007", INFORMATION, "CustomObject data created."
    RECORDS_UPDATED = "ELQ-00012", INFORMATION, "CustomObject data updated."
    BOUNCED = "ELQ-00016", INFORMATION, "Contacts email marked as bounced."
    UNSUBSCRIBED = "ELQ-00017", INFORMATION, "Contacts email marked as unsubscribed."
    UPDATED = "ELQ-00022", INFORMATION, "Contacts updated."
    ACCOUNTS_UPDATED = "ELQ-00023", INFORMATION, "Accounts updated."
    RECORDS_LINKED = "ELQ-00025", INFORMATION, "CustomObject data linked."
    DUPLICATE = "ELQ-00026", WARNING, "Duplicate identifier.", "Multiple matches."
    ADDRESSES_CREATED = "ELQ-00033", INFORMATION, "Email addresses created."
    UNMATCHED = "ELQ-00034", INFORMATION, "Total unmatched records."
    ADDRESSES_UPDATED = "ELQ-00035", INFORMATION, "Email addresses updated."
    BAD_VALUE = "ELQ-00040", WARNING, None, "Invalid field value."
    NEW_RECORDS = "ELQ-00049", INFORMATION, "Total new records."
    EXISTS = "ELQ-00048", WARNING, "Contact already exists.", "Contact already exists."
    NO_CAMPAIGN = "ELQ-00055", WARNING, "Campaign not found.", "Campaign not found."
    EMPTY = "ELQ-00059", WARNING, "Empty records.", "Empty record."
    MISSING_FIELD = "ELQ-00061", WARNING, "Rejected records (missing fields).", "Missing field."
    OBSERVED_LAST = "ELQ-00071", INFORMATION, None
    ASSETS_CREATED = "ELQ-00068", INFORMATION, "Assets created."
    ACTIVITIES_CREATED = "ELQ-00069", INFORMATION, "Activities created."
    NO_ACTIVITY_TYPE = "ELQ-00070", WARNING, "Activity Type not found.", "Activity Type not found."
    NO_ASSET_TYPE = "ELQ-00072", WARNING, "Asset Type not found.", "Asset Type not found."
    NO_OPPORTUNITY = "ELQ-00084", WARNING, "Opportunity does not exist.", "Opportunity does not exist."
    NO_CONTACT = "ELQ-00085", WARNING, "Contact does not exist.", "Contact does not exist."
    REGISTRANTS_CREATED = "ELQ-00077", INFORMATION, "Event data created."
    REGISTRANTS_LINKED = "ELQ-00078", INFORMATION, "Event data linked."
    REGISTRANTS_UPDATED = "ELQ-00079", INFORMATION, "Event data updated."
    ENDED = "ELQ-00101", INFORMATION, "Sync processed for sync , resulting in {status} status."
    EXPORTED = "ELQ-00102", INFORMATION, "Successfully exported members to csv file."
    CONVERTED = "ELQ-00106", INFORMATION, "Successfully converted csv file to sqlite, taking {kb} kb."
    BROKEN_OFF = "ELQ-00107", ERROR, "There was an error processing the {kind}."
    UNKNOWN_COLUMN = (
        "ELQ-00111",
        WARNING,
        "Field {field} is not part of import definition, and will be ignored.",
    )
    ON_ACCOUNT_LIST = "ELQ-00114", INFORMATION, "Added members to Account List {asset}."
    GROUP_SUBSCRIBED = "ELQ-00115", INFORMATION, "Subscribed members to Email Group {asset}."
    GROUP_UNSUBSCRIBED = "ELQ-00116", INFORMATION, "Unsubscribed members from Email Group {asset}."
    OFF_ACCOUNT_LIST = "ELQ-00117", INFORMATION, "Removed members from Account List {asset}."
    OFF_LIST = "ELQ-00118", INFORMATION, "Removed members from Contact List {asset}."
    ON_LIST = "ELQ-00119", INFORMATION, "Added members to Contact List {asset}."
    MISSING_COLUMN = (
        "ELQ-00121",
        WARNING,
        "Field {field} is part of import definition, but not included in file {file}.",
    )
    CONSTRAINT = "ELQ-00125", WARNING, "Constraint failed.", "Constraint failed."
    INVALID = (
        "ELQ-00122",
        ERROR,
        "Validation errors found on sync {sync} for user {user}. Sync will NOT proceed.",
    )
    IDENTIFIER_IGNORED = (
        "ELQ-00123",
        WARNING,
        "identifierField {field} will be ignored since Activities are never updated.",
    )
    NOTHING_STAGED = "ELQ-00124", WARNING, "There was no data available to process."
    NO_COLUMN = "ELQ-00127", ERROR, "There are no mapped fields in the file {file}."
    INSTANCE_STATUS = (
        "ELQ-00128",
        INFORMATION,
        "Updated members status to {status} in service instance {asset}.",
    )
    STAGED = "ELQ-00130", INFORMATION, "Total records staged for import."
    STAGING_DELETED = "ELQ-00131", INFORMATION, "Deleted internal staging for data transfer."
    STORAGE_FULL = "ELQ-00136", ERROR, "Staging area storage limit exceeded."
    READY = "ELQ-00137", INFORMATION, "Ready for data import processing."
    SUBSCRIBED = "ELQ-00138", INFORMATION, "Contacts email marked as subscribed."
    DEFINITION_GONE = (
        "ELQ-00143",
        ERROR,
        "Sync Recovery Worker could not recover from sync error. {kind} definition for id {id} has been deleted.",
    )
    FIELDS_LEFT_OUT = "ELQ-00144", WARNING, "Total records with rejected fields."

    RETRIED = "ELQ-00145", WARNING, "The request failed and will be retried automatically in the specified time."
    TEMPORARY = "ELQ-00146", ERROR, "The sync failed because of a temporary error."

    def __init__(self, code: str, severity: str, message: str | None, reject: str = "") -> None:
        self.code = code
        self.severity = severity
        self.message = message
        self.reject = reject


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sync's log."""

    code: str
    severity: str
    message: str | None
    count: int
    at: int
    """Milliseconds since 1970 UTC."""


def line(code: Code, at: int, count: int = 0, **blanks: object) -> Line:
    """A log line written at *at*, the blanks of its text filled in."""
    return Line(code.code, code.severity, code.message.format(**blanks) if code.message else None, count, at)


def outcome(lines: Sequence[Line]) -> str:
    """The status that a log amounts to: its worst severity [inferred; fits every recording]."""
    worst = {each.severity for each in lines}
    return "error" if ERROR in worst else "warning" if WARNING in worst else "success"
