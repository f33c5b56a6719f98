"""The encodings of e-mails: id, as in the property `encodingId` of an Email, to name.

That 1 is the usual one is in clients; the names and the other ids are inferred (`rest` 14.2, `soap` 14).
"""

from __future__ import annotations

ENCODINGS = {
    1: "Unicode (UTF-8)",
    2: "Western European (ISO-8859-1)",
    3: "Central European (ISO-8859-2)",
    4: "Cyrillic (KOI8-R)",
    5: "Greek (ISO-8859-7)",
    6: "Japanese (ISO-2022-JP)",
    7: "Korean (EUC-KR)",
    8: "Simplified Chinese (GB2312)",
    9: "Traditional Chinese (Big5)",
    10: "Turkish (ISO-8859-9)",
}
