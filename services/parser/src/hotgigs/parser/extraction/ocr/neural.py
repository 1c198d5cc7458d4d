"""PP-OCR by RapidOCR on ONNX Runtime: everything that it needs is in its wheel."""

from functools import cache
from typing import Any

import numpy as np

from hotgigs.parser.extraction.ocr.straighten import Image, Mask
from hotgigs.parser.extraction.ocr.words import Reading

_DETECTION_SIDE = 1216
"""Pixels of the longer side of the page in which lines are looked for; they are read at full size."""
_MAX_GAP = 3
"""Rows of pixels without print inside a line, as between an i and its dot."""


@cache
def _engine() -> Any:
    """One thread, since there is a worker for each core; one line at a time, since batches are padded to
    their widest line."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - where Tesseract is installed it is not needed

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": 8000,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "Rec.rec_batch_num": 1,
        }
    )


def read(image: Image) -> list[Reading]:
    """Lines, parted where the engine sees gaps."""
    told = _engine()(np.repeat(image[:, :, None], 3, axis=2))
    if told.txts is None:
        return []
    return [
        _reading(image, text, score, box)
        for text, score, box in zip(told.txts, told.scores, told.boxes, strict=True)
    ]


def _reading(image: Image, text: str, score: float, box: Any) -> Reading:
    x0, y0 = (max(int(value), 0) for value in np.floor(box.min(axis=0)))
    x1, y1 = (int(value) for value in np.ceil(box.max(axis=0)))
    crop = image[y0:y1, x0:x1]
    if crop.size:
        printed = _printed(crop)
        top, bottom = _line_at(printed.any(axis=1), int(printed.sum(axis=1).argmax()))
        columns = np.flatnonzero(printed[top:bottom].any(axis=0))
        y0, y1 = y0 + top, y0 + bottom
        x0, x1 = x0 + int(columns[0]), x0 + int(columns[-1]) + 1
    return Reading(text, x0, y0, x1, y1, float(score))


def _printed(crop: Image) -> Mask:
    printed: Mask = crop < (float(crop.max()) + float(crop.min())) / 2
    return ~printed if printed.mean() > 0.5 else printed


def _line_at(on: Any, centre: int) -> tuple[int, int]:
    """The rows of the line at ``centre``: boxes are generous, and neighbours reach into them."""
    rows = np.flatnonzero(on)
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > _MAX_GAP) + 1)
    line = next(part for part in parts if part[0] <= centre <= part[-1])
    return int(line[0]), int(line[-1]) + 1
