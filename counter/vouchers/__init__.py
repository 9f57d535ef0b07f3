"""Vouchers: schemes, a pre-check that decides nothing, applications and their budget."""
