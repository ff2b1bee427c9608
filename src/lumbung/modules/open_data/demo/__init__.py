"""Synthetic records of the data desk for demonstrations. No person in them exists."""
