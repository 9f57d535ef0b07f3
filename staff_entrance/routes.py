"""The addresses where staff come in."""

from pathlib import Path

from aiohttp import web

from staff_entrance import account, organisation, second_step, views

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")


def routes() -> list[web.AbstractRouteDef]:
    """Return every route of the entrance."""
    return [
        web.get("/login", views.show_login),
        web.post("/login", views.log_in),
        web.get("/login/code", views.show_second_step),
        web.post("/login/code", views.confirm),
        web.get(organisation.OUT, organisation.go_out),
        web.get(organisation.BACK, organisation.come_back),
        web.post("/logout", views.log_out),
        web.get("/account", account.show),
        web.get("/account/wachtwoord", account.show_password),
        web.post("/account/wachtwoord", account.change_password),
        web.get("/account/tweede-stap", second_step.show),
        web.post("/account/tweede-stap", second_step.begin),
        web.post("/account/tweede-stap/uit", second_step.switch_off),
        web.post("/account/tweede-stap/codes", second_step.renew_codes),
        web.post("/account/sessies", account.end_sessions),
        web.static("/static/staff", STATIC),
    ]
