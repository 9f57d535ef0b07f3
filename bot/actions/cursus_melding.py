"""Alerts: keeping somebody informed about courses that were not there, and stopping that."""

from rasa_sdk.interfaces import Tracker

from bot.actions.cursus_results import query_of, wishes
from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from counter.course_alerts.model import MOST_OPEN, Alert, AskAlert, TooManyAlertsError
from counter.receipts import normalise_number


class AskAlertAction(CounterAction):
    """Keeps somebody informed about what they looked for last; shows the alert whose number is given."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_melding_vragen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Keep the search, and tell until when; ask what it is about when nothing was looked for."""
        del domain
        turn, query = Turn.of(tracker), query_of(tracker)
        if number := normalise_number(str(turn.entities.get("aanvraagnummer", ""))):
            alerts = await self.counter.course_alerts.of_person(turn.conversation_id)
            _show(dispatcher, next((alert for alert in alerts if alert.number == number), None))
            return []
        if query.topic is None:
            dispatcher.utter_message(response="utter_cursus_melding_waarover")
            return []
        command = AskAlert(conversation_id=turn.conversation_id, message_id=turn.message_id, query=query)
        try:
            alert = await self.counter.course_alerts.ask(command)
        except TooManyAlertsError:
            dispatcher.utter_message(response="utter_cursus_melding_te_veel", aantal=MOST_OPEN)
            return []
        _show(dispatcher, alert)
        return []


def _show(dispatcher: Dispatcher, alert: Alert | None) -> None:
    """Tell what somebody hears of, and until when; or that there is no such alert any more."""
    if alert is None:
        dispatcher.utter_message(response="utter_cursus_melding_geen")
        return
    dispatcher.utter_message(
        response="utter_cursus_melding_staat",
        wensen=wishes(alert.query),
        tot=written(alert.last_day),
        nummer=alert.number,
    )


class StopAlertsAction(CounterAction):
    """Stops one alert, or all of them when none is named."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cursus_melding_stoppen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Stop, and tell of what nothing will be heard any more."""
        del domain
        turn = Turn.of(tracker)
        number = normalise_number(str(turn.entities.get("aanvraagnummer", "")))
        stopped = await self.counter.course_alerts.stop(turn.conversation_id, number)
        if not stopped:
            dispatcher.utter_message(response="utter_cursus_melding_geen")
            return []
        told = dict.fromkeys(wishes(alert.query) for alert in stopped)
        dispatcher.utter_message(response="utter_cursus_melding_gestopt", wensen="; ".join(told))
        return []
