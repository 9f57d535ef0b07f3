"""Voucher schemes as an administrator writes them: what they pay, for whom, by which rules, from whom."""
