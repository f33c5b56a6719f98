"""What is sent in through a form as an entity: one that is created, and then runs the form's steps (`soap` 10.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mock_eloqua.crm import form_data, forms
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.fields import LONGEST
from mock_eloqua.site import Site
from mock_eloqua.soap.record_fields import SoapField, by_name, definition
from mock_eloqua.soap.results import Values
from mock_eloqua.web.call import Call

TYPE = "Form"
_DATA_TYPES = {"numeric": "Numeric", "number": "Number", "date": "Date", "largeText": "LargeText"}


@dataclass(frozen=True)
class FormSubmissions:
    """What comes in through one form. It is not read back through this API [inferred]."""

    type: Values
    form: Asset

    noun = "form submissions"
    thing = "FormData"

    def fields(self, site: Site) -> Mapping[str, SoapField]:  # noqa: ARG002  as every kind
        """The form's fields by the names that they have in HTML [inferred]."""
        return self._fields

    @cached_property
    def _fields(self) -> Mapping[str, SoapField]:
        return by_name(_field(each) for each in forms.fields(self.form.doc))

    def field_name(self, call: Call, key: str) -> str:  # noqa: ARG002
        """The name in HTML."""
        return next((each["htmlName"] for each in forms.fields(self.form.doc) if each["id"] == key), key)

    def create(self, call: Call, values: Mapping[str, str]) -> int:
        """Take values in; the id of what was kept. `process` runs the form's steps."""
        return form_data.keep(call.site, self.form.id, form_data.Given(list(values.items()))).id


def process(site: Site, keys: Sequence[int]) -> None:
    """Run the steps of what was taken in, after the write that kept it."""
    if keys:
        form_data.start(site, keys)


def _field(item: Mapping[str, Any]) -> SoapField:
    kind = item.get("dataType", "text")
    shown = definition(
        item["htmlName"],
        item.get("name", ""),
        _DATA_TYPES.get(kind, "Text"),
        LONGEST.get(kind, LONGEST["text"]),
        is_custom=True,
        is_writeable=True,
    )
    return SoapField(item["htmlName"], shown, lambda _site, _record: "", item["id"], lambda _site: None)
