"""Records whose fields are partly properties of their own, partly `fieldValues`: contacts, accounts (`rest` 8.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from mock_eloqua import dates
from mock_eloqua.crm import views
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.crm.fields import Catalogue, Field
from mock_eloqua.rest import wire
from mock_eloqua.rest.failures import BadParameter
from mock_eloqua.rest.resource import Cut, Depth, Property, Source
from mock_eloqua.rest.wire import id_of
from mock_eloqua.site import Site

T = TypeVar("T")
Reader = Callable[[Site, Any], str]


@dataclass(frozen=True, eq=False)
class Values:
    """How the fields of one entity travel."""

    entity: str
    catalogue: Callable[[Site], Catalogue]
    reader: Callable[[Field], Reader]
    """How the domain reads a field."""
    instants: Mapping[str, Callable[[Any], int]]
    """Internal name of date fields that are the record's own stamps, to those."""
    field_of: Mapping[str, str]
    """Property to the id of the field behind it."""
    depth: Depth
    """From which the properties are shown."""

    def property(self, name: str) -> Property:
        """A property that is a field as well."""
        key = self.field_of[name]
        return Property(name, wire.TEXT, self.depth, lambda _site, record: record.doc.get(key))

    def shown(self, site: Site, record: Any) -> list[dict[str, str]]:
        """Every field that is no property, by id; a blank one without `value` [doc]."""
        found = []
        for key, read in site.cached(self._others):
            value = read(site, record)
            entry = {"type": "FieldValue", "id": key, "value": value} if value else {"type": "FieldValue", "id": key}
            found.append(entry)
        return found

    def _others(self, site: Site) -> list[tuple[str, Source]]:
        known = set(self.field_of.values())
        return [(each.key, self._wire(each)) for each in self.catalogue(site).by_key.values() if each.key not in known]

    def _wire(self, field: Field) -> Source:
        """A field's value as REST writes it: dates in Unix seconds [doc]."""
        if field.internal_name in self.instants:
            instant = self.instants[field.internal_name]
            return lambda _site, record: dates.unix(instant(record))
        if field.data_type == "date":
            key = field.key
            return lambda _site, record: dates.unix(dates.from_eastern(text)) if (text := record.doc.get(key)) else ""
        return self.reader(field)

    def read(self, site: Site, given: Mapping[str, Any], *, blank_rest: bool) -> dict[str, str]:
        """Field id to text of what a body says; with *blank_rest*, `""` for each property that it leaves out.

        Raises:
            Invalid: a field value names no field.
        """
        blank = dict.fromkeys(self.field_of.values(), "") if blank_rest else {}
        properties = {self.field_of[name]: text for name, text in given.items() if name in self.field_of}
        return blank | properties | self._pairs(site, given.get("fieldValues", ()))

    def _pairs(self, site: Site, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Clients send back what they read, so that read-only fields are passed over [inferred]."""
        catalogue, values = self.catalogue(site).by_key, {}
        for key, text in pairs:
            field = catalogue.get(key)
            if field is None:
                raise Invalid(Failure("fieldValues", "RelationshipRequirement", key))
            if not field.is_read_only:
                values[key] = _date_text(text) if field.data_type == "date" else text
        return values

    def named(self, work: Callable[[], T]) -> T:
        """Run *work*; what fails is named by property where a field is one."""
        try:
            return work()
        except Invalid as error:
            names = {key: name for name, key in self.field_of.items()}
            failures = [replace(each, property=names.get(each.property, each.property)) for each in error.failures]
            raise type(error)(*failures) from None

    def by_view(self, site: Site, text: str) -> Cut:
        """What `viewId` leaves of an answer: the fields of the view, and what is no field [doc; inferred in detail].

        Raises:
            BadParameter: there is no such view.
        """
        try:
            chosen = {field.key for field in views.fields_of(site, self.entity, id_of(text))}
        except ValueError:
            raise BadParameter("viewId", "IdRequirement", text) from None
        except NotFound:
            raise BadParameter("viewId", "RelationshipRequirement", text) from None
        hidden = {name for name, key in self.field_of.items() if key not in chosen} - {"name"}

        def cut(answer: dict[str, Any]) -> dict[str, Any]:
            found = {name: value for name, value in answer.items() if name not in hidden}
            if "fieldValues" in found:
                found["fieldValues"] = [each for each in found["fieldValues"] if each["id"] in chosen]
            return found

        return cut


def _date_text(text: str) -> str:
    """Field values show dates as Unix seconds [doc]; other texts are the domain's to judge."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and 6 < len(digits) < 13):
        return text
    try:
        return dates.eastern(int(text) * 1000)
    except ValueError:
        return text
