"""Charts of published tables: drawn by the server, chosen by address, shared, embedded."""
