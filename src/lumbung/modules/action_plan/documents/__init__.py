"""Files made of an enacted plan: to edit, to read aloud, to compute with, to paste into a table."""
