"""The pages of one person, under `/mijn`: without an account, by a secret link or from a conversation."""
