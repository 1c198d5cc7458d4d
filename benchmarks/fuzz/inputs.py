"""Inputs by number: the same seed and number give the same bytes again, on any machine."""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from hostile import doc, docx, pdf, rtf
from mutate_bytes import mutated
from mutate_doc import mutated_doc
from mutate_docx import mutated_docx
from mutate_pdf import mutated_pdf
from mutate_rtf import mutated_rtf

from hotgigs.filetypes import FileType, Rejected, identify

FORMATS = {"pdf": FileType.PDF, "docx": FileType.DOCX, "doc": FileType.DOC, "rtf": FileType.RTF}
ATTACKS = {"pdf": pdf.ATTACKS, "docx": docx.ATTACKS, "doc": doc.ATTACKS, "rtf": rtf.ATTACKS}
STRUCTURE_AWARE = {"pdf": mutated_pdf, "docx": mutated_docx, "doc": mutated_doc, "rtf": mutated_rtf}
_STRUCTURE_AWARE_SHARE = 0.8
_MAX_SEED_BYTES = 80_000
"""Pictures of pages make an input slow to mutate and to write down, and add nothing."""

# Attacks small enough to be mutated themselves, by the parameter that makes them so.
_SMALL_ATTACKS: Mapping[str, Sequence[bytes]] = {
    "pdf": (
        pdf.many_fragments(300),
        pdf.one_baseline(200),
        pdf.page_loop(),
        pdf.same_page_again(3)[:40_000],
        pdf.form_loop(),
        pdf.form_bomb(4),
        pdf.type3_loop(),
        pdf.cmap_giant_ranges(50),
        pdf.cmap_long_ligatures(20),
        pdf.cmap_loop(),
        pdf.type1_font_that_hangs(50),
        pdf.many_annotations(20),
        pdf.filter_chain(5),
        pdf.predictor(80),
        pdf.previous_loop(),
        pdf.object_stream_loop(),
        pdf.name_loop(),
        pdf.absurd_numbers(),
        pdf.pattern_loop(),
    ),
    "docx": (
        docx.entity_bomb(4),
        docx.external_parameter_entity(),
        docx.external_parts(),
        docx.nested_tables(8),
        docx.nested_boxes(4),
        docx.wide_rows(4),
        docx.style_loop(),
        docx.huge_values(),
        docx.overlapping_entries(),
        docx.damaged_bzip2(),
        docx.damaged_lzma(),
    ),
    "doc": (
        doc.plain(),
        doc.odd_tables(),
        doc.style_loop(),
        doc.pieces_out_of_order(),
        doc.text_boxes_of_many_pieces(20, 200),
        doc.long_modifiers(20),
    ),
    "rtf": (
        rtf.absurd_numbers(),
        rtf.font_table(20),
        rtf.style_table(20),
        rtf.many_cells(20),
        rtf.boxes_in_boxes(5),
        rtf.surrogates_apart(5),
    ),
}


@cache
def seeds(name: str, folders: tuple[Path, ...]) -> tuple[bytes, ...]:
    """Honest documents of the format from the folders, then small hostile ones."""
    files = sorted(
        path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()
    )
    contents = [path.read_bytes() for path in files if path.stat().st_size <= _MAX_SEED_BYTES]
    honest = [content for content in contents if _is_of(FORMATS[name], content)]
    return (*honest, *_SMALL_ATTACKS[name])


def _is_of(file_type: FileType, content: bytes) -> bool:
    try:
        return identify(BytesIO(content)) is file_type
    except Rejected:
        return False


def make(name: str, number: int, *, seed: int, folders: tuple[Path, ...]) -> tuple[str, bytes]:
    """The kind of mutation, and the file."""
    rng = Random(f"{seed}:{name}:{number}")
    originals = seeds(name, folders)
    if rng.random() < _STRUCTURE_AWARE_SHARE:
        kind, content = STRUCTURE_AWARE[name](rng, originals)
        if rng.random() < 0.9:
            return kind, content
        more, content = mutated(rng, content, originals)
        return f"{kind} + {more}", content
    return mutated(rng, rng.choice(originals), originals)
