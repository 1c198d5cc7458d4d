"""RTF files made to do harm."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

HEAD = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Ada Example\par "


def nested_groups(depth: int = 1_000_000) -> bytes:
    return HEAD + b"{" * depth + b"deep" + b"}" * depth + b"}"


def unbalanced_ends(count: int = 2_000_000) -> bytes:
    return HEAD + b"}" * count + b"Ada"


def binary_claims() -> bytes:
    claims = (b"4294967295", b"2147483648", b"-2147483648", b"9999999999", b"-1", b"0")
    return HEAD + b"".join(rb"{\pict\bin%s abc}" % claim for claim in claims) + b"}"


def absurd_numbers() -> bytes:
    words = (b"u", b"uc", b"f", b"fs", b"s", b"ansicpg", b"cpg", b"fcharset", b"li", b"b", b"bin")
    numbers = (b"-2147483649", b"9999999999", b"-1", b"0", b"55296", b"57343", b"65536")
    return HEAD + b"".join(rb"{\%s%s a?\par}" % (word, number) for word in words for number in numbers) + b"}"


def surrogates_apart(count: int = 100_000) -> bytes:
    return HEAD + rb"\uc0\u55357 a\u56832 \par " * count + b"}"


def font_table(count: int = 300_000) -> bytes:
    fonts = b"".join(rb"{\f%d\fcharset128 A;}" % index for index in range(count))
    return rb"{\rtf1\ansi{\fonttbl" + fonts + rb"}\f9 Ada Example\par}"


def style_table(count: int = 300_000) -> bytes:
    styles = b"".join(rb"{\s%d\sbasedon%d A;}" % (index, index + 1) for index in range(count))
    return rb"{\rtf1\ansi{\stylesheet" + styles + rb"}\s9 Ada Example\par}"


def hexadecimal_letters(count: int = 2_500_000) -> bytes:
    return HEAD + rb"\'41" * count + b"}"


def pictures(mib: int = 9) -> bytes:
    return HEAD + rb"{\pict\pngblip " + b"0123456789abcdef" * (mib * 2**16) + b"}}"


def one_line(characters: int = 490_000) -> bytes:
    return HEAD + b"a, " * (characters // 3) + b"}"


def many_lines(count: int = 160_000) -> bytes:
    return HEAD + rb"a\par " * count + b"}"


def many_headers(count: int = 30_000) -> bytes:
    return HEAD + b"".join(rb"{\header a%d\par}" % index for index in range(count)) + b"}"


def many_cells(count: int = 240_000) -> bytes:
    return HEAD + rb"\intbl a\cell " * count + rb"\row}"


def boxes_in_boxes(depth: int = 300) -> bytes:
    return HEAD + rb"{\shp{\*\shpinst{\shptxt a\par " * depth + b"}}}" * depth + b"}"


def included_file(path: str = "/etc/passwd") -> bytes:
    """Fields whose result would be a file of the reader's."""
    words = ("INCLUDETEXT", "INCLUDEPICTURE", "RD", "LINK Word.Document.8", "DDEAUTO cmd")
    fields = b"".join(
        rb'{\field{\*\fldinst %s "%s"}{\fldrslt Ada}}' % (each.encode(), path.encode()) for each in words
    )
    return HEAD + fields + rb"{\*\template " + path.encode() + b"}}"


def fallback_without_end() -> bytes:
    return HEAD + rb"\uc2147483647 \u65 " + b"a" * 1_000_000 + b"}"


Make = Callable[[], bytes]

ATTACKS: Mapping[str, Make] = MappingProxyType(
    {
        make.__name__: make
        for make in (
            nested_groups,
            unbalanced_ends,
            binary_claims,
            absurd_numbers,
            surrogates_apart,
            font_table,
            style_table,
            hexadecimal_letters,
            pictures,
            one_line,
            many_lines,
            many_headers,
            many_cells,
            boxes_in_boxes,
            included_file,
            fallback_without_end,
        )
    }
)
