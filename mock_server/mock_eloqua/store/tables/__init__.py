"""The tables that one site owns, the same on SQLite and PostgreSQL.

Real columns for what is searched or joined; a JSON document for the rest. Instants are milliseconds
since 1970 UTC. The values of contact fields live in one document per contact, keyed by field id,
blank ones left out: fields come and go without a table change.
"""

from mock_eloqua.store.tables.accounts import account, account_member, account_user
from mock_eloqua.store.tables.activities import activity
from mock_eloqua.store.tables.assets import asset, dependency
from mock_eloqua.store.tables.campaigns import campaign_response, canvas_member, canvas_state
from mock_eloqua.store.tables.contacts import address_memory, contact, field, list_member, mail_address
from mock_eloqua.store.tables.custom_objects import custom_object_record, lookup_entry
from mock_eloqua.store.tables.emails import (
    favorite,
    group_subscription,
    queued_deployment,
    signature_mapping,
    stored_file,
)
from mock_eloqua.store.tables.forms import form_batch, form_submission
from mock_eloqua.store.tables.labels import contact_label, group_label
from mock_eloqua.store.tables.oauth import oauth_client, oauth_token
from mock_eloqua.store.tables.opportunities import opportunity, opportunity_link
from mock_eloqua.store.tables.schema import SCHEMA_VERSION, BigKey, Document, metadata
from mock_eloqua.store.tables.scores import contact_score
from mock_eloqua.store.tables.site import id_counter, security_group, site_fact, user, user_group
from mock_eloqua.store.tables.sms import audit_report, phone_consent
from mock_eloqua.store.tables.transfer import (
    definition,
    staged_file,
    sync,
    sync_log,
    sync_reject,
    sync_rows,
)
from mock_eloqua.store.tables.visitors import visitor

__all__ = [
    "SCHEMA_VERSION",
    "BigKey",
    "Document",
    "account",
    "account_member",
    "account_user",
    "activity",
    "address_memory",
    "asset",
    "audit_report",
    "campaign_response",
    "canvas_member",
    "canvas_state",
    "contact",
    "contact_label",
    "contact_score",
    "custom_object_record",
    "definition",
    "dependency",
    "favorite",
    "field",
    "form_batch",
    "form_submission",
    "group_label",
    "group_subscription",
    "id_counter",
    "list_member",
    "lookup_entry",
    "mail_address",
    "metadata",
    "oauth_client",
    "oauth_token",
    "opportunity",
    "opportunity_link",
    "phone_consent",
    "queued_deployment",
    "security_group",
    "signature_mapping",
    "site_fact",
    "staged_file",
    "stored_file",
    "sync",
    "sync_log",
    "sync_reject",
    "sync_rows",
    "user",
    "user_group",
    "visitor",
]
