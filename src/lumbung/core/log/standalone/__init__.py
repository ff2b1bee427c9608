"""Programs people download to check the log. Standard library only; they share no code with the server, on purpose."""
