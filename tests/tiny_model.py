"""Makes a small real sentence-transformers model, for what must work with any model."""

import json
from pathlib import Path

with (Path(__file__).parents[1] / "samples/facts.jsonl").open(encoding="utf-8") as lines:
    FACTS = [json.loads(line)["fact_it"] for line in lines]


def save_tiny_model(folder, pooling="cls", query_prompt="domanda : ", seed=1):
    """A BERT of two layers with random weights, its own words, prompts and no normalisation."""
    # Imported here, for they take seconds, and not every worker makes a model.
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.modules import (  # noqa: PLC0415
        Pooling,
        Transformer,
    )
    from tokenizers import (  # noqa: PLC0415
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )
    from transformers import (  # noqa: PLC0415
        BertConfig,
        BertModel,
        PreTrainedTokenizerFast,
    )

    words = sorted({word for fact in FACTS for word in fact.lower().split()})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ":", "domanda", "brano", "altro", *words]
    tokenizer = Tokenizer(
        models.WordLevel({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(seed)
    inner = folder.with_name(folder.name + "-transformer")
    BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
            initializer_range=0.5,
        ),
        add_pooling_layer=False,
    ).save_pretrained(inner)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=64,
    ).save_pretrained(inner)
    SentenceTransformer(
        modules=[Transformer(str(inner), max_seq_length=64), Pooling(32, pooling)],
        prompts={"query": query_prompt, "document": "brano : "},
        device="cpu",
    ).save(str(folder), create_model_card=False)
    return folder
