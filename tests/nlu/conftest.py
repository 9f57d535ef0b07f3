"""These tests need Rasa: they run in the bot's own Python, and are not there for the app's."""

import importlib.util

collect_ignore_glob = [] if importlib.util.find_spec("rasa") else ["test_*.py"]
