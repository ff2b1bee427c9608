"""Synthetic records for the demonstration."""
