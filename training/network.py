"""The network: a small pretrained encoder with a head that can say which tokens speak for a label."""

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from postcheck.detectors.classifier import Window, WindowReader
from postcheck.kinds.classifier import LABELS
from postcheck.normalization import View
from training.corpus import Labelled

PAD, MASK = 0, 103
"""Ids in the vocabulary of BERT uncased, which the encoder shares."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. The learning rates are those of the encoder and of the head."""

    epochs: int = 5
    batch: int = 16
    encoder_rate: float = 6e-5
    head_rate: float = 1e-3
    dropout: float = 0.1
    masked: float = 0.06
    lowered: float = 0.15
    unpointed: float = 0.10
    seed: int = 0


class Network(nn.Module):
    """Gives each token of a draft what it adds to each label's logit.

    The head pools by attention, one for each label: a token adds its score, weighed by how much
    attention it gets. The word embeddings stay as they were pretrained, so that words which no
    draft of the corpus says keep their neighbours.
    """

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(base))
        width = self.encoder.config.hidden_size
        self.score, self.attend = nn.Linear(width, len(LABELS)), nn.Linear(width, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.attend.weight)
        nn.init.zeros_(self.attend.bias)
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """What each token adds: an array of drafts by tokens by labels, zero for what is no token of the draft."""
        mask = (input_ids != PAD).long()
        hidden = self.encoder(input_ids=input_ids, attention_mask=mask, token_type_ids=token_type_ids).last_hidden_state
        hidden = self.dropout(hidden)
        own = (token_type_ids * mask)[..., None] == 1
        attention = self.attend(hidden).masked_fill(~own, -1e4).softmax(1)
        return attention * self.score(hidden)


def tensors(windows: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor]:
    """Windows as a batch: the ids of tokens, and 1 for each token of the draft."""
    longest = max(len(window.ids) for window in windows)
    ids = torch.full((len(windows), longest), PAD)
    kinds = torch.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        kinds[row, window.first : len(window.ids)] = 1
    return ids, kinds


def train(drafts: Sequence[Labelled], base: Path, recipe: Recipe, log: str = "") -> Network:
    """Fine-tune the pretrained encoder in `base` on labelled drafts."""
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    network = Network(base, recipe.dropout)
    head = [*network.score.parameters(), *network.attend.parameters()]
    body = [parameter for parameter in network.encoder.parameters() if parameter.requires_grad]
    groups = [{"params": body, "lr": recipe.encoder_rate}, {"params": head, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = recipe.epochs * math.ceil(len(drafts) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    wanted = torch.tensor([[float(label in each.labels) for label in LABELS] for each in drafts])
    reader = WindowReader((base / "tokenizer.json").read_bytes())
    for epoch in range(recipe.epochs):
        network.train()
        windows = [_disturbed(each, reader, recipe, chance) for each in drafts]
        total = 0.0
        for batch in _batches(windows, recipe.batch, chance):
            logits = network(*tensors([windows[i] for i in batch])).sum(1)
            loss = nn.functional.binary_cross_entropy_with_logits(logits, wanted[batch])
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item() * len(batch)
        print(f"{log} epoch {epoch + 1}: loss {total / len(drafts):.4f}", flush=True)
    return network.eval()


def _disturbed(each: Labelled, reader: WindowReader, recipe: Recipe, chance: random.Random) -> Window:
    """The first window of a draft, now and then in lower case or without punctuation, with a few tokens masked."""
    text, draw = each.draft.text, chance.random()
    if draw < recipe.lowered:
        text = text.lower()
    elif draw < recipe.lowered + recipe.unpointed:
        text = re.sub(r"[.,;:!?]+(?=\s|$)", "", text)
    window = next(reader.windows(View.of(text), each.draft, ()))
    ids = tuple(MASK if 0 < i < len(window.ids) - 1 and i != window.first - 1 and chance.random() < recipe.masked
                else token for i, token in enumerate(window.ids))  # fmt: skip
    return Window(ids, window.first, window.offsets)


def _batches(windows: Sequence[Window], size: int, chance: random.Random) -> list[list[int]]:
    """Batches of windows of about the same length, in random order."""
    order = list(range(len(windows)))
    chance.shuffle(order)
    chunks = [
        sorted(order[i : i + 16 * size], key=lambda j: len(windows[j].ids)) for i in range(0, len(order), 16 * size)
    ]
    batches = [chunk[i : i + size] for chunk in chunks for i in range(0, len(chunk), size)]
    chance.shuffle(batches)
    return batches
