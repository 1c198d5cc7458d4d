"""PP-OCR by RapidOCR on ONNX Runtime: everything that it needs is in its wheel."""

from functools import cache
from typing import Any

import numpy as np

from hotgigs.parser.extraction.ocr.straighten import Image
from hotgigs.parser.extraction.ocr.words import Reading

_DETECTION_SIDE = 1216
"""Pixels of the longer side of the page in which lines are looked for; they are read at full size."""
_MIN_CONFIDENCE = 0.5
_UPENDED = 1.5
"""Times its width: a higher box is read from the bottom to the top."""


@cache
def _engine() -> Any:
    """One thread, since there is a worker for each core."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - where Tesseract is installed it is not needed

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_vertical_padding": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
        }
    )


def read(image: Image) -> list[Reading]:
    """Lines, parted where the engine sees gaps; their boxes are generous."""
    from rapidocr.main import RapidOCRError  # noqa: PLC0415

    try:
        crops, detected = _engine().detect_and_crop(np.repeat(image[:, :, None], 3, axis=2), {})
    except RapidOCRError:
        return []
    found = (_reading(crop, box) for crop, box in zip(crops, detected.boxes, strict=True))
    return [each for each in found if each.text.strip() and each.confidence >= _MIN_CONFIDENCE]


def _reading(crop: Any, box: Any) -> Reading:
    text, confidence, places = _recognised(crop)
    x0, y0 = box.min(axis=0)
    x1, y1 = box.max(axis=0)
    upended = y1 - y0 >= _UPENDED * (x1 - x0)
    left, right = (box[0] + box[3])[0] / 2, (box[1] + box[2])[0] / 2
    return Reading(
        text,
        float(x0),
        float(y0),
        float(x1),
        float(y1),
        confidence,
        centres=() if upended else tuple((left + places * (right - left)).tolist()),
    )


def _recognised(crop: Any) -> tuple[str, float, Any]:
    """The text of a line, its mean confidence, and where its characters are, in widths of the crop.

    One line at a time, since batches are padded to their widest line. The engine tells for each of
    some hundred places along the line how likely each character is there; in the first class is
    what is between characters, and what is told of places beside each other is one character.
    """
    recogniser = _engine()._load_rec_model()
    height, width = crop.shape[:2]
    _, rows, columns = recogniser.rec_image_shape
    ratio = max(columns / rows, width / height)
    told = recogniser.session(recogniser.resize_norm_img(crop, ratio)[None])[0]
    classes = told.argmax(axis=1)
    at = np.flatnonzero((classes != 0) & np.diff(classes, prepend=0).astype(bool))
    if not at.size:
        return "", 0.0, at
    characters = recogniser.postprocess_op.character
    text = "".join(characters[index] for index in classes[at])
    places = (at + 0.5) / len(told) * int(rows * ratio) / (rows * width / height)
    return text, float(told[at, classes[at]].mean()), places
