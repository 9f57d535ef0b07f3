"""The WhatsApp channel: Meta's Cloud API, by webhook in and by Graph API out."""
