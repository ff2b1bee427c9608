"""Retryable entry points of the action plan, by noun."""
