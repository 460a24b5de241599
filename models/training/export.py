"""Export a checkpoint to ``models/en_news``: ONNX int8 weights, tokenizer, labels, meta.json.

python -m models.training.export --checkpoint models/runs/NAME/final.pt --out models/en_news
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from models.training.base import base_folder
from models.training.network import BaseSizes, HeadSizes, Layer, NewsEncoder
from pipeline.components.encoder import MODEL_FORMAT
from pipeline.components.labels import ENTITY_TYPES, QUOTE_ROLES, bio_labels
from pipeline.components.windows import WINDOW

OUTPUTS = ("entities", "roles", "tags", "links")
# onnxruntime's own operators, in the version that its releases since 1.8 have.
_OPERATORS = {"com.microsoft": 1}


class _Attention(torch.autograd.Function):
    """Attention of all heads as the one operator that onnxruntime has for it.

    Without a mask it goes over scores tile by tile and never writes them out (Dao et al. 2022): a fourth
    less time for a whole window than products, softmax and transpositions one after the other.
    """

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:  # type: ignore[override]
        batch, pieces, width = query.shape
        parts = (part.view(batch, pieces, heads, width // heads) for part in (query, key, value))
        mixed = F.scaled_dot_product_attention(*(part.transpose(1, 2) for part in parts))
        return mixed.transpose(1, 2).reshape(batch, pieces, width)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        operator = "com.microsoft::MultiHeadAttention"
        return graph.op(operator, query, key, value, num_heads_i=heads).setType(query.type())


class UnpaddedEncoder(nn.Module):
    """The network for windows without padding, as the pipeline runs them: no mask, fused attention."""

    def __init__(self, network: NewsEncoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the network gives for the same pieces."""
        net = self.network
        positions = net.positions(torch.arange(ids.shape[1], device=ids.device))
        hidden = net.norm(net.words(ids) + positions + net.shapes(shapes) + net.states(states))
        for layer in net.layers:
            assert isinstance(layer, Layer)
            hidden = _unmasked(layer, hidden)
        return net.entities(hidden), net.roles(hidden), net.tags(hidden), net.links(hidden)


def _unmasked(layer: Layer, hidden: Tensor) -> Tensor:
    query, key, value = layer.qkv(hidden).split(hidden.shape[-1], -1)
    mixed = _Attention.apply(query, key, value, layer.heads)  # type: ignore[no-untyped-call]
    hidden = layer.attention_norm(hidden + layer.attention_out(mixed))
    return layer.output_norm(hidden + layer.down(F.gelu(layer.up(hidden))))  # type: ignore[no-any-return]


def network_of(checkpoint: dict[str, Any], base: Path) -> NewsEncoder:
    """The network with a checkpoint's weights, ready for inference."""
    heads = HeadSizes(
        len(bio_labels(ENTITY_TYPES)),
        len(bio_labels(QUOTE_ROLES)),
        len(checkpoint["tags"]),
        checkpoint["config"]["network"]["link_width"],
    )
    network = NewsEncoder(BaseSizes.read(base), heads, dropout=0.0)
    network.load_state_dict(checkpoint["weights"])
    return network.eval()


def export_fp32(network: NewsEncoder, path: Path) -> None:
    """Write the network as ONNX for windows of equal length, their number and length free."""
    example = torch.ones((2, 32), dtype=torch.int64)
    axes = {0: "windows", 1: "pieces"}
    names = ("ids", "shapes", "states")
    torch.onnx.export(
        UnpaddedEncoder(network),
        (example, example, example),
        str(path),
        input_names=list(names),
        output_names=list(OUTPUTS),
        dynamic_axes=dict.fromkeys((*names, *OUTPUTS), axes),
        opset_version=17,
        custom_opsets=_OPERATORS,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8. Seven-bit weights, because processors without VNNI overflow on eight."""
    quantize_dynamic(
        str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def write_model(checkpoint: dict[str, Any], base: Path, out: Path, version: str) -> None:
    """Everything that the pipeline loads, in one folder."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fp32 = Path(scratch) / "fp32.onnx"
        export_fp32(network_of(checkpoint, base), fp32)
        quantise(fp32, out / "model.onnx")
    onnx.checker.check_model(str(out / "model.onnx"))
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    weights = (out / "model.onnx").read_bytes()
    meta = {
        "name": "en_news",
        "version": version,
        "format": MODEL_FORMAT,
        "window": WINDOW,
        "entities": list(bio_labels(ENTITY_TYPES)),
        "roles": list(bio_labels(QUOTE_ROLES)),
        "tags": checkpoint["tags"],
        "link_width": checkpoint["config"]["network"]["link_width"],
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
    }
    (out / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="folder of the base weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.4.0", help="of the model, for its meta.json")
    arguments = parser.parse_args()
    checkpoint = torch.load(arguments.checkpoint, weights_only=True)
    write_model(checkpoint, arguments.base or base_folder(), arguments.out, arguments.version)


if __name__ == "__main__":
    main()
