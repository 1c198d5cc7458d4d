"""Characters that word processors use for their own purposes, as plain text."""

# Glyphs of Symbol and Wingdings that serve as bullets, at the private code points that Word gives them.
_SYMBOL_FONT_BULLETS = frozenset(
    (0xF02D, 0xF06C, 0xF06E, 0xF06F, 0xF071, 0xF075, 0xF076, 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0FC)
)
_WORD_NON_BREAKING_HYPHEN = 0x1E
_NO_BREAK_SPACE, _NON_BREAKING_HYPHEN, _SOFT_HYPHEN, _REPLACEMENT = 0xA0, 0x2011, 0xAD, 0xFFFD

_PLAIN: dict[int, str | None] = {code: None for code in range(0x20) if code != ord("\t")}
_PLAIN |= {_WORD_NON_BREAKING_HYPHEN: "-", _NON_BREAKING_HYPHEN: "-", _NO_BREAK_SPACE: " "}
_PLAIN |= {_SOFT_HYPHEN: None, _REPLACEMENT: None}
_PLAIN |= {code: "•" if code in _SYMBOL_FONT_BULLETS else None for code in range(0xF000, 0xF100)}


def plain(text: str) -> str:
    """Without control characters, soft hyphens and pictograms; surrogates that are apart are joined."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_PLAIN)
