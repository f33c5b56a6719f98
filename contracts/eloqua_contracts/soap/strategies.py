"""Examples of records that contracts of SOAP draw."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.strategies import texts

FIELDS = ("C_FirstName", "C_LastName", "C_Address1", "C_City", "C_Zip_Postal", "C_Title")
"""Texts of contacts that each site has."""


def field_values(least: int = 1) -> st.SearchStrategy[dict[str, str]]:
    """Fields of a contact and what they hold."""
    return st.dictionaries(st.sampled_from(FIELDS), texts(40), min_size=least, max_size=len(FIELDS))


def field_names() -> st.SearchStrategy[list[str]]:
    """Some of these fields, in any order."""
    return st.lists(st.sampled_from(FIELDS), min_size=1, unique=True)
