"""Names of places as they are looked up."""

import re

from hotgigs.places.gazetteer import folded

_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SHORT = re.compile(rf"\b(?:{'|'.join(_WRITTEN_OUT)})\b")


def key_of(name: str) -> str:
    """Folded, and with what is usually shortened written out: ``st. louis`` is ``saint louis``."""
    return _SHORT.sub(lambda match: _WRITTEN_OUT[match[0]], folded(name))
