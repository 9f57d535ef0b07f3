"""The counter's own subjects: people, conversations, courses, jobs, vouchers, referrals."""
