"""What the pages of administrators work with."""

from aiohttp import web

from counter.schemes.service import SchemeService

SCHEMES = web.AppKey("administration_schemes", SchemeService)
