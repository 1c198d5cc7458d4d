"""BERT from token ids to sentence vectors, by onnxruntime.

``minilm.onnx`` is the graph without weights (make/build_graph.py makes it); its initializers are named
as in the model's safetensors file, and used from there in place.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from hotgigs.embeddings.safetensors import map_float32


class Network:
    """Safe to run from several threads."""

    def __init__(self, weights_file: Path, *, threads: int) -> None:
        # onnxruntime does not copy what it is given: the arrays must stay.
        self._weights = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(tensor)
            for name, tensor in map_float32(weights_file).items()
            if not name.startswith("pooler.")
        }
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # The graph is already made of fused operators.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        # It wants the file to be where the graph says, though each tensor is replaced by the mapped one.
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(weights_file.parent)
        )
        for name, tensor in self._weights.items():
            options.add_initializer(name, tensor)
        graph = files(__package__).joinpath("minilm.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int32]) -> NDArray[np.float32]:
        """Token ids and a mask that is 1 where they are no padding, both (texts, tokens), to unit vectors
        (texts, 384)."""
        (vectors,) = self._session.run(["vectors"], {"ids": ids, "mask": mask})
        return np.asarray(vectors, np.float32)
