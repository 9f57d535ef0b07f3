"""What the desk works with."""

from aiohttp import web

from coach_desk.live import Hub
from coach_desk.lookout import Lookout
from coach_desk.person import OtherSide
from coach_desk.showing import Showing
from connectors.courier import Courier
from counter.canned_answers.service import CannedAnswerService
from counter.desk.reading import DeskReader
from counter.desk.service import DeskService
from counter.presence.service import PresenceService

READER = web.AppKey("desk_reader", DeskReader)
DESK = web.AppKey("desk", DeskService)
PRESENCE = web.AppKey("presence", PresenceService)
LOOKOUT = web.AppKey("desk_lookout", Lookout)
HUB = web.AppKey("desk_hub", Hub)
SHOWING = web.AppKey("desk_showing", Showing)
PERSON = web.AppKey("desk_person", OtherSide)
ANSWERS = web.AppKey("canned_answers", CannedAnswerService)
COURIER = web.AppKey("desk_courier", Courier)
