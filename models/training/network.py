"""The encoder with its heads: a MiniLM (BERT layout) with word-shape and quotation-state inputs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from pipeline.components.labels import RELATIONS
from pipeline.components.windows import SHAPES, STATES


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """Label counts of the token heads and the width of the link vectors."""

    entities: int
    roles: int
    tags: int
    link_width: int


@dataclass(frozen=True, slots=True)
class BaseSizes:
    """Sizes of the base encoder, read from its config.json."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    layer_norm_eps: float

    @classmethod
    def read(cls, base: Path) -> BaseSizes:
        """The sizes that the base package states."""
        stated = json.loads((base / "config.json").read_text(encoding="utf-8"))
        return cls(**{name: stated[name] for name in cls.__slots__})


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, sizes: BaseSizes, dropout: float) -> None:
        super().__init__()
        width = sizes.hidden_size
        self.heads = sizes.num_attention_heads
        self.qkv = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=sizes.layer_norm_eps)
        self.up = nn.Linear(width, sizes.intermediate_size)
        self.down = nn.Linear(sizes.intermediate_size, width)
        self.output_norm = nn.LayerNorm(width, eps=sizes.layer_norm_eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """The hidden states (batch, pieces, width) one layer up; ``mask`` is additive."""
        batch, pieces, width = hidden.shape
        split = self.qkv(hidden).view(batch, pieces, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.attention_out(mixed.transpose(1, 2).reshape(batch, pieces, width))
        hidden = self.attention_norm(hidden + mixed)
        return self.output_norm(hidden + self.dropout(self.down(F.gelu(self.up(hidden)))))


class NewsEncoder(nn.Module):
    """Token scores for entities, quote roles and tags, and the vectors that links are scored with."""

    def __init__(self, sizes: BaseSizes, heads: HeadSizes, dropout: float) -> None:
        super().__init__()
        width = sizes.hidden_size
        self.words = nn.Embedding(sizes.vocab_size, width)
        self.positions = nn.Embedding(sizes.max_position_embeddings, width)
        self.shapes = nn.Embedding(len(SHAPES), width)
        self.states = nn.Embedding(len(STATES), width)
        self.norm = nn.LayerNorm(width, eps=sizes.layer_norm_eps)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.num_hidden_layers))
        self.entities = nn.Linear(width, heads.entities)
        self.roles = nn.Linear(width, heads.roles)
        self.tags = nn.Linear(width, heads.tags)
        self.links = nn.Linear(width, 2 * len(RELATIONS) * heads.link_width)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.states.weight)

    def forward(self, ids: Tensor, shapes: Tensor, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of entities, roles, tags, and link vectors, each (batch, pieces, …).

        Padding is id 0. Link vectors are two of ``link_width`` for each of ``RELATIONS``: the piece as
        dependent, and as head.
        """
        mask = torch.zeros(ids.shape, dtype=torch.float32, device=ids.device)
        mask = mask.masked_fill(ids == 0, -1e4)[:, None, None, :]
        positions = torch.arange(ids.shape[1], device=ids.device)
        hidden = self.words(ids) + self.positions(positions) + self.shapes(shapes) + self.states(states)
        hidden = self.dropout(self.norm(hidden))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        hidden = self.dropout(hidden)
        return self.entities(hidden), self.roles(hidden), self.tags(hidden), self.links(hidden)


def load_earlier(network: NewsEncoder, weights: dict[str, Tensor]) -> None:
    """Start from an earlier round's weights; relations that round did not know keep their first values."""
    own = network.state_dict()
    for name, value in weights.items():
        own[name][: len(value)] = value
    network.load_state_dict(own)


def load_base(network: NewsEncoder, base: Path) -> None:
    """Fill the network's encoder with the base package's weights; heads and new inputs stay as they are."""
    weights = load_file(base / "model.safetensors")
    weights = {name.removeprefix("bert."): value for name, value in weights.items()}
    with torch.no_grad():
        network.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        network.positions.weight.copy_(
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(network.norm, weights, "embeddings.LayerNorm")
        for index, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            _load_layer(layer, weights, f"encoder.layer.{index}.")


def _load_layer(layer: Layer, weights: dict[str, Tensor], prefix: str) -> None:
    parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
    layer.qkv.weight.copy_(torch.cat([weights[f"{part}.weight"] for part in parts]))
    layer.qkv.bias.copy_(torch.cat([weights[f"{part}.bias"] for part in parts]))
    _copy(layer.attention_out, weights, f"{prefix}attention.output.dense")
    _copy(layer.attention_norm, weights, f"{prefix}attention.output.LayerNorm")
    _copy(layer.up, weights, f"{prefix}intermediate.dense")
    _copy(layer.down, weights, f"{prefix}output.dense")
    _copy(layer.output_norm, weights, f"{prefix}output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
