"""The clients themselves: `Eloqua`, and `AsyncEloqua` with the same parts to be awaited."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx2

from eloqua_client.bulk import AsyncBulk, Bulk
from eloqua_client.driving import AsyncDriver, Driver, Hooks
from eloqua_client.identity import Identity
from eloqua_client.manners import Manners
from eloqua_client.session import Session
from eloqua_client.sign_in import LOGIN_URL, Auth


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
