"""The best way to read the pieces of a job's header as title, company and place.

A path puts every piece to one of them, or to none; its score adds up how much each text looks like what
it is put to, and how usual the marks between them are (a Viterbi search over the pieces).
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from hotgigs.parser.header_pieces import Joint, Look, Piece
from hotgigs.parser.header_runs import Known, Label, Run

Habit = tuple[str, str] | tuple[str, Joint, str]
"""How a section writes its jobs: a label after another, or in a look."""

_PARTED: Mapping[str, float] = {
    "line": 0.0, "mark": 0.0, "dash": -0.1, "slash": -0.2, "colon": -0.1,
    "at": -2.0, "in": -2.0, "for": -2.0, "comma": -0.3, "bracket": -1.5,
}  # fmt: skip
_PARTED_AS: Mapping[Habit, float] = {
    ("title", "at", "company"): 1.5,
    ("title", "in", "company"): -0.5,
    ("title", "for", "company"): -1.1,
    ("company", "in", "location"): -1.2,
    ("title", "in", "location"): -0.5,
    ("title", "comma", "location"): -0.8,
    ("title", "bracket", "location"): -1.0,
    ("company", "bracket", "location"): 0.3,
    ("title", "bracket", "company"): -0.5,
    ("company", "bracket", "title"): -0.5,
    ("location", "line", "company"): -0.8,
    ("location", "mark", "company"): -0.8,
    ("location", "dash", "company"): -1.0,
    ("location", "comma", "company"): -1.0,
}
_LEFT_OUT = -0.7
"""What it costs to leave out a piece that but a comma parts from the one before."""
_PLACE_FIRST = -1.8
_SURE_PLACE = 2.0
NO_TITLE = -2.2
NO_COMPANY = -1.5


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


def paths(
    pieces: Sequence[Piece],
    runs: Sequence[Sequence[Run]],
    known: Known,
    habits: Mapping[Habit, float],
    missing: tuple[float, float],
) -> dict[int, Path]:
    """The best path of each order (see `Path.order`) that is possible; never empty.

    ``missing`` are the weights of a title and of a company that the header does not name.
    """
    best: list[dict[tuple[int, int, str], Path]] = [{} for _ in range(len(pieces) + 1)]
    best[0][0, 0, ""] = Path(0.0, ())
    for begin, piece in enumerate(pieces):
        look = look_key(piece.look) if habits else ""
        states = [(*key, path.score, path.runs) for key, path in best[begin].items()]
        joints: dict[Label, dict[str, float]] = {}
        for run in runs[begin]:
            label, end, bit = run.label, run.end, _BITS[run.label]
            score = known.score(run) + habits.get((look, label), 0.0)
            if label not in joints:
                joints[label] = {
                    before: _joint(before, piece.joint, label, habits)
                    for before in {state[2] for state in states}
                }
            costs, reached, step = joints[label], best[end], (begin, end, label)
            for used, order, before, so_far, steps in states:
                if used & bit:
                    continue
                total = so_far + score + costs[before]
                if label == "location" and not used:
                    total += _PLACE_FIRST if run.likeness < _SURE_PLACE else _PLACE_FIRST / 2
                key = (used | bit, order or _order(used, label), label)
                rival = reached.get(key)
                if rival is None or rival.score < total:
                    reached[key] = Path(total, (*steps, step))
    found: dict[int, Path] = {}
    for (used, _, _), path in best[-1].items():
        lacking = (0 if used & 1 else missing[0]) + (0 if used & 2 else missing[1])
        whole = Path(path.score + lacking, path.runs)
        order = whole.order()
        if order not in found or found[order].score < whole.score:
            found[order] = whole
    return found


_BITS: Mapping[str, int] = {"title": 1, "company": 2, "location": 4, "other": 0}


def _order(used: int, label: Label) -> int:
    if label == "company" and used & 1:
        return 1
    return -1 if label == "title" and used & 2 else 0


def look_key(look: Look) -> str:
    return f"{look[0]:g} {look[1]} {look[2]}"


def _joint(before: str, joint: Joint, label: Label, habits: Mapping[Habit, float]) -> float:
    if not before:
        return 0.0
    if label == "other" or before == "other":
        return _LEFT_OUT if label == "other" and joint in ("comma", "in", "for") else _PARTED[joint] / 2
    habit = (before, joint, label)
    return _PARTED_AS.get(habit, _PARTED[joint]) + habits.get(habit, 0.0)


def habits_of(path: Path, pieces: Sequence[Piece]) -> list[Habit]:
    """What one path says of how its section writes."""
    found: list[Habit] = []
    before = ""
    for begin, _, label in path.runs:
        if label == "other":
            continue
        found.append((look_key(pieces[begin].look), label))
        if before:
            found.append((before, pieces[begin].joint, label))
        before = label
    return found
