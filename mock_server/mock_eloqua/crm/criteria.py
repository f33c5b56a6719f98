"""Criteria of contact filters: whom each of them chooses, and how a statement joins them (`rest` 11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, false, select

from mock_eloqua.crm import accounts, activities, conditions, contacts, fields, lists
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.fields import Field
from mock_eloqua.language import criteria as language
from mock_eloqua.language.errors import LanguageError
from mock_eloqua.language.logic import any_of, negation
from mock_eloqua.site import Site
from mock_eloqua.store import tables

Criterion = Mapping[str, Any]
"""As it travels: `type`, `id`, and what its type has."""

CONTACT_FIELD = "ContactFieldCriterion"
ACCOUNT_FIELD = "AccountFieldCriterion"
LINKED = "HasLinkedContactCriterion"
ON_LIST = "ContactListMembershipCriterion"
_FIELDS = {CONTACT_FIELD: "Contact", ACCOUNT_FIELD: "Account"}

ACTIVITIES = {
    "EmailSentCriterion": (activities.EMAIL_SEND, "emailIds"),
    "EmailOpenCriterion": (activities.EMAIL_OPEN, "emailIds"),
    "EmailClickThroughCriterion": (activities.EMAIL_CLICK_THROUGH, "emailIds"),
    "SubmitFormCriterion": (activities.FORM_SUBMIT, "formIds"),
    "LinkedToCampaignCriterion": (activities.CAMPAIGN_MEMBERSHIP, ""),
}
"""Criteria on what contacts did: the activity, and the property that names its assets."""


def checked(site: Site, criteria: Sequence[Criterion], statement: str) -> str:
    """The statement of a filter, which joins all criteria by AND where it says nothing [inferred].

    Raises:
        Invalid: a criterion lacks something or names a field that does not exist; the statement does not parse,
            or names a criterion that the filter does not have.
    """
    failures = [
        replace(failure, inside=(each["type"], each["id"])) for each in criteria for failure in _problems(site, each)
    ]
    known = [each["id"] for each in criteria]
    try:
        unknown = set(language.named(language.parse(statement))) - set(known) if statement else ()
        if unknown:
            failures.append(Failure("statement", "RelationshipRequirement", statement))
    except LanguageError:
        failures.append(Failure("statement", "SyntaxRequirement", statement))
    if failures:
        raise Invalid(*failures)
    return statement or " AND ".join(known)


def _problems(site: Site, criterion: Criterion) -> list[Failure]:
    kind = criterion["type"]
    if kind in _FIELDS:
        key, condition = criterion.get("fieldId", ""), criterion.get("condition")
        if not key or condition is None:
            return [Failure("condition" if key else "fieldId", "NotNullRequirement", None)]
        if _field(site, kind, key) is None:
            return [Failure("fieldId", "RelationshipRequirement", key)]
        return conditions.problems(condition)
    if kind not in ACTIVITIES:
        return []
    times, time = criterion.get("activityRestriction"), criterion.get("timeRestriction")
    return [
        *(conditions.problems({**times, "type": conditions.NUMBER}) if times else ()),
        *(conditions.problems({**time, "type": conditions.DATE}) if time else ()),
    ]


def _field(site: Site, kind: str, key: str) -> Field | None:
    return fields.fields_of(site, _FIELDS[kind]).by_key.get(key)


def chosen(site: Site, criteria: Sequence[Criterion], statement: str) -> ColumnElement[bool]:
    """The condition on contacts that a filter means; one without criteria chooses nobody [inferred]."""
    by_id = {each["id"]: each for each in criteria}
    if not by_id:
        return false()
    text = statement or " AND ".join(by_id)
    return language.to_sql(language.parse(text), lambda key: _holds(site, by_id[key]) if key in by_id else false())


def _holds(site: Site, criterion: Criterion) -> ColumnElement[bool]:
    work = _CRITERIA.get(criterion["type"])
    return work(site, criterion) if work else false()


def _contact_field(site: Site, criterion: Criterion) -> ColumnElement[bool]:
    field = _field(site, CONTACT_FIELD, criterion.get("fieldId", ""))
    operand = contacts.operand(site, field.internal_name) if field else None
    return conditions.holds(site, operand, criterion.get("condition", {})) if operand else false()


def _account_field(site: Site, criterion: Criterion) -> ColumnElement[bool]:
    """On the account that a contact is linked to."""
    field = _field(site, ACCOUNT_FIELD, criterion.get("fieldId", ""))
    operand = accounts.operand(site, field.internal_name) if field else None
    if operand is None:
        return false()
    fitting = select(tables.account.c.id).where(conditions.holds(site, operand, criterion.get("condition", {})))
    return tables.contact.c.account_id.in_(fitting)


def _linked(_site: Site, _criterion: Criterion) -> ColumnElement[bool]:
    """Linked to an account [inferred: that this is what the word means on contacts]."""
    return tables.contact.c.account_id.is_not(None)


def _on_list(_site: Site, criterion: Criterion) -> ColumnElement[bool]:
    found = any_of([lists.has_member(each) for each in _ids(criterion, "listIds", "listId")])
    return negation(found) if criterion.get("operator") == "notIn" else found


def _did(site: Site, criterion: Criterion) -> ColumnElement[bool]:
    """What contacts did, that often, in that time."""
    kind, property_name = ACTIVITIES[criterion["type"]]
    times = conditions.times(criterion.get("activityRestriction"))
    meant = conditions.span(site, criterion.get("timeRestriction"))
    if times is None or meant is None or (times.at_most is not None and times.at_most < 0):
        return false()
    time, outside = meant
    asset_ids = _ids(criterion, property_name, property_name.removesuffix("s"))
    groups = _ids(criterion, "emailGroupIds")
    if groups:
        asset_ids += _emails_of(site, groups)
        if not asset_ids:
            return false()
    done = activities.has_done(
        [kind],
        asset_ids=asset_ids,
        campaign_ids=_ids(criterion, "campaignIds", "campaignId"),
        start=time.start,
        end=time.end,
        at_least=times.at_least,
        at_most=times.at_most,
    )
    return negation(done) if times.negated != outside else done


def _emails_of(site: Site, groups: Sequence[int]) -> list[int]:
    document: Any = tables.asset.c.doc
    in_group = document["emailGroupId"].as_string().in_([str(each) for each in groups])
    with site.database.reading() as connection:
        return list(
            connection.execute(select(tables.asset.c.id).where(tables.asset.c.kind == "Email", in_group)).scalars()
        )


def _ids(criterion: Criterion, *names: str) -> list[int]:
    given = [criterion.get(name, ()) for name in names]
    texts = [text for each in given for text in ([each] if isinstance(each, str) else each)]
    return [int(text) for text in texts if isinstance(text, str) and _ID.fullmatch(text)]


_ID = re.compile(r"[0-9]{1,18}")
_CRITERIA: dict[str, Callable[[Site, Criterion], ColumnElement[bool]]] = {
    CONTACT_FIELD: _contact_field,
    ACCOUNT_FIELD: _account_field,
    LINKED: _linked,
    ON_LIST: _on_list,
    **dict.fromkeys(ACTIVITIES, _did),
}
"""Whom the criteria choose, by type; those of another type choose nobody."""
