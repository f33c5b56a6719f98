"""Examples that contracts draw: addresses, names, texts, numbers that are none."""

from __future__ import annotations

from hypothesis import strategies as st

_SIGNS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\u200b")


def texts(most: int = 60) -> st.SearchStrategy[str]:
    """What a field holds: printable, without blanks around it."""
    return st.text(_SIGNS, min_size=1, max_size=most).map(str.strip).filter(bool)


def unknown_ids() -> st.SearchStrategy[int]:
    """Ids that nothing has."""
    return st.integers(2**31 - 1_000_000, 2**31 - 1)


def no_ids() -> st.SearchStrategy[str]:
    """Texts in the place of an id that are none."""
    return st.from_regex(r"[a-z]{1,8}[0-9]{0,3}", fullmatch=True)


def no_addresses() -> st.SearchStrategy[str]:
    """Texts that are no e-mail address."""
    return st.from_regex(r"[a-z ]{1,12}(\.[a-z]{2,3})?", fullmatch=True).filter(lambda text: bool(text.strip()))


def flags() -> st.SearchStrategy[bool]:
    """Yes and no."""
    return st.booleans()
