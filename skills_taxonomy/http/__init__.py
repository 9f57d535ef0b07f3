"""The taxonomy over HTTP, read-only, after the web-service API of ESCO.

Mount `routes()` in an aiohttp application and put the taxonomy under `TAXONOMY`.
"""

from skills_taxonomy.http.routes import routes
from skills_taxonomy.http.views import TAXONOMY

__all__ = ["TAXONOMY", "routes"]
