"""Train the encoder and its heads on a data directory, with a checkpoint and a log line each epoch.

python -m models.training.train --data DATA --out models/runs/NAME
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from models.training.base import base_folder
from models.training.batches import IGNORE, Batch, Inventory, TrainingWindow, make_batches, training_windows
from models.training.corpora import load_corpus
from models.training.examples import Example
from models.training.fill import with_beliefs, with_names, with_open_roles
from models.training.network import BaseSizes, HeadSizes, NewsEncoder, load_base, load_earlier
from pipeline.components.labels import RELATIONS
from pipeline.components.windows import SHAPES, load_tokenizer

Corpora = dict[str, list[Example]]
LOG_EVERY = 50


def allowed_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean negative log probability of the allowed label sets (bit sets, 0 = ignore)."""
    known = allowed != 0
    if not known.any():
        return scores.sum() * 0
    bits = allowed[known][:, None] >> torch.arange(scores.shape[-1], device=scores.device)
    log_probs = F.log_softmax(scores[known].float(), dim=-1)
    return -torch.logsumexp(log_probs.masked_fill((bits & 1) == 0, -1e4), dim=-1).mean()


def belief_loss(scores: Tensor, beliefs: Tensor) -> Tensor:
    """Mean cross-entropy against an earlier network's probabilities, where it has any."""
    known = beliefs.sum(-1) > 0
    if not known.any():
        return scores.sum() * 0
    return F.cross_entropy(scores[known].float(), beliefs[known])


def masked_pieces(batch: Batch, share: float, mask_id: int) -> Tensor:
    """The batch's ids with a share of its words' pieces hidden, so that the words around them must do."""
    drawn = torch.rand(batch.ids.shape) < share
    words = (batch.shapes != SHAPES.index("special")) & (batch.shapes != SHAPES.index("punctuation"))
    return batch.ids.masked_fill(drawn & words & (batch.ids != 0), mask_id)


def link_loss(dependents: Tensor, heads: Tensor, head_of: Tensor, ids: Tensor) -> Tensor:
    """Cross-entropy of picking each dependent's head among all pieces of its window."""
    rows, columns = torch.nonzero(head_of != IGNORE, as_tuple=True)
    if not len(rows):
        return dependents.sum() * 0
    scores = torch.einsum("nw,npw->np", dependents[rows, columns], heads[rows]) / dependents.shape[-1] ** 0.5
    return F.cross_entropy(scores.masked_fill(ids[rows] == 0, -1e4), head_of[rows, columns])


def batch_losses(network: NewsEncoder, batch: Batch, ids: Tensor) -> dict[str, Tensor]:
    """The loss of every head on one batch; ``ids`` are what the network sees of the batch's ids."""
    entities, roles, tags, links = network(ids, batch.shapes, batch.states)
    content, cue_head, cue, source_head, first, last = links.chunk(2 * len(RELATIONS), dim=-1)
    return {
        "entities": allowed_loss(entities, batch.entities),
        "roles": allowed_loss(roles, batch.roles),
        "beliefs": belief_loss(roles, batch.beliefs),
        "tags": allowed_loss(tags, batch.tags),
        "links": link_loss(content, cue_head, batch.cue_of, batch.ids)
        + link_loss(cue, source_head, batch.source_of, batch.ids),
        "ends": link_loss(first, last, batch.last_of, batch.ids),
    }


def complete(corpora: Corpora, plan: dict[str, Any], network: NewsEncoder, tokenizer: Any) -> None:
    """Let the network add what the plan asks of it to what the corpora annotate."""
    steps = {"fill": with_names, "beliefs": with_beliefs, "open_roles": with_open_roles}
    for key, step in steps.items():
        for name in plan.get(key, ()):
            corpora[name] = [step(example, network, tokenizer) for example in corpora[name]]


def epoch_windows(
    corpora: Corpora, settings: dict[str, Any], tokenizer: Any, inventory: Inventory, rng: random.Random
) -> list[TrainingWindow]:
    """One epoch's windows: each corpus as many passes as asked, the rest of a pass drawn anew."""
    windows: list[TrainingWindow] = []
    for name, examples in corpora.items():
        whole, share = divmod(settings["corpora"][name], 1)
        for example in [*examples * int(whole), *rng.sample(examples, round(share * len(examples)))]:
            windows += training_windows(
                example, tokenizer, inventory, rng, settings["window_limits"], settings["mark_rewrite_share"]
            )
    return windows


def optimiser_for(network: NewsEncoder, settings: dict[str, Any]) -> torch.optim.AdamW:
    """AdamW with its own rate for the new parts; word embeddings stay as the base package has them."""
    network.words.weight.requires_grad_(False)
    new = ("shapes", "states", "entities", "roles", "tags", "links")
    named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    groups = [
        {
            "params": [p for name, p in named if name.split(".")[0] not in new],
            "lr": settings["learning_rate"],
        },
        {
            "params": [p for name, p in named if name.split(".")[0] in new],
            "lr": settings["head_learning_rate"],
        },
    ]
    return torch.optim.AdamW(groups, weight_decay=settings["weight_decay"], betas=(0.9, 0.98), fused=True)


def rate_at(step: int, steps: int, warmup_share: float) -> float:
    """Linear warm-up, then linear decay to zero."""
    warmup = max(1, int(steps * warmup_share))
    return min(step / warmup, max(0.0, (steps - step) / max(1, steps - warmup)))


class Average:
    """The exponential moving average of a network's weights."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: p.detach().clone() for name, p in network.state_dict().items()}
        self.updates = 0

    def update(self, network: nn.Module) -> None:
        """Take in the network's present weights; young averages forget faster."""
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for name, value in network.state_dict().items():
            self.weights[name].lerp_(value, 1 - decay)


def mean_checkpoint(paths: Sequence[Path]) -> dict[str, Any]:
    """The last of some checkpoints with the mean of all their weights."""
    checkpoints = [torch.load(path, weights_only=True) for path in paths]
    weights = {
        name: torch.stack([checkpoint["weights"][name] for checkpoint in checkpoints]).mean(0)
        for name in checkpoints[-1]["weights"]
    }
    return checkpoints[-1] | {"weights": weights}


def tag_inventory(corpora: Corpora) -> list[str]:
    """The PTB tags that occur in the corpora, sorted."""
    return sorted({tag for examples in corpora.values() for e in examples for _, _, tag in e.tags or ()})


class Trainer:
    """A network in training: one optimiser step a batch, a log line and a checkpoint an epoch."""

    def __init__(
        self, network: NewsEncoder, settings: dict[str, Any], losses: dict[str, float], mask_id: int
    ) -> None:
        self.network = network
        self._weights = losses
        self._mask_id = mask_id
        self._settings = settings
        self._optimiser = optimiser_for(network, self._settings)
        self.average = Average(network, self._settings["average_decay"])
        self._step = 0
        self.steps = 0

    def epoch(self, batches: Sequence[Batch], name: str) -> dict[str, float]:
        """Mean losses of one pass over the batches, and its seconds."""
        started, pieces = time.monotonic(), 0
        totals = dict.fromkeys(self._weights, 0.0)
        self.network.train()
        for number, batch in enumerate(batches, 1):
            for head, loss in self._learn(batch).items():
                totals[head] += float(loss.detach())
            pieces += int((batch.ids != 0).sum())
            if number % LOG_EVERY == 0:
                rate = pieces / (time.monotonic() - started)
                shown = " ".join(f"{head} {value / number:.3f}" for head, value in totals.items())
                print(f"{name} batch {number}/{len(batches)} {shown} {rate:.0f} pieces/s", flush=True)
        means = {head: round(value / max(1, len(batches)), 4) for head, value in totals.items()}
        return means | {"seconds": round(time.monotonic() - started)}

    def _learn(self, batch: Batch) -> dict[str, Tensor]:
        self._set_rates()
        ids = masked_pieces(batch, self._settings.get("hidden_share", 0.0), self._mask_id)
        with torch.autocast("cpu", torch.bfloat16, enabled=self._settings["bf16"]):
            losses = batch_losses(self.network, batch, ids)
        losses = {head: loss for head, loss in losses.items() if head in self._weights}
        total = sum((self._weights[head] * loss for head, loss in losses.items()), torch.zeros(()))
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self.average.update(self.network)
        self._step += 1
        return losses

    def _set_rates(self) -> None:
        share = rate_at(self._step, self.steps, self._settings["warmup_share"])
        peaks = (self._settings["learning_rate"], self._settings["head_learning_rate"])
        for group, peak in zip(self._optimiser.param_groups, peaks, strict=True):
            group["lr"] = peak * share


def new_network(base: Path, config: dict[str, Any], inventory: Inventory) -> NewsEncoder:
    """The network with the base package's weights and untrained heads."""
    width = config["network"]["link_width"]
    sizes = HeadSizes(len(inventory.entities), len(inventory.roles), len(inventory.tags), width)
    network = NewsEncoder(BaseSizes.read(base), sizes, config["network"]["dropout"])
    load_base(network, base)
    return network


@dataclass(frozen=True, slots=True)
class Recipe:
    """What all rounds share."""

    data: Path
    base: Path
    out: Path
    config: dict[str, Any]

    def run(self) -> None:
        """Run the rounds; one whose checkpoint stands in ``out`` already is not run again.

        ``final.pt`` is the mean of the rounds that ``config`` names (Wortsman et al. 2022, "Model soups").
        """
        self.out.mkdir(parents=True, exist_ok=True)
        for number in range(1, len(self.config["rounds"]) + 1):
            if not self.checkpoint(number).exists():
                self.run_round(number)
        rounds = [self.checkpoint(number) for number in self.config["shipped"]["mean_of_rounds"]]
        torch.save(mean_checkpoint(rounds), self.out / "final.pt")

    def checkpoint(self, number: int) -> Path:
        """Where the weights of a finished round are."""
        return self.out / f"round-{number}.pt"

    def run_round(self, number: int) -> None:
        """Train one round; log.jsonl is extended and unfinished.pt rewritten every epoch."""
        plan = self.config["rounds"][number - 1]
        settings = self.config["training"] | plan
        torch.manual_seed(settings["seed"] + number - 1)
        torch.set_flush_denormal(True)
        rng = random.Random(settings["seed"] + number - 1)
        tokenizer = load_tokenizer(str(self.base / "tokenizer.json"))
        corpora = {name: load_corpus(self.data, name) for name in plan["corpora"]}
        tags = tag_inventory(corpora)
        inventory = Inventory.of(tags)
        network = new_network(self.base, self.config, inventory)
        if number > 1:
            starts = plan.get("mean_of_rounds", [number - 1])
            earlier = mean_checkpoint([self.checkpoint(start) for start in starts])
            load_earlier(network, earlier["weights"])
        complete(corpora, plan, network, tokenizer)
        trainer = Trainer(network, settings, plan["loss"], tokenizer.token_to_id("[MASK]"))
        for epoch in range(1, plan["epochs"] + 1):
            present = {n: e for n, e in corpora.items() if plan.get("late", {}).get(n, 1) <= epoch}
            windows = epoch_windows(present, settings, tokenizer, inventory, rng)
            batches = list(make_batches(windows, settings["batch_windows"], rng))
            trainer.steps = trainer.steps or len(batches) * plan["epochs"]
            means = trainer.epoch(batches, f"round {number} epoch {epoch}")
            self._log({"round": number, "epoch": epoch, "batches": len(batches)} | means)
            state = {"weights": trainer.average.weights, "tags": tags, "config": self.config, "epoch": epoch}
            torch.save(state, self.out / "unfinished.pt")
        (self.out / "unfinished.pt").rename(self.checkpoint(number))

    def _log(self, entry: dict[str, Any]) -> None:
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry) + "\n")


def _recipe() -> Recipe:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="folder of the base weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    return Recipe(arguments.data, arguments.base or base_folder(), arguments.out, config)


if __name__ == "__main__":
    _recipe().run()
