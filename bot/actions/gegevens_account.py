"""The personal development account: what is on it, and how it came to be."""

from rasa_sdk.interfaces import Tracker

from bot.actions.turn import CounterAction, Dispatcher, Domain, Events, Turn, written
from bot.actions.voucher_applications import title_of
from counter.accounts.amounts import in_euros
from counter.accounts.model import EntryKind
from counter.vouchers.model import DevelopmentAccount

RESPONSE_TO_ENTRY = {
    EntryKind.RESERVE: "utter_gegevens_rekening_regel_apart",
    EntryKind.AWARD: "utter_gegevens_rekening_regel_toegekend",
    EntryKind.PAY: "utter_gegevens_rekening_regel_betaald",
    EntryKind.RELEASE: "utter_gegevens_rekening_regel_terug",
    EntryKind.REVERSE: "utter_gegevens_rekening_regel_hersteld",
}
# A chat shows no more than can be read at once; the page shows all.
MOST_LINES = 5


class ShowAccountAction(CounterAction):
    """Shows what is on a person's account; with `onderdeel` "verloop" what happened on it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_gegevens_ontwikkelrekening_tonen"

    async def run(self, dispatcher: Dispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Show the account as cards; of an empty one tell what it is for."""
        del domain
        account = await self.counter.vouchers.account_of(tracker.sender_id)
        if not account.statement.lines:
            dispatcher.utter_message(response="utter_gegevens_rekening_leeg")
            return []
        if Turn.of(tracker).entities.get("onderdeel") == "verloop":
            await self._show_lines(dispatcher, account)
        else:
            await self._show_balance(dispatcher, account)
        if account.is_sample:
            dispatcher.utter_message(response="utter_voucher_voorbeeld")
        dispatcher.utter_message(response="utter_gegevens_rekening_verder")
        return []

    async def _show_balance(self, dispatcher: Dispatcher, account: DevelopmentAccount) -> None:
        statement = account.statement
        dispatcher.utter_message(
            response="utter_gegevens_rekening",
            toegekend=in_euros(statement.awarded),
            gereserveerd=_if_any(statement.reserved),
            betaald=_if_any(statement.paid),
        )
        for response, entries in (
            ("utter_gegevens_rekening_toegekend", account.awarded),
            ("utter_gegevens_rekening_gereserveerd", account.reserved),
        ):
            for entry in entries:
                dispatcher.utter_message(
                    response=response,
                    titel=await title_of(self.counter, entry.kind),
                    bedrag=in_euros(entry.cents),
                    nummer=entry.number,
                )

    async def _show_lines(self, dispatcher: Dispatcher, account: DevelopmentAccount) -> None:
        for line in account.statement.lines[-MOST_LINES:]:
            dispatcher.utter_message(
                response=RESPONSE_TO_ENTRY[line.kind],
                nummer=line.number,
                bedrag=in_euros(line.cents),
                dag=written(line.on),
                fonds=line.fund.name,
                aan=line.payee or "",
                stand=in_euros(line.balance),
            )


def _if_any(cents: int) -> str:
    return f"€ {in_euros(cents)}" if cents else ""
