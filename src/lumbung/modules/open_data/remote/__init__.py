"""What other portals answer, read into one form. Pure: bytes in, records out; no database, no network, no clock."""
