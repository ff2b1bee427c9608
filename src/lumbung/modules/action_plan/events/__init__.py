"""What can happen to an action plan, by noun."""
