"""Characters that recognition confuses, where what is meant is beyond doubt."""

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3002: ".",
    0x3001: ",",
    0x3000: " ",
}
_BULLET = re.compile(r"^(?:[«»¢©®°*+¤•·●○▪■►➢➤◆✓✔>]|[eo](?= [A-ZÀ-Þ][a-zß-ÿ]))\s+(?=[^\W\d_])")
_GLUED_BULLET = re.compile(r"^[•·●▪■►➢➤◆✓✔](?=\w)")
_ICON = re.compile(r"^[△▲⌂☎✉]\s*(?=\w)")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MAX_IDEOGRAPHS = 2
"""A line with so few, and otherwise of Latin letters, shows icons."""
_RATING = re.compile(r"(?<!\S)[eosO●○•◦]{5,10}$")
"""A row of dots, some of them filled."""
_DOT_FOR_SPACE = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")
_GLUED_DOT = re.compile(r"(?<=[^\s\d])· |(?<=\S)• | ·(?=[^\s\d])|(?<=\d)·(?=\D)|(?<=\D)·(?=[+\d])")
_GLUED_DASH = re.compile(r"(?<=[^\W\d_]|[.)])([-–]) (?=[A-ZÀ-Þ])")
_AT = re.compile(r"(?<=[\w])\s?[©®]\s?(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+\b)", re.IGNORECASE)
_SPACED_AT = re.compile(r"(?<=[a-z0-9])\s?@\s?(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+\b)", re.IGNORECASE)
_AT_COMPANY = re.compile(r"(?<=\s)@(?=[A-ZÀ-Þ][a-zß-ÿ])")
_LEADING_COLON = re.compile(r"^:(?=\w)")
_BAR_FOR_I = re.compile(
    r"(?<=\s)\|(?=(?:'| (?:am|have|was|lead|led|build|work)\b))|^\|(?='| (?:am|have|was)\b)"
)
_NUMERAL = re.compile(r"(?<=[a-zà-ÿ] )I[lI]{1,2}\b")
_SMALL_L_FOR_I = re.compile(r"\b(?:l[A-Z]|(?=[A-Z]*l)(?:l?[A-Z]){2,}l?)\b")

_DIGITS = str.maketrans("oOiIlızZsS", "0011112255")
_LIKE_DIGIT = r"[\doOiIlızZsS]"
_YEAR = re.compile(rf"(?<![\w.@])[12zZiIlı]{_LIKE_DIGIT}{{3}}(?![\w@])")
_FIRST_YEAR, _LAST_YEAR = 1940, 2040
_AMOUNT = re.compile(
    rf"(?<=[£€$₹])\s?{_LIKE_DIGIT}(?:[.,]?{_LIKE_DIGIT}){{0,12}}(?=[kKmM]n?\b|bn\b|(?<![sSzZ])(?:\W|$))"
)
_PERCENTAGE = re.compile(rf"(?<![\w.,]){_LIKE_DIGIT}{{1,3}}(?=\s?%)")
_ZERO = re.compile(r"(?<=\d)[oO](?=\d)")


def mend(text: str) -> str:
    """One line, with bullets, address signs, figures and full-width forms as they were printed."""
    text = _without_icons(text.translate(_FULL_WIDTH)).strip()
    text = _GLUED_BULLET.sub("• ", _BULLET.sub("• ", text))
    text = _DOT_FOR_SPACE.sub(" ", text)
    text = _GLUED_DOT.sub(" · ", text)
    text = _GLUED_DASH.sub(r" \1 ", text)
    text = _SPACED_AT.sub("@", _AT.sub("@", text))
    text = _AT_COMPANY.sub("@ ", text)
    text = _LEADING_COLON.sub(": ", text)
    text = _NUMERAL.sub(lambda found: found[0].replace("l", "I"), text)
    text = _SMALL_L_FOR_I.sub(lambda found: found[0].replace("l", "I"), text)
    return _with_figures(_BAR_FOR_I.sub("I", text)).strip()


def _without_icons(text: str) -> str:
    text = _ICON.sub("", text)
    if 0 < len(_IDEOGRAPH.findall(text)) <= _MAX_IDEOGRAPHS and re.search("[A-Za-z]{2}", text):
        text = _IDEOGRAPH.sub(" ", text)
    return _RATING.sub("", text)


def _with_figures(text: str) -> str:
    """Figures of the old style reach over and under the line as letters do, and are taken for them."""
    text = _YEAR.sub(_year, _ZERO.sub("0", text))
    return _PERCENTAGE.sub(_number, _AMOUNT.sub(_number, text))


def _year(found: re.Match[str]) -> str:
    year = found[0].translate(_DIGITS)
    likely = sum(map(str.isdecimal, found[0])) >= 2 and _FIRST_YEAR <= int(year) <= _LAST_YEAR
    return year if likely else found[0]


def _number(found: re.Match[str]) -> str:
    return found[0].translate(_DIGITS) if any(map(str.isdecimal, found[0])) else found[0]
