"""What Eloqua keeps, kind by kind: the members that are documented. Others are kept as they come."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from eloqua_client.rest.field_values import WithFields
from eloqua_client.rest.wire import Amount, Flag, Moment, Number, Object, Objects, Resource, Text, Whole


class Contact(WithFields):
    """A person, known by an e-mail address, which is unique whatever its case."""

    members: ClassVar[dict[str, str]] = {
        "100001": "email_address",
        "100002": "first_name",
        "100003": "last_name",
        "100004": "account_name",
        "100006": "address1",
        "100007": "address2",
        "100008": "address3",
        "100009": "city",
        "100010": "province",
        "100011": "postal_code",
        "100012": "country",
        "100013": "business_phone",
        "100014": "mobile_phone",
        "100015": "fax",
        "100016": "title",
        "100022": "sales_person",
    }

    email_address: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    account_name: Text = ""
    account_id: Text = ""
    """Only at depth complete, and only of a contact that is linked; read-only."""
    title: Text = ""
    address1: Text = ""
    address2: Text = ""
    address3: Text = ""
    city: Text = ""
    province: Text = ""
    postal_code: Text = ""
    country: Text = ""
    business_phone: Text = ""
    mobile_phone: Text = ""
    fax: Text = ""
    sales_person: Text = ""
    email_format_preference: Text = ""
    """`html`, `text` or `unspecified`."""
    is_subscribed: Flag = None
    subscription_date: Moment = None
    unsubscription_date: Moment = None
    is_bounceback: Flag = None
    bounceback_date: Moment = None


class Account(WithFields):
    """A company."""

    address1: Text = ""
    address2: Text = ""
    address3: Text = ""
    city: Text = ""
    province: Text = ""
    postal_code: Text = ""
    country: Text = ""
    business_phone: Text = ""


class ContactList(Resource):
    """A list of contacts. Who is on it is changed by `contact_lists.add` and `.remove`, and is not shown here."""

    scope: Text = ""
    """`global`, or `local` to one segment."""
    count: Whole = None
    data_lookup_id: Text = ""
    membership_additions: list[str] | None = None
    """Ids of contacts, to be sent; never in an answer."""
    membership_deletions: list[str] | None = None


class ContactSegment(Resource):
    """Contacts by lists and filters."""

    elements: Objects = None
    count: Whole = None
    """As of `last_calculated_at`."""
    last_calculated_at: Moment = None
    is_stale: Flag = None


class ContactField(Resource):
    """A field that every contact has."""

    internal_name: Text = ""
    """`C_...`, by which to search."""
    data_type: Text = ""
    display_type: Text = ""
    update_type: Text = ""
    option_list_id: Text = ""
    checked_value: Text = ""
    unchecked_value: Text = ""
    default_value: Text = ""
    output_format_id: Text = ""
    is_read_only: Flag = None
    is_required: Flag = None
    is_standard: Flag = None
    show_trusted_visitors_only: Flag = None


class CustomObjectField(Resource):
    """A field that every record of a custom object has."""

    internal_name: Text = ""
    data_type: Text = ""
    display_type: Text = ""
    default_value: Text = ""
    option_list_id: Text = ""
    checked_value: Text = ""
    unchecked_value: Text = ""


class CustomObject(Resource):
    """A kind of records that a site has made for itself."""

    fields: list[CustomObjectField] | None = None
    display_name_field_id: Text = ""
    unique_code_field_id: Text = ""
    email_address_field_id: Text = ""
    """The field by which a record finds its contact."""
    delete_linked_custom_object_data: Flag = None
    record_count: Number = None


class CustomObjectRecord(WithFields):
    """A record of a custom object; `name` is the value of the object's display name field."""

    account_id: Text = ""
    contact_id: Text = ""
    unique_code: Text = ""
    custom_object_record_status: Text = ""
    is_mapped: Text = ""
    """`Yes` or `No`."""


class Form(Resource):
    """A form."""

    html_name: Text = ""
    processing_type: Text = ""
    html: Text = ""
    style: Text = ""
    elements: Objects = None
    processing_steps: Objects = None
    email_address_form_field_id: Text = ""
    is_hidden: Flag = None
    archived: Flag = None


class FormData(WithFields):
    """What was sent in through a form."""

    submitted_at: Moment = None
    submitted_by_contact_id: Text = ""
    processed_at: Moment = None
    processing_step_errors: Objects = None
    """What went wrong after Eloqua had taken it."""
    validation_errors: Objects = None
    row_id: Number = None


class Email(Resource):
    """An e-mail, before it is sent to somebody."""

    subject: Text = ""
    sender_name: Text = ""
    sender_email: Text = ""
    reply_to_name: Text = ""
    reply_to_email: Text = ""
    bounce_back_email: Text = ""
    email_group_id: Text = ""
    email_header_id: Text = ""
    email_footer_id: Text = ""
    encoding_id: Text = ""
    html_content: dict[str, Any] | None = None
    plain_text: Text = ""
    preview_text: Text = ""
    is_plain_text_editable: Flag = None
    send_plain_text_only: Flag = None
    is_tracked: Flag = None
    is_private: Flag = None
    archived: Flag = None


class EmailGroup(Resource):
    """What a contact subscribes to."""

    display_name: Text = ""
    email_header_id: Text = ""
    email_footer_id: Text = ""
    subscription_landing_page_id: Text = ""
    unsubscription_landing_page_id: Text = ""
    is_visible_in_public_subscription_list: Flag = None
    is_visible_in_outlook_plugin: Flag = None
    email_ids: list[str] | None = None


class LandingPage(Resource):
    """A page on a microsite."""

    html_content: dict[str, Any] | None = None
    microsite_id: Text = ""
    relative_path: Text = ""
    deployed_at: Moment = None
    refreshed_at: Moment = None
    auto_redirect_url: Text = ""
    auto_redirect_wait_for: Whole = None
    auto_close_wait_for: Whole = None
    is_hidden: Flag = None


class Campaign(WithFields):
    """A campaign, with its canvas in `elements`."""

    elements: Objects = None
    start_at: Moment = None
    end_at: Moment = None
    first_activation: Moment = None
    is_read_only: Flag = None
    run_as_user_id: Text = ""
    budgeted_cost: Amount = None
    actual_cost: Amount = None
    campaign_category: Text = ""
    """`contact` or `emailMarketing`."""
    campaign_type: Text = ""
    product: Text = ""
    region: Text = ""
    crm_id: Text = ""
    is_synced_with_crm: Flag = Field(
        default=None, validation_alias="isSyncedWithCRM", serialization_alias="isSyncedWithCRM"
    )
    is_included_in_roi: Flag = Field(
        default=None, validation_alias="isIncludedInROI", serialization_alias="isIncludedInROI"
    )
    is_member_allowed_re_entry: Flag = None
    is_email_marketing_campaign: Flag = None
    member_count: Whole = None


class Program(Resource):
    """A program, with its canvas in `elements`."""

    elements: Objects = None
    default_entity_type: Text = ""
    default_entity_id: Text = ""
    is_read_only: Flag = None
    run_as_user_id: Text = ""
    is_member_allowed_duplicates: Flag = None


class OptionList(Resource):
    """What a select offers."""

    elements: Objects = None
    """Each with `displayName` and `value`."""


class User(Resource):
    """Somebody who signs in. Others see less of a user than the user does."""

    login_name: Text = ""
    email_address: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    company_display_name: Text = ""
    department: Text = ""
    job_title: Text = ""
    phone: Text = ""
    sender_display_name: Text = ""
    sender_email_address: Text = ""
    reply_to_address: Text = ""
    sso_only: Flag = None
    is_deleted: Flag = None
    is_disabled: Flag = None
    password_expires: Flag = None
    logged_in_at: Moment = None
    preferences: dict[str, Any] | None = None
    security_groups: Objects = None
    capabilities: list[str] | None = None


class Activity(Resource):
    """Something that a contact did, or that was done to it."""

    contact: Text = ""
    activity_type: Text = ""
    activity_date: Moment = None
    asset: Text = ""
    asset_type: Text = ""
    details: list[dict[str, str]] | None = None
    """Pairs of `Key` and `Value`, as they travel; see `detail`."""
    has_responded: Flag = None

    def detail(self, key: str) -> str:
        """A detail, such as `EmailName` or `SubjectLine`; blank where there is none."""
        return next((each.get("Value", "") for each in self.details or () if each.get("Key") == key), "")


class Membership(Object):
    """A list that a contact is on."""

    id: Text = ""
    name: Text = ""
