"""The web application: everything people and the bot reach, composed here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import aiohttp
import aiohttp_jinja2
import jinja2
import prometheus_client
from aiohttp import web
from aiohttp.typedefs import Handler

from administration import access as administration
from administration import routes as administration_routes
from app import action_server, domain, health
from app.chores import chores, keep_no_longer
from app.commands import house_of, taxonomy_of
from app.course_refresh import keep_courses_fresh
from app.doors import Doors, open_doors
from app.retention import RetentionMetrics, forgetting
from app.settings import Settings
from app.yaml_files import read_yaml
from coach_desk import access as desk
from coach_desk import routes as desk_routes
from coach_desk.live import Hub
from coach_desk.lookout import Lookout
from coach_desk.person import OtherSide
from coach_desk.showing import FILTERS as DESK_FILTERS
from coach_desk.showing import Showing
from connectors import webhooks, website
from connectors.announcer import Announcer
from connectors.notices import DomainWording
from connectors.problems import problem_middleware
from connectors.website import (
    access,
    browsing,
    coach_news,
    continuing,
    origins,
    shared_passport,
    vacancies,
    views,
)
from connectors.website.limits import MAX_BODY_BYTES
from connectors.website.personal import access as personal
from connectors.website.personal import applications as personal_applications
from connectors.website.personal import own_data
from connectors.website.personal.routes import routes as personal_routes
from connectors.website.routes import routes as website_routes
from connectors.website.wording import safe_address, sender_of, with_links
from counter.accounts.amounts import in_euros
from counter.browsing.model import address_of, slug_of
from counter.clock import utc_now
from counter.courses.model import CourseQuery
from counter.database import Database
from counter.open_hiring.model import JobQuery
from counter.opening.wording import wait_in_words
from counter.places.gazetteer import load_gazetteer
from counter.services import Counter, open_counter
from skills_taxonomy import http as taxonomy_http
from staff_entrance import access as entrance
from staff_entrance import routes as entrance_routes
from staff_entrance.pages import PROVIDER
from staff_entrance.provider import Provider

_WEBSITE = Path(website.__file__).parent

# Own files only, no script or style within a page, in nobody's frame.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

FILTERS: Mapping[str, Callable[..., str]] = {
    "slug": slug_of,
    "address": address_of,
    "with_links": with_links,
    "safe_address": safe_address,
    "sender": sender_of,
    "euros": in_euros,
    **DESK_FILTERS,
    "wait_in_words": wait_in_words,
}


def create_app(settings: Settings) -> web.Application:
    """Build the application; nothing opens before it starts."""
    app = web.Application(
        middlewares=[
            security_headers,
            problem_middleware(),
            origins.refuse_strangers,
            entrance.guard,
            personal.guard,
        ],
        client_max_size=MAX_BODY_BYTES,
    )
    aiohttp_jinja2.setup(
        app,
        # No two templates have the same name, so that each can extend any.
        loader=jinja2.FileSystemLoader(
            [
                _WEBSITE / "templates",
                entrance_routes.TEMPLATES,
                desk_routes.TEMPLATES,
                administration_routes.TEMPLATES,
            ]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        filters=FILTERS,
    )
    app[views.OPENAPI] = read_yaml(_WEBSITE / "openapi.yaml")
    app[origins.ALLOWED] = settings.allowed_origins
    app.on_response_prepare.append(origins.name_allowed_origin)
    app[action_server.INTERNAL_TOKEN] = settings.internal_token
    app[health.BOT_URL] = settings.bot_url
    app[health.METRICS] = prometheus_client.CollectorRegistry()
    app.add_routes(entrance_routes.routes())
    app.add_routes(desk_routes.routes())
    app.add_routes(administration_routes.routes())
    app.add_routes(website_routes())
    app.add_routes(personal_routes())
    app.add_routes(webhooks.routes())
    app.add_routes(taxonomy_http.routes())
    app.router.add_post("/actions", action_server.run_action)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)
    app.cleanup_ctx.append(_opened(settings))
    return app


def _opened(settings: Settings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def opened(app: web.Application) -> AsyncIterator[None]:
        database = Database.open(settings.database_url)
        responses = domain.responses(settings.domain_folder)
        announcer = Announcer()
        counter = open_counter(
            database,
            taxonomy_of(settings),
            load_gazetteer(),
            utc_now,
            wording=DomainWording(responses),
            announce=announcer.announce,
            house=house_of(settings),
        )
        # The first person should not wait for an index to be built.
        await asyncio.gather(
            counter.courses.search(CourseQuery()),
            counter.open_hiring.search(JobQuery()),
        )
        async with aiohttp.ClientSession() as http:
            doors = open_doors(settings, counter, announcer, http, responses, app[health.METRICS])
            app[health.HTTP] = http
            if settings.provider is not None:
                app[PROVIDER] = Provider(http, settings.provider)
            _hand_out(app, settings, counter, doors)
            if database.engine.dialect.name == "sqlite":
                # One process has this file: what a dead one was answering is free at once.
                await counter.conversations.release_all()
                await counter.addresses.release_all()
            retention = keep_no_longer(
                counter.retention, forgetting(doors.bot), RetentionMetrics(app[health.METRICS])
            )
            hub = _open_desk(app, counter, doors)
            fresh = keep_courses_fresh(counter, settings.course_sources)
            work = (*doors.work(), *chores(counter), retention, hub.run(), fresh)
            background = [asyncio.create_task(each) for each in work]
            yield
            announcer.announce_all()
            hub.close()
            doors.typing.close()
            for task in background:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await doors.reception.stop()
        await database.close()

    return opened


def _hand_out(app: web.Application, settings: Settings, counter: Counter, doors: Doors) -> None:
    """Give the views what they work with."""
    app[health.DATABASE] = counter.database
    app[action_server.EXECUTOR] = action_server.build_executor(counter)
    app[entrance.STAFF] = counter.staff
    app[entrance.LOGINS] = counter.logins
    app[entrance.CREDENTIALS] = counter.credentials
    app[administration.SCHEMES] = counter.schemes
    app[access.CONVERSATIONS] = counter.conversations
    app[access.THROTTLE] = doors.throttle
    app[access.PROXIES] = settings.proxies
    app[views.GATEWAY] = doors.gateway
    app[views.ANNOUNCER] = doors.announcer
    app[views.TYPING] = doors.typing
    app[views.PASSPORTS] = counter.passports
    app[personal_applications.VOUCHERS] = counter.vouchers
    app[views.RATINGS] = counter.ratings
    app[coach_news.REFERRALS] = counter.referrals
    app[coach_news.PROSPECTS] = counter.prospects
    app[continuing.CONTINUATIONS] = counter.continuations
    app[personal.VISITS] = counter.visits
    app[shared_passport.SHARED_PASSPORTS] = counter.shared_passports
    app[own_data.PEOPLE] = counter.people
    app[continuing.PUBLIC_URL] = settings.public_url
    app[webhooks.RECEPTION] = doors.reception
    app[webhooks.CHANNELS] = doors.channels
    app[browsing.BROWSING] = counter.browsing
    app[vacancies.JOBS] = counter.open_hiring
    app[vacancies.SITE] = settings.public_url
    app[taxonomy_http.TAXONOMY] = counter.taxonomy


def _open_desk(app: web.Application, counter: Counter, doors: Doors) -> Hub:
    """Give the coaches' pages what they work with, and have them hear of all that is new."""
    lookout = Lookout(counter.desk_reader, counter.presence, counter.staff, counter.clock)
    hub = Hub(lookout, counter.desk_reader, counter.presence)
    doors.announcer.pass_on_to(hub.follow)
    doors.typing.pass_on_to(hub.follow_typing)
    app[desk.READER] = counter.desk_reader
    app[desk.DESK] = counter.desk
    app[desk.PRESENCE] = counter.presence
    app[desk.LOOKOUT] = lookout
    app[desk.HUB] = hub
    app[desk.SHOWING] = Showing(aiohttp_jinja2.get_env(app), doors.channels, counter.clock)
    app[desk.PERSON] = OtherSide(doors.announcer, doors.typing)
    app[desk.ANSWERS] = counter.canned_answers
    app[desk.COURIER] = doors.courier
    app[desk.CARDS] = counter.cards
    app[desk.BOT] = doors.bot
    app[desk.TAXONOMY] = counter.taxonomy
    app[desk.PASSPORTS] = counter.passports
    app[desk.PEOPLE] = counter.people
    app[desk.VOUCHERS] = counter.vouchers
    app[desk.VOUCHER_DESK] = counter.voucher_desk
    app[desk.JOB_DRAFTS] = counter.job_drafts
    app[desk.OPEN_HIRING] = counter.open_hiring
    app[desk.PRESERVATIONS] = counter.preservations
    return hub


@web.middleware
async def security_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell browsers to trust nothing but this counter."""
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
    return response
