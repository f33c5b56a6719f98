"""What the steps of forms write: contacts, accounts, records of custom objects, registrations (`rest` 12.1).

One engine for the types of steps that create or update: which field takes which value, and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func

from mock_eloqua import dates
from mock_eloqua.crm import accounts, contacts, fields, forms, records
from mock_eloqua.crm.accounts import COMPANY_NAME
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.errors import Refused
from mock_eloqua.crm.fields import EMAIL_ADDRESS, Field
from mock_eloqua.language.operands import Operand
from mock_eloqua.site import Site

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A submission on its way through the steps of its form."""

    form: Asset
    values: forms.Values
    contact_id: int | None
    """Whose it is, as far as it is known by now."""


class StepFailed(Refused):
    """A step cannot do what it says; the text says why."""


def value(run: Run, given: Any) -> str:
    """What a `ProcessingStepValue` stands for: a constant, or what was sent in a field of the form."""
    key = given.get("formFieldId") if isinstance(given, Mapping) else None
    return forms.constant(given) or (run.values.get(key, "") if isinstance(key, str) else "")


def create_or_update(site: Site, run: Run, step: Step) -> int | None:
    """FormStepCreateUpdate and FormStepCreateUpdateFromFormField, whatever they write to."""
    if step.get("customObjectId"):
        _write_record(site, run, step, records.CUSTOM_OBJECT, step["customObjectId"])
        return None
    if "Account" in step["type"] or step.get("accountUpdateRuleSet"):
        _write_account(site, run, step)
        return None
    return _write_contact(site, run, step)


def registration(site: Site, run: Run, step: Step) -> None:
    """FormStepCreateUpdateEventRegistration: a record of the event [inferred: like one of a custom object]."""
    _write_record(site, run, step, records.EVENT, forms.constant(step.get("eventId")))


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A value for a field, and when it is written."""

    key: str
    text: str
    update: str


_RULE_SETS = ("contactUpdateRuleSet", "accountUpdateRuleSet", "customObjectUpdateRuleSet")


def _mapped(run: Run, step: Step) -> Iterator[_Mapped]:
    """What a step writes: its mappings, or the rules of its update rule set."""
    for each in step.get("mappings", ()):
        if each.get("targetEntityFieldId") and each.get("sourceFormFieldId") in run.values:
            yield _Mapped(
                each["targetEntityFieldId"], run.values[each["sourceFormFieldId"]], each.get("updateType", "")
            )
    for rule in (rule for name in _RULE_SETS for rule in (step.get(name) or {}).get("updateRules", ())):
        source = rule.get("formFieldId") or rule.get("sourceFieldId") or ""
        if rule.get("targetFieldId") and (source in run.values or rule.get("value")):
            text = run.values.get(source) or rule.get("value", "")
            yield _Mapped(rule["targetFieldId"], text, rule.get("updateType", ""))


def _key(run: Run, step: Step, default: str) -> tuple[str, str]:
    """The field by which a step finds what it writes to, and the value to look for."""
    mapping = step.get("keyFieldMapping") or {}
    key = step.get("keyFieldId") or mapping.get("targetEntityFieldId") or default
    sources = (step.get("keyFieldMappingSourceId", ""), mapping.get("sourceFormFieldId", ""))
    said = [run.values.get(each, "") for each in sources]
    return key, next(filter(None, [*said, *(each.text for each in _mapped(run, step) if each.key == key)]), "")


def _due(run: Run, step: Step, known: Mapping[str, Field], old: Mapping[str, str] | None) -> dict[str, str]:
    """The values that a step writes, by field id; *old* is what is there, None for something new."""
    values = {}
    for each in _mapped(run, step):
        field = known.get(each.key)
        if field is None:
            raise StepFailed(f"there is no field {each.key}")
        if not field.is_read_only and _is_due(field, each, old):
            values[field.key] = _stored_text(field, each.text)
    return values


def _is_due(field: Field, given: _Mapped, old: Mapping[str, str] | None) -> bool:
    """May a value be written? The words are those of fields and of the screens [inferred]."""
    rule = (given.update or field.update_type).lower()
    if "rule" in rule:
        rule = field.update_type.lower()
    if "newemail" in rule:
        return old is None
    if "notblank" in rule:
        return bool(given.text)
    if "blank" in rule:
        return old is None or not old.get(field.key)
    return True


def _stored_text(field: Field, text: str) -> str:
    """Dates may come as Unix seconds, as everywhere in REST [doc]."""
    digits = text.strip()
    if field.data_type == "date" and digits.isascii() and digits.isdigit() and 6 < len(digits) < 12:
        return dates.eastern(int(digits) * 1000)
    return text


def _write_contact(site: Site, run: Run, step: Step) -> int:
    address = forms.address(run.form.doc, run.values, step)
    key, text = _key(run, step, EMAIL_ADDRESS)
    if key == EMAIL_ADDRESS:
        text = text or address
    old = by_field(site, key, text)
    catalogue = fields.contact_fields(site).by_key
    if old is not None:
        known = {EMAIL_ADDRESS: old.email_address, **old.doc}
        values = _due(run, step, catalogue, known)
        if not values.get(EMAIL_ADDRESS, "x"):
            del values[EMAIL_ADDRESS]
        return contacts.change(site, old.id, contacts.Changes(values=values)).id
    values = {EMAIL_ADDRESS: address} | ({key: text} if text else {}) | _due(run, step, catalogue, None)
    return contacts.create(site, contacts.Changes(values=values)).id


def by_field(site: Site, key: str, text: str) -> Contact | None:
    """The first contact with that value in that field.

    Raises:
        StepFailed: there is no such field.
    """
    if not text:
        return None
    if key == EMAIL_ADDRESS:
        return contacts.by_address(site, text)
    field = fields.contact_fields(site).by_key.get(key)
    found, _ = contacts.find(site, _equal(contacts.operand(site, field.internal_name) if field else None, text))
    return found[0] if found else None


def _equal(operand: Operand | None, text: str) -> Any:
    if operand is None:
        raise StepFailed("there is no such key field")
    return func.lower(operand.expression) == text.lower()


def _write_account(site: Site, run: Run, step: Step) -> None:
    key, text = _key(run, step, COMPANY_NAME)
    catalogue = fields.account_fields(site).by_key
    field = catalogue.get(key)
    operand = accounts.operand(site, field.internal_name) if field else None
    found = accounts.find(site, _equal(operand, text), limit=1)[0] if text else []
    if found:
        known = {COMPANY_NAME: found[0].name, **found[0].doc}
        account = accounts.change(site, found[0].id, accounts.Changes(values=_due(run, step, catalogue, known)))
    else:
        values = ({key: text} if text else {}) | _due(run, step, catalogue, None)
        account = accounts.create(site, accounts.Changes(values=values))
    if run.contact_id:
        accounts.link(site, account.id, [run.contact_id])


def _write_record(site: Site, run: Run, step: Step, kind: str, text_of_id: str) -> None:
    if not (text_of_id.isascii() and text_of_id.isdigit() and len(text_of_id) < 19):
        raise StepFailed(f"there is no {kind} {text_of_id!r}")
    of = records.owner(site, kind, int(text_of_id))
    key, text = _key(run, step, step.get("uniqueFieldId") or of.unique_code)
    field = of.fields.by_key.get(key)
    found: list[records.Record] = []
    if field and text:
        found, _ = records.find(site, of, _equal(records.operand(of, field.internal_name), text), limit=1)
    if found:
        values = _due(run, step, of.fields.by_key, found[0].doc)
        records.change(site, of, found[0].id, records.Changes(values=values, contact_id=run.contact_id))
    else:
        values = _due(run, step, of.fields.by_key, None)
        records.create(site, of, records.Changes(values=values, contact_id=run.contact_id))
