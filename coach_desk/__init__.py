"""The coach desk: pages under /coach, live over one WebSocket."""
