"""Limits of the website channel."""

# A message is at most 2,000 characters; JSON may escape each as \\uXXXX, and the rest is small.
MAX_BODY_BYTES = 64 * 1024
# Longest time in seconds one long poll waits; proxies cut off silent requests after 30 or 60.
MAX_WAIT = 25
# Longest client id: a UUID is 36 characters.
MAX_CLIENT_ID = 100
# Furthest place in a conversation: nine digits fit any database.
MAX_SEQ = 999_999_999
