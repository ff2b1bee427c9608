"""Plans in other forms, read into drafts: pure, no database, hostile files held in a process of their own."""
