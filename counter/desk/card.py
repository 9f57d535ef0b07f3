"""The warm-handover card: everything a coach must know before the first word; no framework.

It states what happened and what was said. What nobody said or did is not on it: Noor guesses nothing about
people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter.conversations.model import Content, Message, Sender
from counter.job_drafts.model import JobDraftReceipt
from counter.open_hiring.model import QueuePlace
from counter.passport.model import Passport
from counter.people.model import Detail, KnownDetail
from counter.referrals.model import Helped, Reason, ReferralReceipt, Request
from counter.referrals.states import ReferralState
from counter.tasks.model import Task
from counter.vouchers.model import VoucherReceipt

# What Noor can do, by the stems of the bot's domain; what belongs to talking itself is not among them.
CAPABILITIES = (
    "orienteren",
    "skills",
    "beroep",
    "open_hiring",
    "open_hiring_plaatsen",
    "open_hiring_beheren",
    "leerwerkplek",
    "cursus",
    "voucher",
    "ondernemers",
    "werk_naar_werk",
    "gegevens",
    "coach",
    "loket",
    "taak",
    "faq",
)
_FORMS = {"interessetest_formulier": "orienteren"}
_QUESTIONS = ("utter_ask_", "utter_uitleg_", "utter_")
_FALLBACK = "utter_terugval_"
_LANGUAGE = "utter_coach_taal_"
_UNKNOWN_LANGUAGE = "onbekend"
_EXPLANATIONS = ("utter_uitleg_", "utter_gesprek_anders_gezegd")
# After these, what somebody confirms is sent.
ASKS_AGREEMENT = frozenset(
    {
        "utter_coach_samenvatting",
        "utter_coach_samenvatting_hier",
        "utter_ondernemers_klopt_dit",
        "utter_open_hiring_aannemen_klopt_dit",
        "utter_open_hiring_klopt_dit",
        "utter_open_hiring_plaatsen_klopt_dit",
        "utter_voucher_klopt_dit",
    }
)
# Of fewer messages a mean length tells nothing.
ENOUGH_MESSAGES = 5


@dataclass(frozen=True, kw_only=True)
class Misunderstood:
    """What a person said that Noor did not understand, in their words."""

    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LanguageSigns:
    """What can be told of somebody's Dutch; each sign is something that was said or done."""

    wanted: str | None = None
    """The language they would rather speak, as an ISO 639-1 code, when they said so."""
    recognised: tuple[str, ...] = ()
    """The languages, other than Dutch, that they wrote in or asked for."""
    explanations: int = 0
    """How often they asked what Noor meant."""
    words_a_message: float | None = None
    """Words in a message they typed, on average; None when they typed too little to tell."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was sent under a number, and with which words the person agreed to that.

    Without `answer` nobody was asked: in need, somebody is helped first.
    """

    number: str
    at: datetime
    answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Where the person talks with us, and whether they can be reached there."""

    channel: str
    heard_at: datetime
    """When they last sent something."""
    is_out_of_reach: bool = False
    """The provider says that nothing arrives until they write."""


@dataclass(frozen=True, kw_only=True)
class EarlierReferral:
    """Another time this person was referred, how it ended, and what they thought of it.

    Of what the viewer may not open only when, why, how it ended, and for which organisation.
    """

    receipt: ReferralReceipt | None
    opened_at: datetime
    state: ReferralState
    reason: Reason
    organisation: str | None
    closed_at: datetime | None
    outcome: str | None
    helped: Helped | None
    comment: str | None


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A conversation of the person, to read back."""

    id: str
    channel: str
    opened_at: datetime
    last_message_at: datetime
    messages: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Who must accept this person, and until when."""

    by: str | None
    """The id of the coach who offers; None when it comes back from Noor."""
    to_coach: str | None
    to_organisation: str | None
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Card:
    """All of it. `summary` is the coach's own; None until one corrected what the facts say."""

    receipt: ReferralReceipt
    person_id: str
    conversation_id: str | None
    coach_id: str | None
    offer: Offer | None
    escalated_at: datetime | None
    remind_at: datetime | None
    reason: Reason
    requests: tuple[Request, ...]
    labels: tuple[str, ...]
    details: tuple[KnownDetail, ...]
    corrected: frozenset[Detail]
    """Those that were corrected since the coach is there: Noor may not know of it."""
    applications: tuple[VoucherReceipt, ...]
    places: tuple[QueuePlace, ...]
    drafts: tuple[JobDraftReceipt, ...]
    passport: Passport
    tasks: tuple[Task, ...]
    """What Noor was asked to do for coaches, and what came of it."""
    tried: tuple[str, ...]
    misunderstood: tuple[Misunderstood, ...]
    language: LanguageSigns
    reach: Reach | None
    agreements: tuple[Agreement, ...]
    earlier: tuple[EarlierReferral, ...]
    talks: tuple[Talk, ...]
    outcome: str | None
    summary: str | None

    @property
    def number(self) -> str:
        """Return the receipt number of the referral."""
        return self.receipt.number

    @property
    def state(self) -> ReferralState:
        """Return where the referral stands."""
        return self.receipt.state

    @property
    def topics(self) -> tuple[str, ...]:
        """Return what they want to talk about, each once, in order."""
        return tuple(dict.fromkeys(request.topic for request in self.requests if request.topic))


def tried(contents: Iterable[Content]) -> tuple[str, ...]:
    """Return which of her capabilities Noor used in what she said, each once, in order."""
    found = (capability_of(content.response) for content in contents)
    return tuple(dict.fromkeys(capability for capability in found if capability))


def capability_of(response: str) -> str | None:
    """Return the capability that a response belongs to, or None for what belongs to talking itself."""
    if (prefix := next(filter(response.startswith, _QUESTIONS), None)) is None:
        return None
    name = response.removeprefix(prefix)
    for form, capability in _FORMS.items():
        if name.startswith(form):
            return capability
    # "open_hiring_plaatsen" begins with "open_hiring".
    fitting = [stem for stem in CAPABILITIES if name == stem or name.startswith((f"{stem}_", f"{stem}/"))]
    return max(fitting, key=len, default=None)


def misunderstood(messages: Iterable[Message]) -> tuple[Misunderstood, ...]:
    """Return what the person typed that Noor answered by saying that she did not understand it."""
    found: dict[int, Misunderstood] = {}
    asked: Message | None = None
    for message in messages:
        if message.sender is Sender.PERSON:
            asked = message
        elif asked and message.content.response.startswith(_FALLBACK) and asked.content.payload is None:
            found[asked.seq] = Misunderstood(text=asked.content.text, at=asked.at)
    return tuple(found.values())


def language_signs(messages: Sequence[Message], *, wanted: str | None) -> LanguageSigns:
    """Return what these messages tell of somebody's Dutch."""
    responses = [message.content.response for message in messages if message.sender is Sender.BOT]
    languages = (response.removeprefix(_LANGUAGE) for response in responses if response.startswith(_LANGUAGE))
    typed = [
        len(message.content.text.split())
        for message in messages
        if message.sender is Sender.PERSON and message.content.payload is None and message.content.text
    ]
    return LanguageSigns(
        wanted=wanted,
        recognised=tuple(dict.fromkeys(code for code in languages if code != _UNKNOWN_LANGUAGE)),
        explanations=sum(response.startswith(_EXPLANATIONS) for response in responses),
        words_a_message=sum(typed) / len(typed) if len(typed) >= ENOUGH_MESSAGES else None,
    )
