"""Referrals: somebody asked for a person, and waits in the coaches' queue."""
