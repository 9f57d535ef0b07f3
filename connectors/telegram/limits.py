"""Limits of Telegram's Bot API, as python-telegram-bot keeps them from https://core.telegram.org/bots/api."""

from limits import RateLimitItemPerSecond
from telegram.constants import FloodLimit, InlineKeyboardButtonLimit, MessageLimit

# UTF-16 units of one message, without its marks: https://core.telegram.org/bots/api#sendmessage
MAX_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
# Marks (bold, links) past this one are ignored.
MAX_MARKS = int(MessageLimit.MESSAGE_ENTITIES)
# Bytes of what a button carries: https://core.telegram.org/bots/api#inlinekeyboardbutton
MAX_CALLBACK_DATA = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)

# Messages to one chat and to all together. Telegram asks for one a second in a chat, and allows "short
# bursts": three in three seconds, as an answer with two cards is.
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
CHAT_PACE = RateLimitItemPerSecond(3 * FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, 3)
TOTAL_PACE = RateLimitItemPerSecond(int(FloodLimit.MESSAGES_PER_SECOND))

# The greatest number that an identifier can be: "at most 52 significant bits" for a chat or a user.
MAX_ID = 2**52 - 1
