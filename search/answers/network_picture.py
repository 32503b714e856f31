"""Where the organisations of a network stand in a picture: the same network, the same picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from ..snapshot import Snapshot
from .partner_tables import Network

NODES = 30
"""In a picture, at most: the names of more cannot be read."""
_STEPS = 300


def strongest(network: Network, most: int = NODES) -> Network:
    """The ``most`` nodes that the heaviest edges join, and the edges among them.

    Edges are taken from the heaviest on, as long as their nodes find room.
    """
    kept: set[str] = set()
    for edge in network.edges:
        ends = {edge.first, edge.second}
        if len(kept | ends) <= most:
            kept |= ends
    edges = tuple(edge for edge in network.edges if {edge.first, edge.second} <= kept)
    nodes = tuple(node for node in network.nodes if node.organisation.key in kept)
    return Network(nodes, edges)


def main_groups(snapshot: Snapshot, network: Network) -> dict[str, str]:
    """Key of each node -> key of the group most documents of which name it; "" for none."""
    row_of = {one.key: row for row, one in enumerate(snapshot.organisations.organisations)}
    facets = snapshot.facets
    found = {}
    for node in network.nodes:
        passages = snapshot.organisations.passages(row_of[node.organisation.key])
        documents = np.unique(facets.documents[passages])
        counts = Counter(str(group) for group in facets.groups[documents] if group)
        found[node.organisation.key] = counts.most_common(1)[0][0] if counts else ""
    return found


def places_of(
    network: Network, sizes: Mapping[str, tuple[float, float]], width: float, height: float
) -> dict[str, tuple[float, float]]:
    """A place in a picture for each node, such that no name stands on another while there is room.

    The nodes are laid out by Kamada and Kawai's method ("An algorithm for drawing general
    undirected graphs", 1989): distances in the picture follow those in the network. Then names
    that overlap are pushed apart, step by step.

    Args:
        sizes: key of a node -> width and height of its name, in the unit of ``width``.
        width, height: of the picture.

    Returns:
        Key of a node -> middle of its name.
    """
    import networkx as nx  # noqa: PLC0415 - takes a fifth of a second to load

    keys = sorted(node.organisation.key for node in network.nodes)
    if not keys:
        return {}
    graph = nx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from(sorted((edge.first, edge.second) for edge in network.edges))
    found = nx.kamada_kawai_layout(graph)
    points = np.array([found[key] for key in keys], dtype=np.float64)
    boxes = np.array([sizes[key] for key in keys], dtype=np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    spread = np.where(high > low, high - low, 1.0)
    room = np.array([width, height]) - boxes
    points = boxes / 2 + np.where(high > low, (points - low) / spread, 0.5) * room
    for _ in range(_STEPS):
        moves = _apart(points, boxes)
        if not moves.any():
            break
        points = np.clip(points + moves, boxes / 2, np.array([width, height]) - boxes / 2)
    return {key: (float(x), float(y)) for key, (x, y) in zip(keys, points, strict=True)}


def _apart(points: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """How far each of some overlapping boxes has to move, the shorter way, half of it each."""
    between = points[:, None] - points[None]
    overlap = (boxes[:, None] + boxes[None]) / 2 - np.abs(between)
    touching = (overlap > 0).all(axis=2) & ~np.eye(len(points), dtype=np.bool_)
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points)))[:, :, None]
    direction = np.where(between == 0, order, np.sign(between))
    shorter = (overlap == overlap.min(axis=2, keepdims=True)) & touching[:, :, None]
    moves: np.ndarray = np.where(shorter, direction * overlap / 2, 0.0).sum(axis=1)
    return moves
