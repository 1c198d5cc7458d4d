"""Characters that recognition confuses, where what is meant is beyond doubt."""

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3002: ".",
    0x3001: ",",
    0x3000: " ",
}
_BULLET = re.compile(r"^(?:[«»¢©®°*+¤•·●○▪■►➢✓>]|[eo](?= [A-ZÀ-Þ][a-zß-ÿ]))\s+(?=[^\W\d_])")
_GLUED_BULLET = re.compile(r"^[•·●▪■►➢](?=\w)")
_DOT_FOR_SPACE = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")
_AT = re.compile(r"(?<=[\w])\s?[©®]\s?(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+\b)", re.IGNORECASE)
_SPACED_AT = re.compile(r"(?<=[a-z0-9])\s?@\s?(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+\b)", re.IGNORECASE)
_LEADING_COLON = re.compile(r"^:(?=\w)")
_BAR_FOR_I = re.compile(
    r"(?<=\s)\|(?=(?:'| (?:am|have|was|lead|led|build|work)\b))|^\|(?='| (?:am|have|was)\b)"
)


def mend(text: str) -> str:
    """One line, with bullets, address signs, full-width forms and glued ranges as they were printed."""
    text = text.translate(_FULL_WIDTH).strip()
    text = _GLUED_BULLET.sub("• ", _BULLET.sub("• ", text))
    text = _DOT_FOR_SPACE.sub(" ", text)
    text = _SPACED_AT.sub("@", _AT.sub("@", text))
    text = _LEADING_COLON.sub(": ", text)
    return _BAR_FOR_I.sub("I", text)
