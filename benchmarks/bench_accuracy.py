"""A corpus with known truth through ``hotgigs parse``, and its text PDFs through peers as well.

The command's time includes starting its worker processes; how much of it that is, the same
command with one document says. Milliseconds a document are the median over the PDFs, read by the parser
and the peer in turn, one process each. The "fields it finds" leave out those in which the peer is right
nowhere.
"""

import json
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import msgspec
from options import Options
from page import Row, Unavailable, duration
from peers import lever, openresume, regular_expressions
from peers.answers import Answer
from scoring import default_scorer, parse, scores, text_pdfs

from hotgigs.filetypes import Rejected, identify
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_resume import parse_resume

TITLE = "Understanding, over a corpus with known truth"

Scores = dict[str, dict[str, float]]


def run(options: Options) -> list[Row]:
    scorer = default_scorer(options.corpus)
    documents = sorted((options.corpus / "docs").glob("*"))
    if not documents or not scorer.exists():
        raise Unavailable(f"no corpus with its scorer at {options.corpus} (--corpus)")
    out = options.folder / "parsed"
    starting_s, _ = parse(documents[:1], options.folder / "one")
    taken_s, refused = parse(documents, out)
    f1 = scores(scorer, options.corpus, out)["total"]["overall"]["f1"]
    return [
        Row(what=f"overall F1 of {len(documents)} documents", ours=f"{f1:.3f}"),
        Row(what="  not read, each with its reason", ours=str(refused)),
        Row(
            what="hotgigs parse, all of them",
            ours=f"{len(documents) / taken_s:.1f} documents/s",
            peer=f"{starting_s:.1f} of {taken_s:.1f} s is starting",
        ),
        *_peer_rows(options, scorer),
    ]


def _peer_rows(options: Options, scorer: Path) -> list[Row]:
    corpus = options.folder / "text_pdfs"
    files = text_pdfs(options.corpus, corpus, options.pick(full=1000, quick=4))
    rows: list[Row] = []
    for peer in (openresume, regular_expressions, lever):
        folder = options.folder / peer.__name__
        folder.mkdir()
        try:
            with peer.reader(folder) as read:
                # The first document is read twice, and counts once it is warm.
                answers = [(_ours(file), read(file)) for file in (files[0], *files)][1:]
        except Unavailable as err:
            rows.append(Row(what=f"{peer.NAME}: not measured", ours=str(err)))
            continue
        ours, theirs = [own for own, _ in answers], [their for _, their in answers]
        own = _scored(scorer, corpus, files, ours, folder / "ours")
        found = _scored(scorer, corpus, files, theirs, folder / "theirs")
        rows += _rows(peer.NAME, len(files), own, found)
        rows.append(duration("  a document", _median_s(ours), peer.NAME, _median_s(theirs)))
    return rows


def _ours(file: Path) -> Answer:
    began = time.perf_counter()
    content = file.read_bytes()
    try:
        data = msgspec.to_builtins(
            parse_resume(content, identify(BytesIO(content)), datetime.now(UTC).date())
        )
    except (Rejected, Unreadable):
        data = {}
    return data, time.perf_counter() - began


def _scored(
    scorer: Path, corpus: Path, files: Sequence[Path], answers: Sequence[Answer], folder: Path
) -> Scores:
    folder.mkdir()
    for file, (data, _) in zip(files, answers, strict=True):
        (folder / f"{file.name}.json").write_text(json.dumps(data))
    figures: Scores = scores(scorer, corpus, folder)["total"]
    return figures


def _rows(name: str, count: int, ours: Scores, theirs: Scores) -> list[Row]:
    found = [field for field, own in theirs.items() if own["f1"] > 0 and field != "overall"]
    return [
        Row(
            what=f"overall F1 of {count} text PDFs",
            ours=f"{ours['overall']['f1']:.3f}",
            peer=f"{theirs['overall']['f1']:.3f} {name}",
        ),
        Row(
            what=f"  over the {len(found)} of {len(theirs) - 1} fields it finds",
            ours=f"{_mean_f1(ours, found):.3f}",
            peer=f"{_mean_f1(theirs, found):.3f} {name}",
        ),
    ]


def _mean_f1(figures: Scores, fields: Sequence[str]) -> float:
    return statistics.fmean(figures[field]["f1"] for field in fields) if fields else 0.0


def _median_s(answers: Sequence[Answer]) -> float:
    return statistics.median(seconds for _, seconds in answers)
