"""The addresses of the taxonomy."""

from aiohttp import web

from skills_taxonomy.http import views
from skills_taxonomy.http.shapes import ROOT


def routes() -> list[web.AbstractRouteDef]:
    """Return every route of the taxonomy."""
    return [
        web.get(f"{ROOT}/search", views.search),
        web.get(f"{ROOT}/suggest2", views.suggest),
        web.get(f"{ROOT}/resource/taxonomy", views.about),
        web.get(f"{ROOT}/resource/occupation", views.occupation),
        web.get(f"{ROOT}/resource/skill", views.skill),
        web.get(f"{ROOT}/resource/concept", views.concept),
        web.get(f"{ROOT}/resource/related", views.related),
        web.get(f"{ROOT}/compare", views.compare),
    ]
