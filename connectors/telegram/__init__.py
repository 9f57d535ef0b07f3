"""The Telegram channel: private chats with a bot, by webhook or by asking for updates."""
