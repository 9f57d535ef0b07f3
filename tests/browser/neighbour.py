"""Another site, with a policy as strict as can be, that shows the chat by one script tag."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

# A site that sets its own rem, forbids all style but its own files, and moves nothing aside for us.
STYLE = "html { font-size: 62.5% } body { font: 1.6rem/1.5 serif; margin: 2rem } button { all: unset }"


@asynccontextmanager
async def neighbour(port: int, counter: str, *, style: str = STYLE, body: str = "") -> AsyncIterator[str]:
    """Serve the site on this port; gives its address."""
    policy = (
        "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; "
        f"script-src {counter}; connect-src {counter} {counter.replace('http', 'ws', 1)}"
    )
    html = (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente Elders</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/stijl.css">'
        f'<script src="{counter}/noor.js" type="module" async></script></head>'
        f"<body><main><h1>Werk en inkomen</h1><p>Een bladzijde van de gemeente.</p>{body}"
        '<p><a href="/elders">Verder</a></p></main></body></html>'
    )

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def sheet(_request: web.Request) -> web.Response:
        return web.Response(text=style, content_type="text/css")

    app = web.Application()
    app.router.add_get("/stijl.css", sheet)
    app.router.add_get("/{page:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
