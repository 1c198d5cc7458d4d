"""The marks by which one printed line is parted into what it says; what stands in brackets stays whole."""

import re
from functools import lru_cache

_STRONG = re.compile(
    r"\t|\s?[|│¦]\s?|\s[·∙]|[·∙]\s|\s•\s?|\s\*\s|\s[◆◇♦❖⬥■▪]\s(?![◆◇♦❖⬥■▪])|\s[✓✔☑➢➤►▸▶»›‣◦○●]\s(?=\w)|(?<=\S\S)\s{3}(?=\S\S)|\s{4,}"
)
_DASH = re.compile(r"\s{1,4}[-‐-―−]{1,2}\s{1,4}|\s{0,4}[—―]\s{0,4}")
_EDGES = " \t\r\n,;:|·•∙●–—―−-/→✉☎⌂➚►▪◦"
_EMPTY_BRACKETS = re.compile(r"[(\[{]\s{0,4}[,;|–—-]?\s{0,4}[)\]}]")
_BULLET = re.compile(
    r"\s{0,4}(?:[•‣⁃›❯∙◦▪▫■□●○◆◇◊➢➤►▸▶✓✔❖★☆✦➔→»§¤]\s*|[-–—*·+o]\s+"
    r"|\(?(?:\d{1,2}[.)]|[a-h]\)|(?:i{1,3}|iv|vi{0,3}|ix|x)[.)])\s+)(?=\S)"
)
_ICON = re.compile(r"^[^\w\s(+\"'“„«@#&./$€£•-]+\s*")


def parts(text: str) -> list[str]:
    """What tabs, bars, and dots between words part, trimmed, empty ones left out."""
    return [part for part in map(trimmed, _STRONG.split(text)) if part]


def dash_parts(text: str) -> list[str]:
    """What dashes between words part; a hyphen inside a word parts nothing."""
    return [part for part in map(trimmed, _outside_brackets(text, _DASH)) if part]


def comma_parts(text: str, marks: str = ",") -> list[str]:
    """What commas (or other ``marks``) outside brackets part."""
    if not any(mark in text for mark in marks):
        return [part] if (part := trimmed(text)) else []
    pieces, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif char in marks and not depth and not _in_number(text, index):
            pieces.append(text[start:index])
            start = index + 1
    pieces.append(text[start:])
    return [part for part in map(trimmed, pieces) if part]


def before_last(text: str, part: str) -> str:
    """What stands before the last ``part``, all of the text where trimming has changed that part."""
    at = text.rfind(part)
    return text if at < 0 else text[:at]


def _in_number(text: str, index: int) -> bool:
    return text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()


def _outside_brackets(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces, start = [], 0
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if before.count("(") > before.count(")"):
            continue
        pieces.append(text[start : match.start()])
        start = match.end()
    pieces.append(text[start:])
    return pieces


@lru_cache(maxsize=4096)
def trimmed(text: str) -> str:
    """Without separators at its ends, icons before it, and brackets that are empty or not closed."""
    text = _ICON.sub("", _EMPTY_BRACKETS.sub("", text).strip(_EDGES))
    if text.count("(") > text.count(")"):
        head, _, tail = text.rpartition("(")
        text = f"{head}({tail})" if tail.strip(_EDGES) and head.strip(_EDGES) else head + tail
    elif text.count(")") > text.count("("):
        text = text.replace(")", "", 1) if text.find(")") < 1 else text.removesuffix(")")
    return text.strip(_EDGES)


def bullet_text(text: str) -> str | None:
    """What follows the mark of a list's item; None where the line does not begin with one."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else None
