"""Limits and error codes of WhatsApp's Cloud API.

Sources: [schema] Meta's own description of the API, business-messaging-api_v23.0.yaml in
https://github.com/facebook/openapi; [docs] the page that is named, below
https://developers.facebook.com/documentation/business-messaging/whatsapp/.
Lengths are in characters.
"""

from datetime import timedelta

# The version that the documentation uses now; Meta keeps a version for at least two years.
API_URL = "https://graph.facebook.com/v25.0"

# [docs] reference/whatsapp-business-phone-number/message-api: the text of a message.
MAX_TEXT = 4096
# [schema] BodyObject. The page on lists says 4,096; the lower of the two always passes.
MAX_BODY = 1024
# [schema] ActionObject: reply buttons, and the button that opens a list.
MAX_BUTTONS = 3
MAX_BUTTON_TITLE = 20
# [docs] messages/interactive-list-messages: rows in all sections together.
MAX_ROWS = 10
MAX_ROW_TITLE = 24
MAX_ROW_DESCRIPTION = 72

# [docs] about-the-platform#throughput: per business phone number.
MESSAGES_PER_SECOND = 80
# [docs] messages/send-messages#customer-service-windows: after that only templates.
WINDOW = timedelta(hours=24)

# What follows is of [docs] support/error-codes. Codes are told apart, never texts or HTTP statuses.

# Too much or too busy; the same request will do later.
LATER = frozenset({
    1,  # unknown error of the API, possibly of its servers
    2,  # the API is down or overloaded
    4,  # too many calls of the app
    80007,  # too many calls for the business account
    130429,  # more messages a second than the number may send
    131000,  # something went wrong
    131016,  # service unavailable
    131048,  # too many messages of this number were blocked or flagged as spam
    131056,  # too many messages to this one person in a short time
    131057,  # the account is being maintained, for instance for more throughput
    131064,  # the account reached its messaging limit
    133004,  # the server is temporarily unavailable
})  # fmt: skip
# Something is wrong with our account or token. Nothing may be lost while somebody repairs it.
OURS = frozenset({
    0,  # the token is no longer valid
    3,  # no permission for this call
    10,  # permission was not granted, or removed
    33,  # the business phone number was deleted
    190,  # the token expired
    368,  # the account is blocked for breaking a policy
    131005,  # access denied
    131031,  # the account is locked
    131037,  # the number's display name is not approved
    131042,  # something is wrong with how messages are paid
    131045,  # the number is not registered properly
    133010,  # the number is not registered
    *range(200, 300),  # permission was not granted, or removed
})  # fmt: skip
# The person did not write in the last 24 hours; 470 is the same of older versions.
WINDOW_CLOSED = frozenset({470, 131047})
# The person cannot be reached: blocked us, has no WhatsApp (any more), did not accept its terms, or has
# an old version. WhatsApp does not tell which.
UNDELIVERABLE = frozenset({131026})
# With Meta's test number only people on a list can be written to; who was added and writes gets all.
NOT_ON_TEST_LIST = frozenset({131030})
# "Object does not exist or you have no permission": a parameter (100) is wrong, and it is our number's id.
WRONG_NUMBER_ID = (100, 33)
