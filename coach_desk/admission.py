"""Who may not see a case reads who helps the person, and how to ask for them; that they tried is kept."""

from functools import wraps
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from coach_desk.access import READER
from coach_desk.pages import frame_of, not_found
from connectors.problems import Problem, ProblemError
from counter.desk.sight import NotForYouError
from counter.referrals.model import UnknownReferralError
from counter.staff.model import StaffEvent
from staff_entrance.access import STAFF, staff_of
from staff_entrance.pages import render


def of_case(handler: Handler) -> Handler:
    """Answer only who may see the case of this address.

    The handler's own services look again, in the unit of work that reads or changes something: this makes
    that nothing is open by forgetting it.
    """

    @wraps(handler)
    async def admitted(request: web.Request) -> web.StreamResponse:
        me = await staff_of(request)
        try:
            await request.app[READER].check_sight(request.match_info["number"], me)
        except UnknownReferralError:
            return not_found(request)
        except NotForYouError as error:
            return await _refuse(request, error)
        return await of_person(handler)(request)

    return admitted


def of_person(handler: Handler) -> Handler:
    """Answer who may not see the person that a page turns out to be about."""

    @wraps(handler)
    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotForYouError as error:
            return await _refuse(request, error)

    return answered


async def check(request: web.Request, number: str) -> None:
    """See that whoever opens a line may see this case.

    Raises:
        HTTPNotFound: no case has this number.
        ProblemError: it is none of their business.
    """
    me = await staff_of(request)
    try:
        await request.app[READER].check_sight(number, me)
    except UnknownReferralError as error:
        raise web.HTTPNotFound from error
    except NotForYouError as error:
        await _keep(request, error)
        raise ProblemError(Problem.NOT_FOR_YOU) from error


async def _refuse(request: web.Request, error: NotForYouError) -> web.Response:
    await _keep(request, error)
    frame = await frame_of(request, "", await staff_of(request))
    context = {**frame, "number": error.number, "standing": error.standing}
    return render(request, "coach_niet_voor_jou.html", context, status=HTTPStatus.FORBIDDEN)


async def _keep(request: web.Request, error: NotForYouError) -> None:
    await request.app[STAFF].record(
        (await staff_of(request)).id,
        StaffEvent.REFUSED,
        person_id=error.standing.person_id,
        detail=error.number,
    )
