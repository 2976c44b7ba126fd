"""Finished pages kept in front of Django, and known to be fresh.

An engine that knows no content: `portal.page_cache_policy` tells it which addresses are public.
How it works, and what is kept, stands in docs/page-cache.md.
"""
