"""The kinds of things that have types here: one line each. The rest of REST is `raw`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from eloqua_client.rest import models
from eloqua_client.rest.wire import Resource

R = TypeVar("R", bound=Resource)


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """Where things of a kind are, and what they are."""

    model: type[R]
    single: str
    """The path of one, before its id, and of creation."""
    many: str
    """The path of the list."""
    version: str
    """The one that Oracle documents for all of it; of two such the stable one."""

    def of(self, parent: str) -> Kind[R]:
        """The kind below one parent."""
        return replace(self, single=self.single.format(parent=parent), many=self.many.format(parent=parent))


CONTACTS = Kind(models.Contact, "data/contact", "data/contacts", "1.0")
ACCOUNTS = Kind(models.Account, "data/account", "data/accounts", "1.0")
CONTACT_LISTS = Kind(models.ContactList, "assets/contact/list", "assets/contact/lists", "1.0")
CONTACT_FIELDS = Kind(models.ContactField, "assets/contact/field", "assets/contact/fields", "1.0")
SEGMENTS = Kind(models.ContactSegment, "assets/contact/segment", "assets/contact/segments", "1.0")
CUSTOM_OBJECTS = Kind(models.CustomObject, "assets/customObject", "assets/customObjects", "2.0")
RECORDS = Kind(
    models.CustomObjectRecord,
    "data/customObject/{parent}/instance",
    "data/customObject/{parent}/instances",
    "2.0",
)
FORMS = Kind(models.Form, "assets/form", "assets/forms", "2.0")
FORM_DATA = Kind(models.FormData, "data/form/{parent}", "data/form/{parent}", "2.0")
EMAILS = Kind(models.Email, "assets/email", "assets/emails", "2.0")
EMAIL_GROUPS = Kind(models.EmailGroup, "assets/email/group", "assets/email/groups", "1.0")
LANDING_PAGES = Kind(models.LandingPage, "assets/landingPage", "assets/landingPages", "2.0")
OPTION_LISTS = Kind(models.OptionList, "assets/optionList", "assets/optionLists", "1.0")
CAMPAIGNS = Kind(models.Campaign, "assets/campaign", "assets/campaigns", "2.0")
PROGRAMS = Kind(models.Program, "assets/program", "assets/programs", "2.0")
USERS = Kind(models.User, "system/user", "system/users", "2.0")
