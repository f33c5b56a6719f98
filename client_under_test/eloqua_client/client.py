"""The clients themselves: `Eloqua`, and `AsyncEloqua` with the same parts to be awaited."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx2

from eloqua_client.bulk import AsyncBulk, Bulk
from eloqua_client.driving import AsyncDriver, Driver, Hooks
from eloqua_client.identity import Identity
from eloqua_client.manners import Manners
from eloqua_client.rest import kinds
from eloqua_client.rest.awaited import (
    AsyncContactLists,
    AsyncContacts,
    AsyncCustomObjects,
    AsyncForms,
    AsyncRest,
    AsyncThings,
)
from eloqua_client.rest.waiting import ContactLists, Contacts, CustomObjects, Forms, Rest, Things
from eloqua_client.session import Session
from eloqua_client.sign_in import LOGIN_URL, Auth
from eloqua_client.soap import AsyncSoap, Soap


class Eloqua:
    """One user's Eloqua. Threads may share it.

    Args:
        auth: who asks: `Basic(site, user, password)` or `OAuth(...)`.
        login_url: the login host, which is asked once where the site is.
        base_url: the POD, such as `https://secure.p04.eloqua.com`, where it is known: the login host is not asked then.
        manners: pace, patience and what is sent again.
        transport: carries the calls in place of the network; closed with the client.
        hooks: told of each call.
    """

    def __init__(
        self,
        auth: Auth,
        *,
        login_url: str = LOGIN_URL,
        base_url: str | None = None,
        manners: Manners | None = None,
        transport: httpx2.BaseTransport | None = None,
        hooks: Hooks | None = None,
    ) -> None:
        session = Session(auth, login_url=login_url, base_url=base_url, manners=manners)
        self._driver = Driver(session, transport, hooks or Hooks())
        self.bulk = Bulk(self._driver)
        self.rest = Rest(self._driver)
        self.soap = Soap(self._driver)
        self.contacts = Contacts(self._driver, kinds.CONTACTS)
        self.contact_lists = ContactLists(self._driver, kinds.CONTACT_LISTS)
        self.custom_objects = CustomObjects(self._driver, kinds.CUSTOM_OBJECTS)
        self.forms = Forms(self._driver, kinds.FORMS)
        self.accounts = Things(self._driver, kinds.ACCOUNTS)
        self.contact_fields = Things(self._driver, kinds.CONTACT_FIELDS)
        self.segments = Things(self._driver, kinds.SEGMENTS)
        self.emails = Things(self._driver, kinds.EMAILS)
        self.email_groups = Things(self._driver, kinds.EMAIL_GROUPS)
        self.landing_pages = Things(self._driver, kinds.LANDING_PAGES)
        self.option_lists = Things(self._driver, kinds.OPTION_LISTS)
        self.campaigns = Things(self._driver, kinds.CAMPAIGNS)
        self.programs = Things(self._driver, kinds.PROGRAMS)
        self.users = Things(self._driver, kinds.USERS)

    def identity(self) -> Identity:
        """Who is signed in, and where: asked once.

        Raises:
            AuthenticationError: nobody is.
        """
        return self._driver.run(self._driver.session.who())

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncEloqua:
    """The same for asyncio and trio. Tasks may share it; see `Eloqua` for the arguments."""

    def __init__(
        self,
        auth: Auth,
        *,
        login_url: str = LOGIN_URL,
        base_url: str | None = None,
        manners: Manners | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        hooks: Hooks | None = None,
    ) -> None:
        session = Session(auth, login_url=login_url, base_url=base_url, manners=manners)
        self._driver = AsyncDriver(session, transport, hooks or Hooks())
        self.bulk = AsyncBulk(self._driver)
        self.rest = AsyncRest(self._driver)
        self.soap = AsyncSoap(self._driver)
        self.contacts = AsyncContacts(self._driver, kinds.CONTACTS)
        self.contact_lists = AsyncContactLists(self._driver, kinds.CONTACT_LISTS)
        self.custom_objects = AsyncCustomObjects(self._driver, kinds.CUSTOM_OBJECTS)
        self.forms = AsyncForms(self._driver, kinds.FORMS)
        self.accounts = AsyncThings(self._driver, kinds.ACCOUNTS)
        self.contact_fields = AsyncThings(self._driver, kinds.CONTACT_FIELDS)
        self.segments = AsyncThings(self._driver, kinds.SEGMENTS)
        self.emails = AsyncThings(self._driver, kinds.EMAILS)
        self.email_groups = AsyncThings(self._driver, kinds.EMAIL_GROUPS)
        self.landing_pages = AsyncThings(self._driver, kinds.LANDING_PAGES)
        self.option_lists = AsyncThings(self._driver, kinds.OPTION_LISTS)
        self.campaigns = AsyncThings(self._driver, kinds.CAMPAIGNS)
        self.programs = AsyncThings(self._driver, kinds.PROGRAMS)
        self.users = AsyncThings(self._driver, kinds.USERS)

    async def identity(self) -> Identity:
        """Who is signed in, and where: asked once.

        Raises:
            AuthenticationError: nobody is.
        """
        return await self._driver.run(self._driver.session.who())

    async def close(self) -> None:
        """Let go of the connections."""
        await self._driver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
