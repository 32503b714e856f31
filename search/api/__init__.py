"""The REST interface: the engine for programs that are not Python, described by OpenAPI.

`app.create_api` makes the ASGI application; ``python -m search serve`` runs it alone, and
``app.py`` mounts it beside the pages. Each resource has a file; what all of them share is in
`gate` (who asks, how often), `reading` (what is asked), `problems` (what went wrong), `work`
(threads) and `openapi` (the document that describes it all, made from `schemas`).
"""

from .app import create_api
from .keys import ApiKeys
from .limits import Limits

__all__ = ["ApiKeys", "Limits", "create_api"]
