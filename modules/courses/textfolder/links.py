"""Where a text of a course may lead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

FILE_NAME = re.compile(r"[^:/?#\\][^:?#\\]*\.[A-Za-z0-9]{2,5}")


def names_a_file(address: str) -> bool:
    """Does a link say the name of a file of the folder, like “handout.pdf” or “../files/handout.pdf”?"""
    return bool(FILE_NAME.fullmatch(address))


def is_good_address(address: str) -> bool:
    """May a text of a course link there? Scripts and data may not; whether somebody answers is not asked."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in ("http", "https", "ftp"):
        return bool(parts.hostname) and not re.search(r"\s", parts.netloc)
    if parts.scheme == "mailto":
        return "@" in parts.path and not parts.netloc
    if parts.scheme in ("tel", "page"):
        return bool(parts.path) and not parts.netloc
    if address.startswith("/"):
        return not address.startswith("//")
    return (address.startswith("#") and len(address) > 1) or names_a_file(address)
