"""Numbers as they are written in Arabic, French and English, brought to one form so that they can be compared."""

from __future__ import annotations

import re

DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,", strict=True))
_TABLE = str.maketrans(DIGITS)
_SPACES = "\u00a0\u202f\u2009 "
_NUMBER = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*")


def western_digits(text: str) -> str:
    """`text` with Arabic-Indic and Persian digits and separators as 0-9, '.' and ','; the length does not change."""
    return text.translate(_TABLE)


def numbers(text: str) -> list[str]:
    """The numbers of `text` in order of appearance, digits 0-9, thousands joined, decimals after a point.

    "6 000 euros", "6,000 euro" and "٦٠٠٠" all give "6000"; "12,5 %" gives "12.5"; a code such as "5701.10" gives "5701.10".
    A comma or point before exactly three digits is read as a thousands separator unless it stands after a zero.
    """
    return [_canonical(match.group()) for match in _NUMBER.finditer(western_digits(text))]


def _canonical(token: str) -> str:
    token = re.sub(rf"[{_SPACES}]", "", token)
    if re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})+", token):  # 6,000 or 6.000 or 1,234,567
        return re.sub(r"[.,]", "", token)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+\.\d+", token):  # 1,234.5
        return token.replace(",", "")
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+,\d+", token):  # 1.234,5
        return token.replace(".", "").replace(",", ".")
    return token.replace(",", ".")
