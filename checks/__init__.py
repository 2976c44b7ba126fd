"""The instruments of `make check`: the portal in a real browser, and readers of its markup."""
