"""What programs send, read into values."""
