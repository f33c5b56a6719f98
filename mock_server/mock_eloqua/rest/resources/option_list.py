"""OptionList: choices for fields (`rest` 14.4)."""

from __future__ import annotations

from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import COMPLETE, asset
from mock_eloqua.rest.resource import Property, Shape
from mock_eloqua.sureness import Sureness

OPTION = Shape(
    type="Option",
    has_id=False,
    properties=(Property("displayName", wire.TEXT, required=True), Property("value", wire.TEXT, required=True)),
)

OPTION_LIST = asset(
    "OptionList",
    "assets/optionList",
    Property("elements", wire.OBJECTS, COMPLETE, shape=OPTION),
    without=("folderId",),
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
)
