"""Values of fields, by the ids of the fields."""

from __future__ import annotations

from typing import ClassVar

from eloqua_client.rest.wire import Object, Resource, Text


class FieldValue(Object):
    """The value of one field, as text; a date in Unix seconds."""

    id: Text = ""
    value: Text = ""


class WithFields(Resource):
    """What has values of fields besides its own members."""

    members: ClassVar[dict[str, str]] = {}
    """The fields that are members of their own, by their ids: those are not repeated among the values."""

    field_values: list[FieldValue] | None = None

    def field(self, key: str) -> str:
        """The value of a field; blank where there is none, or where the depth leaves values out."""
        if key in self.members:
            return str(getattr(self, self.members[key]))
        return next((each.value for each in self.field_values or () if each.id == key), "")

    def set_field(self, key: str, value: str) -> None:
        """Give a field a value; `""` blanks it."""
        if key in self.members:
            setattr(self, self.members[key], value)
            return
        others = [each for each in self.field_values or () if each.id != key]
        self.field_values = [*others, FieldValue(type="FieldValue", id=key, value=value)]
