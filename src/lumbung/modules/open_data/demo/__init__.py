"""Invented tables and stories for the demonstration, taken through every desk like real ones."""
