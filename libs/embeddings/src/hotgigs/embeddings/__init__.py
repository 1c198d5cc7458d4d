"""Texts to vectors with the sentence-transformers model all-MiniLM-L6-v2, without torch (docs/adr/0013)."""

from hotgigs.embeddings.embedder import DIMENSIONS, MAX_TOKENS, Embedder, Vectors
from hotgigs.embeddings.model_files import ModelMissing

__all__ = ["DIMENSIONS", "MAX_TOKENS", "Embedder", "ModelMissing", "Vectors"]
