"""What Meta tells of our number → what `./loket doctor` says.

Fields: https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number
"""

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.channel import DeliveryError, Finding, Health, NeverDeliveredError

FIELDS = "display_phone_number,verified_name,quality_rating,webhook_configuration"


def without_answer(error: DeliveryError) -> Finding:
    """Return what it means that Meta tells nothing."""
    why = f" (code {error.code})" if isinstance(error, NeverDeliveredError) else ""
    text = (
        f"Meta antwoordt niet of weigert{why}. Kloppen LOKET_WHATSAPP_TOKEN en "
        "LOKET_WHATSAPP_PHONE_NUMBER_ID? Mag deze machine naar graph.facebook.com? "
        "De code van Meta staat in het logboek."
    )
    return Finding(health=Health.BAD, text=text)


def findings(answer: object, *, number: str, template: str, webhook: str) -> Iterator[Finding]:
    """Return what is found; `webhook` is where Meta should bring messages, empty when nobody knows."""
    ours: Mapping[str, Any] = answer if isinstance(answer, Mapping) else {}
    shown, name = ours.get("display_phone_number"), ours.get("verified_name")
    yield Finding(health=Health.GOOD, text=f"Meta kent het nummer: {shown}, {name}.")
    if ours.get("quality_rating") in {"YELLOW", "RED"}:
        text = f"Meta noemt de kwaliteit {ours['quality_rating']}: mensen blokkeren of melden berichten."
        yield Finding(health=Health.ODD, text=text)
    yield _webhook(ours, webhook)
    if not number:
        text = "Zonder LOKET_WHATSAPP_NUMBER kan de website geen link naar WhatsApp geven."
        yield Finding(health=Health.ODD, text=text)
    elif number != "".join(filter(str.isdecimal, str(shown))):
        yield Finding(health=Health.BAD, text=f"LOKET_WHATSAPP_NUMBER is {number}, maar Meta zegt {shown}.")
    if not template:
        text = "Zonder LOKET_WHATSAPP_TEMPLATE hoort iemand na 24 uur pas nieuws als die zelf weer schrijft."
        yield Finding(health=Health.ODD, text=text)


def _webhook(ours: Mapping[str, Any], webhook: str) -> Finding:
    match ours.get("webhook_configuration"):
        case (
            {"phone_number": str(used)}
            | {"whatsapp_business_account": str(used)}
            | {"application": str(used)}
        ):
            pass
        case _:
            text = "Meta weet niet waar berichten heen moeten. Stel de webhook in: docs/kanalen/whatsapp.md."
            return Finding(health=Health.BAD, text=text)
    if not webhook:
        text = f"Meta brengt berichten naar {used}. Met LOKET_PUBLIC_URL kan ik nakijken of dat hier is."
        return Finding(health=Health.ODD, text=text)
    if used != webhook:
        return Finding(health=Health.BAD, text=f"Meta brengt berichten naar {used}, niet naar {webhook}.")
    return Finding(health=Health.GOOD, text=f"Meta brengt berichten naar {used}.")
