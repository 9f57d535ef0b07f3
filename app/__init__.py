"""The composition root: settings in, one running counter out."""
