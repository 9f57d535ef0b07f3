"""Noor's own Rasa components; they run in the bot's Python and import only Rasa and NLU libraries."""
