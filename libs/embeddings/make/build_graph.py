"""Makes src/hotgigs/embeddings/minilm.onnx again: BERT with 6 layers, 12 heads and mean pooling.

    python libs/embeddings/make/build_graph.py        # needs onnx

Weights are left out: each initializer names a tensor of the model's safetensors file. Linear layers are
Gemm with transB, since torch keeps their weights as (out, in); attention, skip connections and GELU are
onnxruntime's fused operators (domain com.microsoft). Padding is computed in attention only: everything
else has one row for each real token.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

TARGET = Path(__file__).parents[1] / "src/hotgigs/embeddings/minilm.onnx"
HIDDEN, INNER, LAYERS, HEADS, POSITIONS, VOCABULARY = 384, 1536, 6, 12, 512, 30522
EPSILON = 1e-12
FUSED = "com.microsoft"


class Graph:
    def __init__(self) -> None:
        self.nodes: list[object] = []
        self.constants: list[object] = []
        self.weights: dict[str, tuple[int, ...]] = {}

    def node(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def constant(self, name: str, value: object) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, np.int64), name))
        return name

    def weight(self, name: str, *shape: int) -> str:
        self.weights[name] = shape
        return name

    def linear(self, inputs: str, name: str, out: int, into: int) -> str:
        """(tokens, into) -> (tokens, out)."""
        weight, bias = self.weight(f"{name}.weight", out, into), self.weight(f"{name}.bias", out)
        return self.node("Gemm", [inputs, weight, bias], f"{name}.out", transB=1)

    def norm(self, op: str, inputs: list[str], name: str, **attributes: object) -> str:
        weight, bias = self.weight(f"{name}.weight", HIDDEN), self.weight(f"{name}.bias", HIDDEN)
        return self.node(op, [*inputs, weight, bias], f"{name}.out", epsilon=EPSILON, **attributes)


def build() -> bytes:
    graph = Graph()
    graph.constant("first", 0)
    graph.constant("second", 1)
    graph.constant("axis 1", [1])
    graph.constant("last axis", [-1])
    graph.constant("hidden", [HIDDEN])
    graph.constant("as rows", [-1, HIDDEN])
    graph.node("Shape", ["ids"], "shape")
    graph.node("Concat", ["shape", "hidden"], "texts, tokens, hidden", axis=0)
    _places(graph)
    states = _embeddings(graph)
    for number in range(LAYERS):
        states = _layer(graph, states, f"encoder.layer.{number}")
    _mean_pooling(graph, states)
    return _model(graph).SerializeToString(deterministic=True)


def _places(graph: Graph) -> None:
    """``real``: where in the padded texts, laid end to end, real tokens are; ``row``: for each place of the
    padded texts the row of its token (padding has some row, which the mask hides)."""
    graph.constant("flat", [-1])
    graph.constant("rows axis", [0])
    graph.node("Reshape", ["mask", "flat"], "flat mask")
    graph.node("NonZero", ["flat mask"], "real of one axis")
    graph.node("Squeeze", ["real of one axis", "rows axis"], "real")
    graph.node("Cast", ["flat mask"], "ones", to=TensorProto.INT64)
    graph.node("CumSum", ["ones", "first"], "count", exclusive=1)
    graph.node("Size", ["real"], "rows")
    graph.node("Sub", ["rows", "second"], "last row")
    graph.node("Min", ["count", "last row"], "row")


def _padded(graph: Graph, rows: str, name: str) -> str:
    """(rows, hidden) -> (texts, tokens, hidden)."""
    graph.node("Gather", [rows, "row"], f"{name} in places")
    return graph.node("Reshape", [f"{name} in places", "texts, tokens, hidden"], name)


def _unpadded(graph: Graph, texts: str, name: str) -> str:
    """(texts, tokens, hidden) -> (rows, hidden)."""
    graph.node("Reshape", [texts, "as rows"], f"{name} with padding")
    return graph.node("Gather", [f"{name} with padding", "real"], name)


def _embeddings(graph: Graph) -> str:
    words = graph.weight("embeddings.word_embeddings.weight", VOCABULARY, HIDDEN)
    positions = graph.weight("embeddings.position_embeddings.weight", POSITIONS, HIDDEN)
    segments = graph.weight("embeddings.token_type_embeddings.weight", 2, HIDDEN)
    graph.node("Gather", ["shape", "second"], "length")
    graph.node("Range", ["first", "length", "second"], "positions")
    graph.node("Gather", [words, "ids"], "of words")
    graph.node("Gather", [positions, "positions"], "of positions")
    graph.node("Gather", [segments, "first"], "of segment")
    graph.node("Add", ["of positions", "of segment"], "of places")
    graph.node("Add", ["of words", "of places"], "embedded")
    normed = graph.norm("LayerNormalization", ["embedded"], "embeddings.LayerNorm", axis=-1)
    return _unpadded(graph, normed, "layer 0")


def _layer(graph: Graph, states: str, name: str) -> str:
    heads = []
    for part in ("query", "key", "value"):
        projected = graph.linear(states, f"{name}.attention.self.{part}", HIDDEN, HIDDEN)
        heads.append(_padded(graph, projected, f"{name}.{part}"))
    graph.node("MultiHeadAttention", [*heads, "", "mask"], f"{name}.attended", FUSED, num_heads=HEADS)
    context = _unpadded(graph, f"{name}.attended", f"{name}.context")
    attended = graph.linear(context, f"{name}.attention.output.dense", HIDDEN, HIDDEN)
    states = _skip(graph, attended, states, f"{name}.attention.output.LayerNorm")
    inner = graph.linear(states, f"{name}.intermediate.dense", INNER, HIDDEN)
    active = graph.node("Gelu", [inner], f"{name}.gelu", FUSED)
    return _skip(
        graph, graph.linear(active, f"{name}.output.dense", HIDDEN, INNER), states, f"{name}.output.LayerNorm"
    )


def _skip(graph: Graph, inputs: str, states: str, name: str) -> str:
    return graph.norm("SkipLayerNormalization", [inputs, states], name, domain=FUSED)


def _mean_pooling(graph: Graph, states: str) -> None:
    """Over the tokens that are no padding; then to length 1, which makes sum and mean the same."""
    _padded(graph, states, "by text")
    graph.node("Cast", ["mask"], "mask as float", to=TensorProto.FLOAT)
    graph.node("Unsqueeze", ["mask as float", "last axis"], "mask by token")
    graph.node("Mul", ["by text", "mask by token"], "unpadded")
    graph.node("ReduceSum", ["unpadded", "axis 1"], "summed", keepdims=0)
    graph.node("LpNormalization", ["summed"], "vectors", axis=1, p=2)


def _model(graph: Graph) -> object:
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["texts", "tokens"]),
    ]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", HIDDEN])]
    weights = [_left_out(name, shape) for name, shape in graph.weights.items()]
    made = helper.make_graph(graph.nodes, "minilm", inputs, outputs, [*graph.constants, *weights])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="hotgigs")


def _left_out(name: str, shape: tuple[int, ...]) -> TensorProto:
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    length = 4 * int(np.prod(shape))
    for key, value in (("location", "model.safetensors"), ("offset", "0"), ("length", str(length))):
        tensor.external_data.add(key=key, value=value)
    return tensor


if __name__ == "__main__":
    TARGET.write_bytes(build())
