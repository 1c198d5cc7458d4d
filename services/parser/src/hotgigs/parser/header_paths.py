"""The best way to read the pieces of a job's header as title, company and place.

A path puts every piece to one of them, or to none; its score adds up how much each text looks like what
it is put to, and how usual the marks between them are (a Viterbi search over the pieces).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from hotgigs.parser.header_pieces import Joint, Look, Piece, text_of

Label = Literal["title", "company", "location", "other"]
Habit = tuple[str, str] | tuple[str, Joint, str]
"""How a section writes its jobs: a label after another, or in a look."""

_LABELS: tuple[Label, ...] = ("title", "company", "location")
_JOINED: Mapping[str, Mapping[str, float]] = {
    "title": {"comma": -0.3, "dash": -0.4, "at": -3.0, "in": 0.0, "bracket": 0.0},
    "company": {"comma": -0.4, "dash": -0.9, "at": -2.0, "in": 0.0, "bracket": 0.0},
    "location": {"comma": 0.0, "dash": -0.5, "at": -3.0, "in": -3.0, "bracket": 0.0},
}
"""By label: what it costs to leave a piece with the one before."""
_PARTED: Mapping[str, float] = {
    "line": 0.0, "mark": 0.0, "dash": -0.1, "at": -2.0, "in": -2.0, "comma": -0.3, "bracket": -1.5,
}  # fmt: skip
_PARTED_AS: Mapping[Habit, float] = {
    ("title", "at", "company"): 1.5,
    ("title", "in", "company"): -0.2,
    ("company", "in", "location"): -1.2,
    ("title", "in", "location"): -0.5,
    ("title", "comma", "location"): -0.8,
    ("title", "bracket", "location"): 0.0,
    ("company", "bracket", "location"): 0.3,
    ("title", "bracket", "company"): -0.5,
    ("location", "line", "company"): -0.8,
    ("location", "mark", "company"): -0.8,
    ("location", "dash", "company"): -1.0,
    ("location", "comma", "company"): -1.0,
}
_LEFT_OUT = -0.7
"""What it costs to leave out a piece that but a comma parts from the one before."""
_PLACE_FIRST = -0.8
_NO_TITLE = -2.2
NO_COMPANY = -1.5
_MAX_RUN = 6


class Path(Struct, frozen=True):
    """``runs`` are begin, end and label of neighbouring pieces with one label."""

    score: float
    runs: tuple[tuple[int, int, Label], ...]

    def order(self) -> int:
        """1 where the title stands before the company, -1 where it stands after it, else 0."""
        labels = [label for _, _, label in self.runs]
        if "title" not in labels or "company" not in labels:
            return 0
        return 1 if labels.index("title") < labels.index("company") else -1


Likeness = Callable[[Label, str], float]


def paths(
    pieces: Sequence[Piece],
    likeness: Likeness,
    habits: Mapping[Habit, float],
    no_company: float = NO_COMPANY,
) -> dict[int, Path]:
    """The best path of each order (see `Path.order`) that is possible; never empty."""
    best: list[dict[tuple[int, int, str], Path]] = [{} for _ in range(len(pieces) + 1)]
    best[0][0, 0, ""] = Path(0.0, ())
    for begin in range(len(pieces)):
        for end, label, score in _runs(pieces, begin, likeness, habits):
            for (used, order, before), path in best[begin].items():
                bit = _BITS[label]
                if used & bit:
                    continue
                key = (used | bit, order or _order(used, label), label)
                total = path.score + score + _joint(before, pieces[begin].joint, label, habits)
                if label == "location" and not used:
                    total += _PLACE_FIRST
                known = best[end].get(key)
                if known is None or known.score < total:
                    best[end][key] = Path(total, (*path.runs, (begin, end, label)))
    found: dict[int, Path] = {}
    for (used, _, _), path in best[-1].items():
        missing = (0 if used & 1 else _NO_TITLE) + (0 if used & 2 else no_company)
        whole = Path(path.score + missing, path.runs)
        order = whole.order()
        if order not in found or found[order].score < whole.score:
            found[order] = whole
    return found


_BITS: Mapping[str, int] = {"title": 1, "company": 2, "location": 4, "other": 0}


def _order(used: int, label: Label) -> int:
    if label == "company" and used & 1:
        return 1
    return -1 if label == "title" and used & 2 else 0


def _runs(
    pieces: Sequence[Piece], begin: int, likeness: Likeness, habits: Mapping[Habit, float]
) -> list[tuple[int, Label, float]]:
    """End, label and score of what may begin at a piece."""
    first = pieces[begin]
    if first.label is not None:
        return _labelled_runs(pieces, begin, first.label)
    found: list[tuple[int, Label, float]] = [(begin + 1, "other", likeness("other", text_of([first])))]
    joined = dict.fromkeys(_LABELS, 0.0)
    for end in range(begin + 1, min(len(pieces), begin + _MAX_RUN) + 1):
        last = pieces[end - 1]
        if last.part != first.part:
            break
        text = text_of(pieces[begin:end])
        for label in _LABELS:
            if end > begin + 1:
                joined[label] += _JOINED[label][last.joint]
            score = likeness(label, text) + joined[label]
            if score > -4:
                found.append((end, label, score + habits.get((_look_key(first.look), label), 0.0)))
    return found


def _labelled_runs(pieces: Sequence[Piece], begin: int, field: str) -> list[tuple[int, Label, float]]:
    """What follows a label is what the label says; a client is the company where no other is named."""
    found: list[tuple[int, Label, float]] = [
        (begin + 1, "other", 0.3 if field in ("other", "client") else -2.0)
    ]
    if field == "other":
        return found
    label: Label = "company" if field == "client" else field  # type: ignore[assignment]
    score = 1.5 if field == "client" else 4.0
    for end in range(begin + 1, len(pieces) + 1):
        if pieces[end - 1].part != pieces[begin].part:
            break
        if end > begin + 1:
            score += _JOINED[label][pieces[end - 1].joint]
        found.append((end, label, score))
    return found


def _look_key(look: Look) -> str:
    return f"{look[0]:g} {look[1]} {look[2]}"


def _joint(before: str, joint: Joint, label: Label, habits: Mapping[Habit, float]) -> float:
    if not before:
        return 0.0
    if label == "other" or before == "other":
        return _LEFT_OUT if label == "other" and joint in ("comma", "in") else _PARTED[joint] / 2
    habit = (before, joint, label)
    return _PARTED_AS.get(habit, _PARTED[joint]) + habits.get(habit, 0.0)


def habits_of(path: Path, pieces: Sequence[Piece]) -> list[Habit]:
    """What one path says of how its section writes."""
    found: list[Habit] = []
    before = ""
    for begin, _, label in path.runs:
        if label == "other":
            continue
        found.append((_look_key(pieces[begin].look), label))
        if before:
            found.append((before, pieces[begin].joint, label))
        before = label
    return found
