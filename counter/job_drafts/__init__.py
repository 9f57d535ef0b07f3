"""Job drafts: open-hiring jobs that employers offer, until an adviser has checked them."""
