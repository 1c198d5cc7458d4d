"""Resumes of many different people, small and quick to parse."""

from msgspec import Struct

# fmt: off
_FIRST = (
    "Amaya", "Bruno", "Celia", "Dario", "Edda", "Fabio", "Greta", "Hanno", "Ilka", "Jonas", "Kaja", "Levin",
    "Mira", "Nils", "Oda", "Pavel", "Runa", "Selma", "Tilda", "Ulrik", "Vera", "Wanda", "Xenia", "Yorick",
    "Zelda",
)
_LAST = (
    "Ahlmark", "Bergholt", "Castelain", "Dunmore", "Eskelund", "Farrowby", "Gillespur", "Harksen",
    "Ingersby", "Jernvall", "Kestrup", "Lovenmark", "Marchwood", "Norquist", "Oakhurst", "Penrowe",
    "Quistgaard", "Rosendahl", "Stenwick", "Thornvale",
)
# fmt: on
MOST = len(_FIRST) * len(_LAST)


class Resume(Struct, frozen=True, kw_only=True):
    full_name: str
    email: str
    filename: str
    content: bytes


def resumes(count: int) -> list[Resume]:
    """Of different people, at most `MOST`."""
    assert count <= MOST
    return [_resume(number) for number in range(count)]


def _resume(number: int) -> Resume:
    first, last = _FIRST[number % len(_FIRST)], _LAST[number // len(_FIRST)]
    email = f"{first}.{last}@mail.example".lower()
    lines = (
        rf"\b\fs34 {first} {last}\b0\fs21",
        f"+44 161 496 {number:04} | {email}",  # kept free for invented people by Ofcom
        r"\b Employment\b0",
        r"\b Storekeeper\b0 , Pennine Stores Ltd, Leeds",
        "May 2016 - January 2020",
        r"\b Skills\b0",
        "Python, SQL, stocktaking",
    )
    text = "".join(rf"\pard {line}\par" + "\n" for line in lines)
    return Resume(
        full_name=f"{first} {last}",
        email=email,
        filename=f"{first}-{last}.rtf".lower(),
        content=("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\n" + text + "}").encode(),
    )
