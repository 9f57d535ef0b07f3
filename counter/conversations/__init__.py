"""Conversations and their messages: stored before they are answered, answered once, in order."""
