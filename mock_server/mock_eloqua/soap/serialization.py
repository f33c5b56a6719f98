"""The schema that .NET puts into every description: its names for the types of XML Schema, and three of its own."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.soap.declaration import XSD

SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/"

# fmt: off
_PRIMITIVES = (
    "anyType", "anyURI", "base64Binary", "boolean", "byte", "dateTime", "decimal", "double", "float",
    "int", "long", "QName", "short", "string", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
)
# fmt: on
_OWN: dict[str, tuple[str, dict[str, str]]] = {
    "char": ("int", {}),
    "duration": (
        "duration",
        {
            "pattern": r"\-?P(\d*D)?(T(\d*H)?(\d*M)?(\d*(\.\d*)?S)?)?",
            "minInclusive": "-P10675199DT2H48M5.4775808S",
            "maxInclusive": "P10675199DT2H48M5.4775807S",
        },
    ),
    "guid": ("string", {"pattern": r"[\da-fA-F]{8}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{12}"}),
}
_ATTRIBUTES = {"FactoryType": "QName", "Id": "ID", "Ref": "IDREF"}


def add_schema(types: Element) -> None:
    """Add it to the types of a description."""
    root = etree.SubElement(
        types,
        f"{{{XSD}}}schema",
        {"attributeFormDefault": "qualified", "elementFormDefault": "qualified", "targetNamespace": SERIALIZATION},
        nsmap={"xs": XSD, "tns": SERIALIZATION},
    )
    for name in _PRIMITIVES:
        _sub(root, "element", name=name, nillable="true", type=f"xs:{name}")
    for name, (base, limits) in _OWN.items():
        _sub(root, "element", name=name, nillable="true", type=f"tns:{name}")
        restriction = _sub(_sub(root, "simpleType", name=name), "restriction", base=f"xs:{base}")
        for limit, value in limits.items():
            _sub(restriction, limit, value=value)
    for name, kind in _ATTRIBUTES.items():
        _sub(root, "attribute", name=name, type=f"xs:{kind}")


def _sub(parent: Element, kind: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{XSD}}}{kind}", attributes)
