"""Themes near in meaning: in groups, and on a map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

Vectors = NDArray[np.float32]

APART = 0.6
"""Groups whose themes are on average farther apart than this (1 - cosine, of vectors from their
centre) stay two."""


def centred(vectors: Vectors) -> Vectors:
    """Unit vectors seen from their centre, ``float32[t, d]``: what they share says nothing."""
    moved = vectors - vectors.mean(axis=0, keepdims=True)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = (moved / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def clusters(vectors: Vectors) -> NDArray[np.int64]:
    """The group of each of ``t`` themes, ``int64[t]``, numbered from 0 in order of first member.

    Agglomerative, average linkage, cut at `APART`.

    Args:
        vectors: ``float32[t, d]``, from `centred`.

    References:
        R. Sokal, C. Michener, A Statistical Method for Evaluating Systematic Relationships (1958).
    """
    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    found = fcluster(linkage(vectors.astype(np.float64), "average", "cosine"), APART, "distance")
    _, first, numbers = np.unique(found, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbers].astype(np.int64)


def flat_map(vectors: Vectors) -> NDArray[np.float32]:
    """Places of ``t`` themes on a plane, ``float32[t, 2]`` in [-1, 1]: near is near in meaning.

    The two directions in which the vectors differ most (principal components, which is classical
    scaling of their distances); the component with the greatest part of each is positive, so that
    the same themes give the same map.

    Args:
        vectors: ``float32[t, d]``, from `centred`.

    References:
        W. Torgerson, Multidimensional Scaling: I. Theory and Method (1952).
    """
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2), dtype=np.float32)
    seen = vectors.astype(np.float64) - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(seen, full_matrices=False)
    axes = axes[:2]
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    places = np.zeros((len(vectors), 2))
    places[:, : len(axes)] = seen @ axes.T
    return (places / max(float(np.abs(places).max()), 1e-9)).astype(np.float32)
