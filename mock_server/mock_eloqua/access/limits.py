"""Every threshold of the product, declared.

After `platform` 4 (T1 to T33), `bulk` 18, `rest` 19 and `soap` 11. `thresholds` counts, `profiles` says which are
enforced; docs/thresholds.md is this table.
"""

from __future__ import annotations

from mock_eloqua.access.threshold import HOUR, MINUTE, NEVER, SECOND, SOFT, Effect, Kind, Scope, Threshold, pace
from mock_eloqua.clock import DAY
from mock_eloqua.sureness import Sureness

REST_PACE = pace(
    "rest-pace",
    1,
    SECOND,
    number="T1",
    what="REST calls a second",
    scope=Scope.USER,
    effect=Effect.NOTHING,
    past="nothing: one a second is recommended. Enforced: 429",
    enforced_in=SOFT,
    source="platform 4",
    sure=Sureness.CLIENT,
)
BULK_DAILY = pace(
    "bulk-daily",
    2000,
    DAY,
    number="T2",
    what="Bulk POST and PUT a day",
    effect=Effect.NOTHING,
    past="nothing: of the time of Bulk 1.0, followed by the limits an hour. Enforced: 429",
    enforced_in=frozenset({"seed"}),
    source="platform 4",
    sure=Sureness.CLIENT,
)


def _syncs(name: str, limit: int, number: str, what: str) -> Threshold:
    return pace(
        name,
        limit,
        HOUR,
        number=number,
        what=what,
        unit="syncs",
        effect=Effect.SLOWER,
        past="slower, and Oracle may step in. Enforced: 429",
        enforced_in=SOFT,
        source="platform 4, bulk 18",
    )


EXPORT_SYNCS = _syncs("export-syncs", 2000, "T3", "export syncs an hour")
IMPORT_SYNCS = _syncs("import-syncs", 2000, "T4", "import syncs an hour")
SYNC_ACTION_SYNCS = _syncs("sync-action-syncs", 4000, "T5", "sync-action syncs an hour")
IMPORT_FIELDS = Threshold(
    name="import-fields",
    number="T6",
    what="fields of an import definition",
    limit=100,
    unit="fields",
    scope=Scope.DEFINITION,
    source="platform 4, bulk 18",
)
EXPORT_FIELDS = Threshold(
    name="export-fields",
    number="T7",
    what="fields of an export definition",
    limit=250,
    unit="fields",
    scope=Scope.DEFINITION,
    source="platform 4, bulk 18",
)
APP_EXPORT_FIELDS = Threshold(
    name="app-export-fields",
    number="T7",
    what="fields of the record definition of an app service",
    limit=249,
    unit="fields",
    scope=Scope.DEFINITION,
    source="platform 4, bulk 18",
    watched=False,
)
STAGED_BYTES = Threshold(
    name="staged-bytes",
    number="T8",
    what="data in one upload to Bulk",
    limit=32 * 2**20,
    unit="bytes",
    effect=Effect.NOT_FOUND,
    past="404 Not Found, for whatever body is longer",
    source="platform 4, Q55",
)
STAGED_BEFORE_SYNC = Threshold(
    name="staged-before-sync",
    number="T9",
    what="data that waits for one sync",
    limit=250 * 2**20,
    unit="bytes",
    scope=Scope.DEFINITION,
    effect=Effect.NOTHING,
    past="nothing: it is advice. Enforced: 400 with the rule that is broken",
    enforced_in=NEVER,
    source="platform 4, bulk 18",
)
FILES_PER_SYNC = Threshold(
    name="files-per-sync",
    number="T10",
    what="uploads that wait for one sync",
    limit=500,
    unit="files",
    scope=Scope.DEFINITION,
    since="five-hundred-files-a-sync",
    source="platform 4, bulk 18",
)
STAGING_AREA = Threshold(
    name="staging-area",
    number="T11",
    what="room for uploads and exported rows: 50 kB for each contracted contact, here 10 million",
    limit=500_000_000,
    unit="kB",
    scope=Scope.SITE,
    effect=Effect.NO_ROOM,
    past="413 Storage space exceeded; ELQ-00136 in the log of a sync",
    enforced_in=NEVER,
    on_demand=True,
    source="platform 4, bulk 18",
)
BULK_DATA_PAGE = Threshold(
    name="bulk-data-page",
    number="T12",
    what="rows on a page of exported data",
    limit=50_000,
    unit="rows",
    past="400, or cut to the limit: the switch `page_limit_out_of_range`",
    source="platform 4, bulk 6",
)
BULK_PAGE = Threshold(
    name="bulk-page",
    what="items on a page of a Bulk list",
    limit=1000,
    unit="items",
    past="400, or cut to the limit: the switch `page_limit_out_of_range`",
    source="bulk 6, 18",
)
ACTIVITY_EXPORT_ROWS = Threshold(
    name="activity-export-rows",
    number="T13",
    what="rows that an export of activities finds",
    limit=5_000_000,
    unit="rows",
    scope=Scope.SYNC,
    effect=Effect.CUT,
    past="cut, in no order and without a word",
    source="platform 4, bulk 12, Q63",
)
REST_PAGE = Threshold(
    name="rest-page",
    number="T14",
    what="objects on a page: `count`",
    limit=1000,
    unit="objects",
    past="400, or cut to the limit: the switch `count_out_of_range`",
    source="platform 4, rest 4",
)
SOAP_PAGE = Threshold(
    name="soap-page",
    number="T15",
    what="records on a page of a SOAP Query",
    limit=200,
    unit="records",
    effect=Effect.FAULT,
    past="a validation fault: the value must fall within the range",
    source="platform 4, soap 11",
    sure=Sureness.RECORDED,
)
CUSTOM_OBJECT_SEARCH = Threshold(
    name="custom-object-search",
    number="T16",
    what="REST searches of a large custom object by nothing that has an index",
    limit=1,
    unit="searches",
    kind=Kind.AT_ONCE,
    scope=Scope.USER_AND_OBJECT,
    effect=Effect.TOO_MANY,
    past="429 until the first ends",
    since="one-unindexed-search",
    source="platform 4, Q43",
)
LARGE_CUSTOM_OBJECT = Threshold(
    name="large-custom-object",
    number="T16",
    what="records that a custom object may have before its searches are counted",
    limit=1_000_000,
    unit="records",
    kind=Kind.MARK,
    effect=Effect.NOTHING,
    past="`custom-object-search` holds",
    scope=Scope.SITE,
    source="platform 4, Q43",
)
OAUTH_FLOWS = pace(
    "oauth-flows",
    1,
    MINUTE,
    number="T17",
    what="OAuth flows that start, and password grants, a minute",
    scope=Scope.USER_AND_APP,
    past="Too Many Requests",
    since="one-oauth-flow-a-minute",
    source="platform 4, Q9",
)
ID_CALLS = pace(
    "id-calls",
    60,
    MINUTE,
    number="T18",
    what="`GET /id` a minute; that it is throttled is documented, the number is a guess",
    scope=Scope.USER,
    past="429",
    enforced_in=NEVER,
    on_demand=True,
    source="platform 4, Q5",
    sure=Sureness.INFERRED,
)
SANDBOX_CONTACTS = Threshold(
    name="sandbox-contacts",
    number="T19",
    what="contacts of a sandbox",
    limit=10_000,
    unit="contacts",
    scope=Scope.SITE,
    effect=Effect.CONFLICT,
    past="REST: 409 Sandbox Limit Exceeded; Bulk: the new ones are rejected, the others updated",
    enforced_in=NEVER,
    on_demand=True,
    since="sandbox-contacts-limited",
    source="platform 4, Q45",
)
CONTACT_FIELDS = Threshold(
    name="contact-fields",
    number="T20",
    what="custom fields of contacts, and of accounts",
    limit=250,
    unit="fields",
    scope=Scope.SITE,
    source="platform 4, rest 9",
    sure=Sureness.CLIENT,
)
TRACKED_FIELDS = Threshold(
    name="tracked-fields",
    number="T21",
    what="contact fields whose changes are tracked",
    limit=10,
    unit="fields",
    scope=Scope.SITE,
    effect=Effect.NOTHING,
    past="not known",
    source="platform 4",
    watched=False,
)
TRACKED_CHANGES = pace(
    "tracked-changes",
    1_000_000,
    DAY,
    number="T22",
    what="contacts that are updated through field tracking, a day",
    unit="contacts",
    effect=Effect.IGNORED,
    past="what is more is ignored, without a word",
    source="platform 4",
    watched=False,
)
RETENTION = Threshold(
    name="retention",
    number="T23",
    what="days that a definition may keep its data: `dataRetentionDuration`",
    limit=14,
    unit="days",
    scope=Scope.DEFINITION,
    past="400 with the rule that is broken [inferred]; what is older is gone: 404, or 410 by a switch",
    source="platform 4, bulk 18",
)
SYNC_HISTORY = Threshold(
    name="sync-history",
    number="T24",
    what="days that syncs, their logs and rejects are remembered",
    limit=365,
    unit="days",
    kind=Kind.MARK,
    scope=Scope.SITE,
    effect=Effect.GONE,
    past="404",
    since="syncs-kept-a-year",
    source="platform 4, Q69",
)
UNUSED_DEFINITIONS = Threshold(
    name="unused-definitions",
    number="T25",
    what="days that a definition without `autoDeleteDuration` outlives its last use",
    limit=365,
    unit="days",
    kind=Kind.MARK,
    scope=Scope.SITE,
    effect=Effect.GONE,
    past="404",
    since="unused-definitions-go",
    source="platform 4, Q69",
)
APP_HEALTH = pace(
    "app-health",
    100,
    5 * MINUTE,
    number="T26",
    what="calls to an app in five minutes, of which a quarter fails",
    scope=Scope.APP,
    effect=Effect.SHUT_DOWN,
    past="the app is shut down; pending and future calls fail",
    source="platform 4, Q77",
    watched=False,
)
APP_NAME = Threshold(
    name="app-name",
    number="T27",
    what="characters of the name of an app service",
    limit=100,
    unit="characters",
    scope=Scope.APP,
    source="platform 4",
    watched=False,
)
APP_DESCRIPTION = Threshold(
    name="app-description",
    number="T27",
    what="characters of the description of an app service",
    limit=4000,
    unit="characters",
    scope=Scope.APP,
    source="platform 4",
    watched=False,
)
SIGNATURE_AGE = Threshold(
    name="signature-age",
    number="T28",
    what="seconds after which an app should refuse a signed call",
    limit=300,
    unit="seconds",
    kind=Kind.MARK,
    effect=Effect.NOTHING,
    past="the app's own business",
    source="platform 4",
    watched=False,
)
REST_AT_ONCE = Threshold(
    name="rest-at-once",
    number="T29",
    what="REST calls at the same time",
    limit=20,
    unit="calls",
    kind=Kind.AT_ONCE,
    scope=Scope.SITE,
    effect=Effect.NOTHING,
    past="nothing is known",
    enforced_in=NEVER,
    source="platform 4: a vendor's article",
    sure=Sureness.CLIENT,
    watched=False,
)
REST_DAILY = pace(
    "rest-daily",
    None,
    DAY,
    number="T30",
    what="REST calls a day",
    effect=Effect.NOTHING,
    past="no number is known. Given one and enforced: 429",
    enforced_in=NEVER,
    source="platform 4",
    sure=Sureness.INFERRED,
)
EMAIL_DEPLOYMENTS = pace(
    "email-deployments",
    60,
    MINUTE,
    number="T31",
    what="e-mail deployments a minute",
    unit="deployments",
    past="429; SOAP: a fault",
    since="sixty-deployments-a-minute",
    source="platform 4, Q44",
)
RECORDS_BY_IDS = Threshold(
    name="records-by-ids",
    number="T32",
    what="records that one call reads by their ids",
    limit=200,
    unit="ids",
    source="platform 4, rest 19",
)
SEGMENT_DATES = Threshold(
    name="segment-dates",
    number="T33",
    what="conditions on system dates beside a segment in an export filter, which bears no others",
    limit=2,
    unit="conditions",
    scope=Scope.DEFINITION,
    past="400; ELQ-00122 when an older definition is synced",
    since="segment-filters-limited",
    source="platform 4, bulk 15",
)
ACTIVITY_CONTACT_FIELDS = Threshold(
    name="activity-contact-fields",
    what="contact fields of an export of activities",
    limit=10,
    unit="fields",
    scope=Scope.DEFINITION,
    source="bulk 18",
)
SYNC_ACTIONS = Threshold(
    name="sync-actions",
    what="sync actions of a definition",
    limit=10,
    unit="actions",
    scope=Scope.DEFINITION,
    source="bulk 18",
)
FILTER_LENGTH = Threshold(
    name="filter-length",
    what="characters of an export filter",
    limit=1000,
    unit="characters",
    scope=Scope.DEFINITION,
    source="bulk 18",
)
DEPLOYMENT_CONTACTS = Threshold(
    name="deployment-contacts",
    what="contacts of one e-mail deployment",
    limit=100,
    unit="contacts",
    source="rest 14.2, 19",
)
SIGNATURE_MAPPINGS = Threshold(
    name="signature-mappings",
    what="mappings of an e-mail signature rule",
    limit=75_000,
    unit="mappings",
    scope=Scope.DEFINITION,
    source="rest 19",
)
SOAP_QUERY = pace(
    "soap-query",
    1,
    SECOND,
    what="SOAP Query a second",
    scope=Scope.USER,
    effect=Effect.FAULT,
    past="OperationTimeIntervalFault",
    enforced_in=SOFT,
    source="soap 11; per user is assumed",
    sure=Sureness.CLIENT,
)
SOAP_EXPORT = pace(
    "soap-export",
    1,
    MINUTE,
    what="SOAP InitializeDataExport a minute; that there is an interval is in the contract, its length is a guess",
    scope=Scope.USER,
    effect=Effect.FAULT,
    past="OperationTimeIntervalFault",
    enforced_in=SOFT,
    source="soap 11",
    sure=Sureness.INFERRED,
)
SOAP_BATCH = Threshold(
    name="soap-batch",
    what="entities or ids in one SOAP call",
    limit=200,
    unit="items",
    effect=Effect.FAULT,
    past="BatchSizeExceededFault",
    source="soap 11",
    sure=Sureness.CLIENT,
)
SOAP_IMPORT_QUEUE = Threshold(
    name="soap-import-queue",
    what="imports that wait or run, those of Bulk too; that there is a limit is in the contract, the number is a guess",
    limit=100,
    unit="imports",
    scope=Scope.SITE,
    effect=Effect.FAULT,
    past="QueueLimitReachedFault to InitializeDataImport",
    source="soap 11",
    sure=Sureness.INFERRED,
)
THRESHOLDS = {each.name: each for each in list(globals().values()) if isinstance(each, Threshold)}
"""All of them by name, in the order above."""
