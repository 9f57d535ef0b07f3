"""Channels, and the gateway that receives for all of them: verify, store, route, send."""
