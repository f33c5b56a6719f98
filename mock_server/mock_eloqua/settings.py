"""Every switch of the emulator: its default, the values it takes, and how sure the default is.

A behaviour that the reference calls inferred is decided here and nowhere else, so that a calibration
against a live POD changes one line.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, get_type_hints

from mock_eloqua.mistyped import unknown
from mock_eloqua.networks import networks
from mock_eloqua.sureness import Sureness

INFERRED, CLIENT, DOC = Sureness.INFERRED, Sureness.CLIENT, Sureness.DOC


class BadSetting(ValueError):
    """A switch that does not exist, or a value it does not take; the text says how to mend it."""


def switch(
    default: Any, sure: Sureness, source: str, *values: str | int, read: Callable[[str], object] | None = None
) -> Any:
    """Declare a switch: its default, how sure that is, where from, and the words it takes (none: any).

    What *read* raises a ValueError for is not taken either.
    """
    return field(default=default, metadata={"sure": sure, "source": source, "values": values, "read": read})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The switches of one site. Immutable: `changed` gives another set."""

    basic_slash_separator: bool = switch(False, INFERRED, "platform 1.2")
    """Accept `Site/User` besides `Site\\User` in Basic credentials."""
    id_requires_advanced: bool = switch(False, INFERRED, "platform 3.7")
    """Ask for Manage Contacts (Advanced Users - Marketing) at `GET /id`."""
    password_expiry_days: int = switch(120, DOC, "platform 1.8")
    """How long a password lasts where a user's passwords expire; 0: for ever."""
    login_attempts: int = switch(5, DOC, "platform 1.8")
    """Wrong passwords until a user is locked; 0: as many as come."""
    login_lock_minutes: int = switch(5, DOC, "platform 1.8")
    """How long a user is locked after them; 0: until somebody unlocks it."""
    login_attempts_reset_minutes: int = switch(5, DOC, "platform 1.8")
    """How long after the last wrong password they are forgotten; a right one does not do it [inferred]."""
    ip_allowlist: str = switch("", DOC, "platform 1.8", read=networks)
    """Addresses and networks, with commas between, from which users may call; none: from everywhere."""
    sso_only_login: str = switch("off", DOC, "platform 1.8", "off", "basic", "passwords")
    """`basic` refuses HTTP Basic, as the notice of 25D says; `passwords` WS-Security and the password grant too."""
    body_of_401: str = switch("string", INFERRED, "rest 6", "string", "empty")
    """REST answers 401 with the JSON string `"Not authenticated."`, or with nothing."""
    services_not_enabled: str = switch("", DOC, "rest 6, bulk 19.2")
    """What the site has no licence for, as paths name it, with commas between: `customObject, campaign`. 403."""
    put_semantics: str = switch("replace", DOC, "rest 18", "replace", "merge")
    """A property left out of a PUT is blanked (`replace`) or kept (`merge`)."""
    blank_strings_on_account_create: bool = switch(False, CLIENT, "rest 2.3")
    """The answer to `POST /data/account` repeats unset texts as `""`."""
    endpoint_error_shape: str = switch("array", INFERRED, "rest 7.2", "array", "object")
    """An EndpointParameterError comes in a list, or bare."""
    count_out_of_range: str = switch("error", INFERRED, "rest 4", "error", "clamp")
    """`count` outside 1 to 1000: 400, or cut to the range."""
    unknown_search_term: str = switch("error", INFERRED, "rest 5", "error", "ignore", "empty")
    """A `search` term that the type does not have: 400, left out, or nothing found."""
    missing_content_type: str = switch("error", INFERRED, "platform 5.3", "error", "accept")
    """A POST or PUT without Content-Type: 400, or taken as JSON."""
    unknown_list_members: str = switch("ignore", INFERRED, "rest 10", "ignore", "error")
    """Contact ids in `membershipAdditions` that do not exist: passed over, or 400."""
    user_details: str = switch("own", DOC, "platform Q25", "own", "all")
    """Preferences, security groups and permission blocks are shown of the calling user only, or of all."""
    read_users_requires_admin: bool = switch(False, INFERRED, "platform 3.7")
    """Ask for Manage Users also where users and security groups are read, but for `/system/user/current`."""
    record_is_mapped: str = switch("Yes/No", CLIENT, "rest 13", "Yes/No", "true/false")
    """The words for `isMapped` of a custom object's record. Both are read."""
    form_validations: str = switch("error", INFERRED, "rest 12.2", "error", "report", "ignore")
    """Form data that breaks a validation of its field: 400, taken in with `validationErrors`, or not looked at."""
    processing_delay_ms: int = switch(50, INFERRED, "rest 21")
    """How long after the answer the processing steps of a form begin to run, in milliseconds."""
    segment_calculation_ms: int = switch(0, INFERRED, "rest 21")
    """How long after the answer to a queue call the counts of a segment change, in milliseconds; 0: before it."""
    email_group_default: str = switch("subscribed", INFERRED, "rest 15", "subscribed", "unsubscribed")
    """What an address is to an e-mail group of which it has said nothing."""
    click_pending_seconds: int = switch(0, INFERRED, "rest 16.2")
    """How long a click-through is pending, which REST 2.0 shows with `includePending` only, in seconds."""
    participants_limit: str = switch("error", INFERRED, "rest 13", "error", "ignore")
    """A registration for a session that has reached its `participantsLimit`: 400, or taken in."""
    campaign_field_values: str = switch("merge", INFERRED, "rest 18", "merge", "replace")
    """A PUT to a campaign writes the `fieldValues` that it names and keeps the others, or replaces them all."""
    canvas_activation_checks: str = switch("all", INFERRED, "rest 14.1", "all", "none")
    """What is missing on the canvas of a campaign or program keeps it from being activated, or does not."""
    active_canvas_put: str = switch("error", INFERRED, "rest 14.1", "error", "accept")
    """A PUT to an active campaign or program: 400, or its members go on along the new canvas."""
    canvas_time_unit: str = switch("seconds", INFERRED, "rest 14.1", "seconds", "minutes", "hours")
    """What `waitFor`, `evaluateNoAfter` and `reEvaluationFrequency` of elements count."""
    campaign_membership_activities: bool = switch(True, INFERRED, "rest 16.1")
    """A contact who enters a campaign has the activity `campaignMembership`."""
    master_exclude_list: str = switch("", INFERRED, "soap 8")
    """The name of the contact list whose members get no deployments; none: there is no such list."""
    sender_domains: str = switch("", INFERRED, "platform Q42")
    """Domains, with commas between, from which e-mails may be sent, the first by default; none: from any."""
    delete_dependency_status: str = switch("412", INFERRED, "rest 6", "412", "409")
    """Deleting something that others depend on."""
    rest_page_order: str = switch("id", INFERRED, "rest 4", "id")
    """Order of a list without `orderBy`."""
    statements_without_braces: bool = switch(True, CLIENT, "bulk 4.6")
    """Bulk definitions may write `Contact.Id` for `{{Contact.Id}}`."""
    sync_triggered_on_import: bool = switch(False, CLIENT, "bulk 4.1")
    """Default of `isSyncTriggeredOnImport`."""
    sync_failure_status: str = switch("error", CLIENT, "bulk 8.1", "error", "errored")
    """The word for a failed sync."""
    sync_pending_seconds: float = switch(0.2, INFERRED, "bulk 8.1")
    """How long a sync stays `pending`, in seconds."""
    sync_active_seconds: float = switch(0.3, INFERRED, "bulk 8.1")
    """How long a sync is `active` at least, in seconds."""
    sync_clock_skew_seconds: float = switch(0.8, Sureness.RECORDED, "platform Q46")
    """How far `createdAt` in the answer to `POST /syncs` lies after the stored one, in seconds."""
    sync_timing: str = switch("paced", INFERRED, "bulk 8.1", "paced", "instant", "scaled", "manual")
    """Syncs take the seconds above, none, those and one more for each 30,000 rows, or wait to be released."""
    sync_callbacks: str = switch("on", INFERRED, "bulk 8.3", "on", "off")
    """The `callbackUrl` of a sync is called when it ends, or never."""
    outgoing_hosts: str = switch("", INFERRED, "bulk 8.3, rest 12")
    """Hosts besides this machine, with commas between, to which callbacks and form data may be posted."""
    duplicate_in_upload: str = switch("last", INFERRED, "bulk 10.6", "last", "first")
    """Which of several rows of one upload with the same identifier goes in."""
    empty_export_items: str = switch("absent", CLIENT, "bulk 6", "absent", "empty")
    """An export without rows leaves `items` out, or shows an empty list."""
    definition_data: str = switch("complete", DOC, "platform Q57", "complete", "partial")
    """A definition's own `/data` holds what its last sync found, or the first half: only that of the sync has all."""
    twin_syncs: str = switch("apart", DOC, "platform Q58", "apart", "fail", "lose")
    """A second sync of a definition at once: goes its way, fails, or loses the uploads that it took."""
    duplicate_export_field: str = switch("sound", CLIENT, "platform Q62", "sound", "shuffle")
    """An export that has a statement twice: its values are those of the row, or some are of another row."""
    corrupt_file_status: int = switch(400, INFERRED, "bulk 7.2", 400, 500, 503)
    """Answer to who reads exported rows whose file is corrupt (`POST /_mock/syncs/{sync_id}/corrupt`)."""
    expired_data_status: int = switch(404, INFERRED, "bulk 5", 404, 410)
    """Answer to who reads exported rows that have expired or were deleted."""
    foreign_sync_status: int = switch(403, INFERRED, "bulk 7.2", 403, 401, 404)
    """Answer to another user who reads the data of a sync."""
    page_limit_out_of_range: str = switch("error", INFERRED, "bulk 6", "error", "clamp")
    """Bulk `limit` or `offset` out of range: 400, or cut to the range."""
    strict_soap_action: bool = switch(False, INFERRED, "soap 3.1")
    """Refuse a SOAP call whose SOAPAction does not name the operation of its body."""
    soap_member_order: str = switch("any", INFERRED, "soap 12.5", "any", "contract")
    """Members of a SOAP request that are out of order: read (`any`), or passed over as WCF does (`contract`)."""
    soap_wsdl_flavour: str = switch("2013", DOC, "soap 9, 12.6", "2013", "2012")
    """`2012` has two more operations in ExternalActionService. WSDLs follow the default site's switch."""
    soap_namespace: str = switch("fixed", CLIENT, "platform Q73", "fixed", "pod")
    """The namespace of SOAP: `https://secure.eloqua.com/API/1.2`, or that of the default site's POD."""
    soap_taken_asset_name: str = switch("unexpected", INFERRED, "soap 5.3", "unexpected", "duplicate")
    """A SOAP asset whose name is taken: the UnexpectedException recorded for some failure, or a DuplicateValue."""
    soap_time_zone: str = switch("eastern", INFERRED, "soap 14", "eastern", "utc")
    """Moments in SOAP answers: Eastern without a zone, or UTC with `Z`. Those without one in requests are read so."""
    soap_mtom: str = switch("always", INFERRED, "soap 3.3", "always", "asked", "never")
    """DataTransferService answers in MTOM: always, which PHP cannot read, when the request came so, or never."""
    soap_unknown_job: str = switch("unexpected", INFERRED, "soap 5.2", "unexpected", "validation")
    """What an import, export or execution that does not exist is: an UnexpectedErrorFault, or a ValidationFault."""
    soap_unreadable_import: str = switch("file-type", INFERRED, "soap 5.2", "file-type", "validation")
    """What a file to be imported that is no CSV is: an InvalidFileType fault, or a ValidationFault."""
    soap_unknown_step: str = switch("fault", INFERRED, "soap 9", "fault", "empty")
    """A cloud connector's step that is on no active canvas: UnexpectedErrorFault, or nobody is there."""
    program_cycle_seconds: float = switch(0.0, INFERRED, "soap 9")
    """Seconds between program runs, live 900: with each, new members of a step are shown and the done go on."""
    soap_max_clock_skew_seconds: float = switch(300.0, INFERRED, "soap 4")
    """How far the timestamp of a WS-Security header may be off."""
    soap_require_timestamp: bool = switch(False, CLIENT, "soap 3.1")
    """Refuse a WS-Security header without a timestamp."""
    soap_read_only_fields: str = switch("error", INFERRED, "soap 6.4", "error", "ignore")
    """A SOAP record that brings a field only the product writes: a ReadOnlyField error, or passed over."""
    soap_search: str = switch("exact", INFERRED, "soap 8", "exact", "contains")
    """SearchEmail, SearchImage and SearchRedirectLinks find what is called so, or what has it somewhere in its name."""
    soap_distribution_lists: str = switch("segment", INFERRED, "soap 8", "segment", "list")
    """The distribution lists of EmailService are the contact segments, or the contact lists."""
    soap_activity_driven_content: str = switch("activities", INFERRED, "soap 8", "activities", "all")
    """ListActivityDrivenContentRules lists the dynamic content that asks what contacts did, or all of it."""
    soap_deploy_to_both: str = switch("list", CLIENT, "soap 8", "list", "fault")
    """Deploy with a distribution list and a contact: goes to the list, or InvalidDeploymentSettingsFault."""
    soap_deploy_to_refused: str = switch("fault", INFERRED, "soap 5.2", "fault", "exclude")
    """Deploy to a contact who may not be sent to: InvalidDeploymentRecipientFault, or a deployment to nobody."""
    soap_nil_in_update: str = switch("keep", INFERRED, "soap 8", "keep", "blank")
    """A text that UpdateHtmlEmail leaves out or sends as nil: stays as it is, or is blanked."""
    soap_email_not_written: str = switch("fault", INFERRED, "soap 5.3", "fault", "false")
    """UpdateHtmlEmail and DeleteEmail without the right, and of an e-mail in use: UnexpectedErrorFault, or false."""
    send_retry_after: bool = switch(False, INFERRED, "platform 4")
    """Name the seconds to wait in a `Retry-After` header of a 429."""
    threshold_warnings: bool = switch(False, INFERRED, "platform Q20")
    """Answers to calls that go over a threshold which is not enforced name it in `X-Mock-Threshold`."""

    def changed(self, changes: dict[str, Any]) -> Settings:
        """The same switches with *changes* applied.

        Raises:
            BadSetting: a name or a value is not known; nothing is changed.
        """
        for name, value in changes.items():
            _check(name, value)
        return replace(self, **changes)


def read(name: str, text: str) -> Any:
    """The value that a *text* stands for, as somebody types it; `changed` says whether the switch takes it.

    Raises:
        BadSetting: there is no such switch, or it takes no such thing.
    """
    wanted = _TYPES.get(name)
    if wanted is None:
        raise _unknown(name)
    try:
        return _READERS[wanted](text)
    except (KeyError, ValueError):
        raise BadSetting(f"setting {name} takes {_WORDS[wanted]}, not {text!r}") from None


@cache
def meanings() -> dict[str, str]:
    """What each switch means, by name: the text below it."""
    source = inspect.getsource(Settings)
    found = re.findall(r'^    (\w+): .*\n    """(.*?)"""', source, re.MULTILINE)
    return {name: text.replace("\\\\", "\\") for name, text in found}


_READERS: dict[type, Callable[[str], Any]] = {
    bool: lambda text: {"true": True, "false": False}[text.strip().lower()],
    int: int,
    float: float,
    str: str,
}
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
_TYPES = get_type_hints(Settings)
_VALUES = {each.name: each.metadata["values"] for each in fields(Settings)}
_READ = {each.name: each.metadata["read"] for each in fields(Settings) if each.metadata["read"]}


def _check(name: str, value: Any) -> None:
    if name not in _TYPES:
        raise _unknown(name)
    wanted = _TYPES[name]
    if not (type(value) is wanted or (wanted is float and type(value) is int)):
        raise BadSetting(f"setting {name} takes {_WORDS[wanted]}, not {value!r}")
    if _VALUES[name] and value not in _VALUES[name]:
        raise BadSetting(f"setting {name} takes {' or '.join(map(str, _VALUES[name]))}, not {value!r}")
    if isinstance(value, int | float) and value < 0:
        raise BadSetting(f"setting {name} takes a number from 0, not {value!r}")
    if name in _READ:
        try:
            _READ[name](value)
        except ValueError as error:
            raise BadSetting(f"setting {name}: {error}") from None


def _unknown(name: str) -> BadSetting:
    return BadSetting(unknown("setting", name, sorted(_TYPES)))
