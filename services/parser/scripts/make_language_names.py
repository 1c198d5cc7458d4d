"""Makes ``vocabulary/language_names.txt``: what spoken languages are called in eleven languages.

    pip install babel==2.18.0
    python services/parser/scripts/make_language_names.py

A line is an ISO 639 code and its names, lower case, parted by tabs, as the CLDR has them (package
``babel``). Run it again when ``babel`` is newer or a code is added below.
"""

from pathlib import Path

from babel import Locale, UnknownLocaleError

_CODES = (
    "af am ar az be bg bn bs ca ceb co cs cy da de el en eo es et eu fa fi fil fo fr fy ga gd "
    "gl gn gu ha haw he hi hmn hr ht hu hy id ig ilo is it ja jv ka kk km kn ko ku ky la lb ln "
    "lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no ny om or pa pl ps pt qu rm ro ru rw sa "
    "sd si sk sl sm sn so sq sr st su sv sw ta te tg th ti tk tl tn tr tt uk ur uz vi wa wo xh "
    "yi yo zh zu br oc ast sc scn yue ber kab ay rn ff bm ee tw ak ki luo luy kam mai bho "
)
CODES = _CODES.split()
READERS = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "sv", "da")
"""The languages that resumes are written in."""
MORE = {
    "zh": [
        "mandarin",
        "mandarin chinese",
        "chinese (mandarin)",
        "putonghua",
        "chinesisch (mandarin)",
        "mandarín",
        "mandarim",
        "mandarino",
        "mandarijn",
    ],
    "yue": ["cantonese", "kantonesisch", "cantonais", "cantonés", "cantonês", "cantonese chinese"],
    "fa": ["farsi", "dari", "persian (farsi)"],
    "tl": ["tagalog"],
    "fil": ["filipino", "pilipino"],
    "es": ["castellano", "castilian", "castillan"],
    "nl": ["flemish", "flämisch", "flamand", "flamenco", "vlaams"],
    "ca": ["valenciano", "valencian", "valencià"],
    "nb": ["bokmål"],
    "sr": ["serbo-croatian", "serbokroatisch"],
    "ro": ["moldovan"],
    "asl": [
        "american sign language",
        "asl",
        "british sign language",
        "bsl",
        "sign language",
        "gebärdensprache",
        "deutsche gebärdensprache",
        "langue des signes",
        "langue des signes française",
        "lsf",
        "lengua de signos",
        "lengua de señas",
        "libras",
    ],
    "la": ["latinum", "großes latinum", "kleines latinum"],
    "gre": ["ancient greek", "altgriechisch", "modern greek"],
    "ga": ["gaeilge"],
    "cy": ["cymraeg"],
    "hil": ["hiligaynon", "ilonggo"],
    "war": ["waray"],
    "nan": ["hokkien", "taiwanese", "teochew"],
    "hak": ["hakka"],
    "wuu": ["shanghainese"],
    "gsw": ["schweizerdeutsch", "swiss german", "suisse allemand"],
    "raj": ["marwari", "rajasthani"],
    "kok": ["konkani"],
    "as": ["assamese"],
    "ks": ["kashmiri"],
    "tcy": ["tulu"],
    "doi": ["dogri"],
    "pcm": ["nigerian pidgin", "pidgin english"],
    "mos": ["mooré"],
    "lg": ["luganda"],
    "nd": ["ndebele"],
    "pap": ["papiamento", "papiamentu"],
    "arq": [
        "darija",
        "moroccan arabic",
        "egyptian arabic",
        "levantine arabic",
        "arabe dialectal",
        "arabe marocain",
    ],
    "rom": ["romani"],
}
PATH = Path(__file__).parents[1] / "src/hotgigs/parser/vocabulary/language_names.txt"


def names_of(code: str) -> set[str]:
    """In each of the readers' languages, and in the language itself."""
    readers = [Locale.parse(reader) for reader in READERS]
    found = {reader.languages[code].casefold() for reader in readers if code in reader.languages}
    try:
        own = Locale.parse(code).language_name
    except (ValueError, UnknownLocaleError):
        # The CLDR names it, but is not translated into it.
        own = None
    return found | ({own.casefold()} if own else set()) | set(MORE.get(code, ()))


def main() -> None:
    codes = sorted({*CODES, *MORE})
    lines = ["\t".join((code, *sorted(names_of(code)))) for code in codes]
    PATH.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
