"""How well and how fast the taxonomy finds what people mean, on public Dutch data."""
