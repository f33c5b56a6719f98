"""The floor for REST: a bare FastAPI with orjson that answers with a text of the same size."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import Body, FastAPI, Response

app = FastAPI(openapi_url=None)
_contact = orjson.loads(Path(os.environ["BENCHMARK_CONTACT"]).read_bytes()) if "BENCHMARK_CONTACT" in os.environ else {}
_store: dict[str, Any] = {}
_ids = itertools.count(1)


@app.get("/id")
async def identity() -> Response:
    return _json({"site": {"id": 1, "name": "MockCo"}})


@app.get("/contact/{key}")
async def read(key: int) -> Response:  # noqa: ARG001  read from the path all the same
    return _json(_contact)


@app.post("/contact")
async def create(given: Annotated[dict[str, Any], Body()]) -> Response:
    key = str(next(_ids))
    _store[key] = given
    return _json({**_contact, **given, "id": key}, 201)


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")
