"""Limits of Telegram's Bot API, as python-telegram-bot keeps them from https://core.telegram.org/bots/api."""

from telegram.constants import FloodLimit, InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

# UTF-16 units of one message, without its marks: https://core.telegram.org/bots/api#sendmessage
MAX_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
# Marks (bold, links) past this one are ignored.
MAX_MARKS = int(MessageLimit.MESSAGE_ENTITIES)
# Bytes of what a button carries: https://core.telegram.org/bots/api#inlinekeyboardbutton
MAX_CALLBACK_DATA = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
# Buttons under one message.
MAX_BUTTONS = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)

# Messages a second, to one chat and to all together. "We may allow short bursts that go over this limit":
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
CHAT_PER_SECOND = int(FloodLimit.MESSAGES_PER_SECOND_PER_CHAT)
ALL_PER_SECOND = int(FloodLimit.MESSAGES_PER_SECOND)
# Our reading of "short": an answer with two cards.
CHAT_BURST = 3

# The greatest number that an identifier can be: "at most 52 significant bits" for a chat or a user.
MAX_ID = 2**52 - 1
