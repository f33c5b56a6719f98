"""What the control API takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Body(BaseModel):
    """A JSON object in which a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Reset(Body):
    """`{"seed": "default", "profile": "strict", "release": "26C"}`; what is left out is as at the start."""

    seed: str | None = None
    profile: str | None = None
    release: str | None = None


class ClockSetting(Body):
    """`{"mode": "frozen", "now": "2026-01-31T12:00:00Z"}`, `{"mode": "offset", "seconds": 60}`, `{"mode": "real"}`."""

    mode: Literal["real", "frozen", "offset"]
    now: AwareDatetime | None = None
    seconds: Annotated[float, Field(allow_inf_nan=False)] = 0.0


class Advance(Body):
    """`{"seconds": 3600}`."""

    seconds: Annotated[float, Field(allow_inf_nan=False, ge=0, le=10**10)]


class ThresholdChange(Body):
    """`{"used": 1999}`, `{"limit": 10}`, `{"enforced": true}`."""

    limit: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    used: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    enforced: bool | None = None
