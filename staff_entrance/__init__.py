"""Where staff come in: logging in, their account, and who may go where."""
