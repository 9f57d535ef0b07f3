"""Where administrators look after the counter, at `/beheer`: the voucher schemes, their funds and budgets."""
