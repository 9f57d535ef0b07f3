"""Going on with a conversation on another device or in another channel, by a code, without an account."""
