"""The desk: what coaches do with people who were referred to them."""
