"""What the desk works with."""

from aiohttp import web

from coach_desk.live import Hub
from coach_desk.lookout import Lookout
from coach_desk.person import OtherSide
from coach_desk.showing import Showing
from connectors.bot_client import BotClient
from connectors.courier import Courier
from counter.canned_answers.service import CannedAnswerService
from counter.desk.cards import CardService
from counter.desk.reading import DeskReader
from counter.desk.service import DeskService
from counter.job_drafts.service import JobDraftService
from counter.open_hiring.service import OpenHiringService
from counter.passport.service import PassportService
from counter.people.service import PersonService
from counter.presence.service import PresenceService
from counter.preservations.service import PreservationService
from counter.vouchers.deciding import VoucherDesk
from counter.vouchers.service import VoucherService
from skills_taxonomy import Taxonomy

READER = web.AppKey("desk_reader", DeskReader)
DESK = web.AppKey("desk", DeskService)
PRESENCE = web.AppKey("presence", PresenceService)
LOOKOUT = web.AppKey("desk_lookout", Lookout)
HUB = web.AppKey("desk_hub", Hub)
SHOWING = web.AppKey("desk_showing", Showing)
PERSON = web.AppKey("desk_person", OtherSide)
ANSWERS = web.AppKey("canned_answers", CannedAnswerService)
COURIER = web.AppKey("desk_courier", Courier)
CARDS = web.AppKey("desk_cards", CardService)
BOT = web.AppKey("desk_bot", BotClient)
TAXONOMY = web.AppKey("desk_taxonomy", Taxonomy)
PASSPORTS = web.AppKey("desk_passports", PassportService)
PEOPLE = web.AppKey("desk_people", PersonService)
VOUCHERS = web.AppKey("desk_vouchers", VoucherService)
VOUCHER_DESK = web.AppKey("desk_voucher_decisions", VoucherDesk)
JOB_DRAFTS = web.AppKey("desk_job_drafts", JobDraftService)
PRESERVATIONS = web.AppKey("desk_preservations", PreservationService)
OPEN_HIRING = web.AppKey("desk_open_hiring", OpenHiringService)
