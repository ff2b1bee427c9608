"""What notices about a plan say to whom."""
