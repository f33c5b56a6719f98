"""Which function answers which operation of `contract`: every one has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_eloqua.access.matrix import CALL, CREATE, DELETE, UPDATE, OperationGroup, doing
from mock_eloqua.crm.transfer.kinds import DOES, EXPORT, IMPORT
from mock_eloqua.soap import (
    activities,
    assets,
    data_transfer,
    deployments,
    email_content,
    email_metrics,
    emails,
    entities,
    external_action,
    images,
    links,
    membership,
    quick_email,
)
from mock_eloqua.soap.asset_types import CONTACT_GROUP
from mock_eloqua.soap.contact import Contacts
from mock_eloqua.soap.contract import activities as of_activities
from mock_eloqua.soap.contract import assets as of_assets
from mock_eloqua.soap.contract import data_transfer as of_data_transfer
from mock_eloqua.soap.contract import email as of_email
from mock_eloqua.soap.contract import entities as of_entities
from mock_eloqua.soap.contract import external_action as of_external_action
from mock_eloqua.soap.contract import quick_email as of_quick_email
from mock_eloqua.soap.declaration import Operation
from mock_eloqua.sureness import Sureness

INFERRED = Sureness.INFERRED

Handler = Callable[..., Any]
"""Takes the call and the members of the request as plain values, gives the result as plain values."""


@dataclass(frozen=True, slots=True)
class Emulated:
    """An operation that is emulated."""

    handler: Handler
    does: OperationGroup = CALL
    """Its row of the permission matrix; that of contacts or contact groups, where a call may name other things."""
    sure: Sureness = Sureness.CLIENT
    slow: bool = False
    """May take so long that calls of its service never run in the event loop: which it is shows in the body only."""


_OF_EMAIL_SERVICE: Mapping[Operation, Emulated] = {
    of_email.LIST_IMAGES: Emulated(images.list_images, sure=INFERRED),
    of_email.SEARCH_IMAGE: Emulated(images.search_image, sure=INFERRED),
    of_email.UPLOAD_IMAGE: Emulated(images.upload_image, images.UPLOAD, INFERRED),
    of_email.CREATE_REDIRECT_LINK: Emulated(links.create_redirect_link),
    of_email.LIST_REDIRECT_LINKS: Emulated(links.list_redirect_links, sure=INFERRED),
    of_email.SEARCH_REDIRECT_LINKS: Emulated(links.search_redirect_links, sure=INFERRED),
    of_email.LIST_EMAIL_FIELDS: Emulated(email_content.list_email_fields, sure=INFERRED),
    of_email.LIST_ACTIVITY_DRIVEN_CONTENT_RULES: Emulated(
        email_content.list_activity_driven_content_rules, sure=INFERRED
    ),
    of_email.LIST_DISTRIBUTION_LISTS: Emulated(email_content.list_distribution_lists, sure=INFERRED),
    of_email.LIST_EMAILS: Emulated(emails.list_emails, sure=INFERRED),
    of_email.LIST_EMAIL_GROUPS: Emulated(email_content.list_email_groups, sure=INFERRED),
    of_email.LIST_SIGNATURE_LAYOUTS: Emulated(email_content.list_signature_layouts, sure=INFERRED),
    of_email.LIST_EMAIL_HEADERS: Emulated(email_content.list_email_headers, sure=INFERRED),
    of_email.LIST_EMAIL_FOOTERS: Emulated(email_content.list_email_footers, sure=INFERRED),
    of_email.LIST_EMAIL_ENCODINGS: Emulated(email_content.list_email_encodings, sure=INFERRED),
    of_email.CREATE_HTML_EMAIL: Emulated(emails.create_html_email, emails.MAKE),
    of_email.UPDATE_HTML_EMAIL: Emulated(emails.update_html_email, emails.CHANGE, INFERRED),
    of_email.GET_EMAIL_DETAILS: Emulated(emails.get_email_details, sure=INFERRED),
    of_email.DELETE_EMAIL: Emulated(emails.delete_email, emails.REMOVE, INFERRED),
    of_email.SEARCH_EMAIL: Emulated(emails.search_email),
    of_email.DEPLOY: Emulated(deployments.deploy, deployments.DEPLOY, slow=True),
    of_email.GET_DEPLOYMENT: Emulated(deployments.get_deployment),
    of_email.GET_EMAILS_SENT_IN_TIME_RANGE: Emulated(email_metrics.get_emails_sent_in_time_range),
    of_email.GET_METRICS_FOR_EMAILS: Emulated(email_metrics.get_metrics_for_emails),
}

_OF_DATA_TRANSFER: Mapping[Operation, Emulated] = {
    of_data_transfer.INITIALIZE_DATA_IMPORT: Emulated(data_transfer.import_file, DOES[IMPORT]),
    of_data_transfer.INITIALIZE_DATA_IMPORT_UPDATE_CONTACT_GROUPS: Emulated(
        data_transfer.import_file_to_groups, DOES[IMPORT], INFERRED
    ),
    of_data_transfer.DATA_IMPORT_STATUS: Emulated(data_transfer.import_status),
    of_data_transfer.INITIALIZE_DATA_EXPORT: Emulated(data_transfer.export, DOES[EXPORT], INFERRED),
    of_data_transfer.DATA_EXPORT_STATUS: Emulated(data_transfer.export_status, sure=INFERRED),
    of_data_transfer.GET_DATA_EXPORT_FILE: Emulated(data_transfer.export_file, sure=INFERRED),
    of_data_transfer.GET_DATA_EXPORT_URL: Emulated(data_transfer.export_url, sure=INFERRED),
}

_OF_EXTERNAL_ACTION: Mapping[Operation, Emulated] = {
    of_external_action.LIST_STEPS_BY_TYPE: Emulated(external_action.list_steps, sure=INFERRED),
    of_external_action.GET_MEMBER_COUNT: Emulated(external_action.count_members, sure=Sureness.DOC),
    of_external_action.LIST_MEMBERS: Emulated(external_action.list_members, sure=Sureness.DOC),
    of_external_action.SET_MEMBER_STATUS: Emulated(external_action.set_status, external_action.CHANGING, Sureness.DOC),
    of_external_action.GET_MAIL_ADDRESS_STATUS: Emulated(external_action.mail_address_status, sure=INFERRED),
    of_external_action.SET_MAIL_ADDRESS_STATUS: Emulated(
        external_action.set_mail_address_status, external_action.CHANGING, INFERRED
    ),
}

EMULATED: Mapping[Operation, Emulated] = {
    **_OF_DATA_TRANSFER,
    **_OF_EMAIL_SERVICE,
    **_OF_EXTERNAL_ACTION,
    of_entities.LIST_ENTITY_TYPES: Emulated(entities.list_entity_types),
    of_entities.DESCRIBE_ENTITY_TYPE: Emulated(entities.describe_entity_type),
    of_entities.DESCRIBE_ENTITY: Emulated(entities.describe_entity),
    of_entities.CREATE: Emulated(entities.create, doing(CREATE, Contacts.thing)),
    of_entities.UPDATE: Emulated(entities.update, doing(UPDATE, Contacts.thing)),
    of_entities.DELETE: Emulated(entities.delete, doing(DELETE, Contacts.thing)),
    of_entities.RETRIEVE: Emulated(entities.retrieve),
    of_entities.QUERY: Emulated(entities.query),
    of_assets.LIST_ASSET_TYPES: Emulated(assets.list_asset_types),
    of_assets.DESCRIBE_ASSET_TYPE: Emulated(assets.describe_asset_type),
    of_assets.DESCRIBE_ASSET: Emulated(assets.describe_asset),
    of_assets.CREATE_ASSET: Emulated(assets.create, doing(CREATE, CONTACT_GROUP.thing)),
    of_assets.UPDATE_ASSET: Emulated(assets.update, doing(UPDATE, CONTACT_GROUP.thing)),
    of_assets.DELETE_ASSET: Emulated(assets.delete, doing(DELETE, CONTACT_GROUP.thing)),
    of_assets.RETRIEVE_ASSET: Emulated(assets.retrieve),
    of_assets.LIST_GROUP_MEMBERSHIP: Emulated(membership.list_group_membership),
    of_assets.ADD_GROUP_MEMBER: Emulated(membership.add_group_member, doing(UPDATE, CONTACT_GROUP.thing)),
    of_assets.REMOVE_GROUP_MEMBER: Emulated(membership.remove_group_member, doing(UPDATE, CONTACT_GROUP.thing)),
    of_activities.LIST_ACTIVITY_TYPES: Emulated(activities.list_activity_types),
    of_activities.DESCRIBE_ACTIVITY_TYPE: Emulated(activities.describe_activity_type),
    of_activities.DESCRIBE_ACTIVITY: Emulated(activities.describe_activity),
    of_activities.GET_ACTIVITIES: Emulated(activities.get_activities),
    of_activities.GET_EMAIL_ACTIVITIES_FOR_RECIPIENTS: Emulated(activities.get_email_activities_for_recipients),
    of_quick_email.SEND_QUICK_EMAIL: Emulated(quick_email.send_quick_email, quick_email.SEND),
    of_quick_email.GET_QUICK_EMAIL_STATUS: Emulated(quick_email.get_quick_email_status),
}
