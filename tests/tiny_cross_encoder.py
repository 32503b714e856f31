"""Makes a small real cross-encoder."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

WORDS = ["reti", "nylon", "lana", "vetro", "filo", "carta", "il", "di", "titolo"]


def save_cross_encoder(
    folder: Path,
    labels: int = 1,
    wanted: str = "",
    strength: float = 1,
    *,
    head: bool = True,
) -> Path:
    """A BERT of two layers with its own words; random weights, unless ``wanted`` is a word.

    Then the score is higher the more of the text is that word: the encoder passes the mean of
    what the words are given on to the head, and only that word is given anything. Without
    ``head`` it is a model that only encodes.
    """
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(vocabulary)}, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]",
        sep_token="[SEP]", model_max_length=64,
    ).save_pretrained(folder)  # fmt: skip
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64, initializer_range=0.5, num_labels=labels,
    )  # fmt: skip
    model = (BertForSequenceClassification if head else BertModel)(config)
    if wanted:
        set_weights(model, vocabulary.index(wanted), strength)
    model.save_pretrained(folder)
    return folder


def set_weights(model: BertForSequenceClassification, word: int, strength: float) -> None:
    """All weights zero, but on the way of one word's sign through attention to the head."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.fill_(1.0 if name.endswith("LayerNorm.weight") else 0.0)
        # A pattern per word that layer normalisation leaves alone: mean 0, variance 1.
        plain = torch.tensor([1.0, -1.0] * 16)
        marked = torch.tensor([1.0] * 16 + [-1.0] * 16)
        model.bert.embeddings.word_embeddings.weight[:] = plain
        model.bert.embeddings.word_embeddings.weight[word] = marked
        # No question and no key: each position attends to all alike, and takes their mean.
        attention = model.bert.encoder.layer[0].attention
        attention.self.value.weight.copy_(torch.eye(32))
        attention.output.dense.weight.copy_(torch.eye(32))
        model.bert.pooler.dense.weight.copy_(torch.eye(32))
        model.classifier.weight.copy_(strength * marked[None])
