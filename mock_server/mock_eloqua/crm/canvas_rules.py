"""Decision steps of campaigns and programs: for which members the answer is `yes` (`rest` 14.1).

The words are clients' or inferred, and so is what the steps ask. What a comparison of fields compares stands in
`fieldId` and `condition`, or in several `criteria` of that form which `statement` joins, as in filters [inferred].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, false, select

from mock_eloqua.crm import (
    accounts,
    activities,
    conditions,
    contacts,
    fields,
    lists,
    records,
    references,
    segments,
)
from mock_eloqua.crm.canvas import CONTACT, RECORD, Canvas, Element
from mock_eloqua.crm.errors import Failure
from mock_eloqua.language import criteria as language
from mock_eloqua.language.errors import LanguageError
from mock_eloqua.language.operands import Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

Rule = Callable[[Site, Canvas, Element, int], ColumnElement[bool]]
"""The condition on contacts (on records, where those are the members) that an element asks for, at an instant."""
FieldOf = Callable[[str], Operand | None]
"""What the id of a field stands for."""


def yes(site: Site, canvas: Canvas, element: Element, at: int) -> Select[Any]:
    """The ids of the members of a canvas for whom an element says yes."""
    table = tables.contact if canvas.entity == CONTACT else tables.custom_object_record
    member = tables.canvas_member.c
    here = select(member.member_id).where(member.kind == canvas.kind, member.canvas_id == canvas.id)
    return select(table.c.id).where(table.c.id.in_(here), RULES[element.word](site, canvas, element, at))


def problems(site: Site, canvas: Canvas, element: Element) -> list[Failure]:
    """Why an element cannot compare fields: nothing to compare, no such field, no condition, a bad statement."""
    compared = _COMPARED.get(element.word)
    if compared is None:
        return []
    field_of, given = compared(site, canvas, element), _criteria(element)
    if not given:
        return [Failure("fieldId", "NotNullRequirement", None)]
    found = [failure for each in given.values() for failure in _broken(each, field_of)]
    if _statement(element) is None:
        found.append(Failure("statement", "SyntaxRequirement", str(element.doc.get("statement"))))
    return found


def _broken(criterion: Mapping[str, Any], field_of: FieldOf) -> list[Failure]:
    key, condition = criterion.get("fieldId"), criterion.get("condition")
    if not isinstance(key, str) or field_of(key) is None:
        return [
            Failure("fieldId", "RelationshipRequirement" if key else "NotNullRequirement", str(key) if key else None)
        ]
    if not isinstance(condition, Mapping):
        return [Failure("condition", "NotNullRequirement", None)]
    return conditions.problems(condition)


def _criteria(element: Element) -> dict[str, Mapping[str, Any]]:
    """What an element compares, by id; where there is none, by place."""
    listed = element.doc.get("criteria")
    own = [{**element.doc, "id": "0"}] if "fieldId" in element.doc else []
    others = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    return {str(each.get("id", place)): each for place, each in enumerate([*own, *others])}


def _statement(element: Element) -> language.Node | None:
    """How they are joined, by AND where nothing is said; None where that cannot be read."""
    known = list(_criteria(element))
    text = element.doc.get("statement") or " AND ".join(known)
    try:
        node = language.parse(text) if isinstance(text, str) else None
    except LanguageError:
        return None
    return node if node is not None and set(language.named(node)) <= set(known) else None


def _fulfilled(site: Site, element: Element, field_of: FieldOf) -> ColumnElement[bool]:
    """What is compared holds; nobody fulfils what cannot be compared."""
    given, node = _criteria(element), _statement(element)
    if node is None or any(_broken(each, field_of) for each in given.values()):
        return false()

    def holds(key: str) -> ColumnElement[bool]:
        operand = field_of(given[key]["fieldId"])
        return false() if operand is None else conditions.holds(site, operand, given[key]["condition"])

    return language.to_sql(node, holds)


def _contact_fields(site: Site, _canvas: Canvas, _element: Element) -> FieldOf:
    known = fields.contact_fields(site).by_key
    return lambda key: contacts.operand(site, known[key].internal_name) if key in known else None


def _account_fields(site: Site, _canvas: Canvas, _element: Element) -> FieldOf:
    known = fields.account_fields(site).by_key
    return lambda key: accounts.operand(site, known[key].internal_name) if key in known else None


def _record_fields(site: Site, canvas: Canvas, element: Element) -> FieldOf:
    of = _owner(site, canvas, element)
    return lambda key: records.operand(of, of.fields.by_key[key].internal_name) if key in of.fields.by_key else None


def _owner(site: Site, canvas: Canvas, element: Element) -> records.Owner:
    """The custom object of an element; without one, that of the canvas."""
    key = element.number("customObjectId") or int(canvas.asset.doc.get("defaultEntityId", "0"))
    return (
        records.owner(site, records.CUSTOM_OBJECT, key)
        if references.exists(site, "CustomObject", key)
        else records.NOBODY
    )


_COMPARED: Mapping[str, Callable[[Site, Canvas, Element], FieldOf]] = {
    "ContactFieldComparisonRule": _contact_fields,
    "AccountFieldComparisonRule": _account_fields,
    "CustomObjectFieldComparisonRule": _record_fields,
}
"""Comparisons: of contacts [inferred in `rest-schemas`, client], accounts [inferred], custom objects [client]."""


def _contact_compared(site: Site, canvas: Canvas, element: Element, _at: int) -> ColumnElement[bool]:
    return _fulfilled(site, element, _contact_fields(site, canvas, element))


def _account_compared(site: Site, canvas: Canvas, element: Element, _at: int) -> ColumnElement[bool]:
    """Of the account that a contact is linked to."""
    fitting = _fulfilled(site, element, _account_fields(site, canvas, element))
    return tables.contact.c.account_id.in_(select(tables.account.c.id).where(fitting))


def _record_compared(site: Site, canvas: Canvas, element: Element, _at: int) -> ColumnElement[bool]:
    """Of any record that a contact has [inferred: one will do]; of the record itself, where records are the members."""
    of = _owner(site, canvas, element)
    fitting = records.belonging(of, _fulfilled(site, element, _record_fields(site, canvas, element)))
    record = tables.custom_object_record.c
    if canvas.entity == RECORD:
        return fitting
    return tables.contact.c.id.in_(select(record.contact_id).where(record.contact_id.is_not(None), fitting))


def _did(types: tuple[str, ...], asset: str = "") -> Rule:
    """Contacts did something until now, with the asset that the element names."""

    def holds(_site: Site, _canvas: Canvas, element: Element, at: int) -> ColumnElement[bool]:
        key = element.number(asset) if asset else None
        if asset and key is None:
            return false()
        return activities.has_done(types, asset_ids=() if key is None else (key,), end=at)

    return holds


def _on_list(_site: Site, _canvas: Canvas, element: Element, _at: int) -> ColumnElement[bool]:
    key = element.number("listId")
    return false() if key is None else lists.has_member(key)


def _in_filter(site: Site, _canvas: Canvas, element: Element, _at: int) -> ColumnElement[bool]:
    key = element.number("filterId")
    return (
        segments.in_filter(site, key) if key is not None and references.exists(site, segments.FILTER, key) else false()
    )


def _of_contacts(rule: Rule) -> Rule:
    """What is asked of contacts: of records nobody fulfils it [inferred]."""

    def holds(site: Site, canvas: Canvas, element: Element, at: int) -> ColumnElement[bool]:
        return rule(site, canvas, element, at) if canvas.entity == CONTACT else false()

    return holds


RULES: Mapping[str, Rule] = {
    "CustomObjectFieldComparisonRule": _record_compared,
    **{
        word: _of_contacts(rule)
        for word, rule in {
            "AccountFieldComparisonRule": _account_compared,
            "ContactFieldComparisonRule": _contact_compared,
            "ContactFilterMembershipRule": _in_filter,
            "ContactListMembershipRule": _on_list,
            "EmailClickthroughRule": _did((activities.EMAIL_CLICK_THROUGH,), "emailId"),
            "EmailOpenedRule": _did((activities.EMAIL_OPEN,), "emailId"),
            "EmailSentRule": _did((activities.EMAIL_SEND,), "emailId"),
            "FormSubmittedRule": _did((activities.FORM_SUBMIT,), "formId"),
            "SubmitFormRule": _did((activities.FORM_SUBMIT,), "formId"),
            "WebSiteVisitRule": _did((activities.WEB_VISIT,)),
            "WebsiteVisitRule": _did((activities.WEB_VISIT,)),
        }.items()
    },
}
"""What each decision step asks, by its word; members wait at them for the answer to become yes."""
