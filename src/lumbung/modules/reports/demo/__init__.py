"""Synthetic reports for demonstrations: seeded, without Django, without a clock. No person in them exists."""
