"""Which code page the bytes of a text are in: by the document, or by the character set of the font."""

from typing import Final

DEFAULT: Final = "cp1252"
SYMBOL: Final = "symbol"
"""Not a code page: glyphs of a symbol font."""

BY_KEYWORD: Final = {"ansi": DEFAULT, "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}

# The character sets that differ from the document's own code page (\fcharset 0 and 1).
BY_CHARSET: Final = {
    2: SYMBOL,
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_OEM = (437, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869)
_WINDOWS = (874, 932, 949, 950, *range(1250, 1259))
_BY_NUMBER = {
    **{number: f"cp{number}" for number in (*_OEM, *_WINDOWS)},
    936: "gbk",
    1361: "johab",
    10000: "mac_roman",
    65001: "utf-8",
}


def by_number(code_page: int) -> str:
    """The Python codec of a Windows code page; that of Western Europe where it is unknown."""
    return _BY_NUMBER.get(code_page, DEFAULT)


def decode(data: bytes, code_page: str) -> str:
    """Glyphs of a symbol font come out at the private code points that Word gives them."""
    if code_page == SYMBOL:
        return "".join(chr(0xF000 + byte) if byte > 0x20 else chr(byte) for byte in data)
    return data.decode(code_page, errors="replace")
