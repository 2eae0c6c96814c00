"""What an uploaded file is called from then on."""

import re
import unicodedata

from grants.documents.rules.kinds import Kind

_LONGEST = 120
_NAMELESS = "dokument"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
# Endings that a computer would run, or that only repeat what the new ending says.
_ENDINGS = re.compile(
    r"(?:\.(?:pdf|docx?|docm|xlsx?|xlsm|od[ts]|jpe?g|jfif|png|tiff?|zip|rar|7z"
    r"|exe|com|scr|bat|cmd|js|vbs|ps1|msi|jar|html?|php|sh))+$",
    re.IGNORECASE,
)


def clean_name(name: str, *, kind: Kind) -> str:
    """A safe file name that people recognise: diacritics stay, folders and hidden signs go.

    The ending is that of the kind found in the content, never that of the name.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign if _is_visible(sign) else " " for sign in last)
    plain = re.sub(r'[<>:"|?*]', "-", visible)
    stem = _ENDINGS.sub("", " ".join(plain.split()).rstrip(" .")).strip(" .")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{_shorten(stem) or _NAMELESS}.{kind.value}"


def _is_visible(sign: str) -> bool:
    """Whether a sign is neither a control nor one that turns the direction of the text."""
    return unicodedata.category(sign)[0] != "C" and unicodedata.category(sign) not in ("Zl", "Zp")


def _shorten(stem: str) -> str:
    """At most 120 characters and 200 bytes, as file systems allow, never half a character."""
    return stem[:_LONGEST].encode()[:200].decode(errors="ignore").rstrip(" .")
