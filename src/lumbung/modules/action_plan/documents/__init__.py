"""Printed papers of the action plan, made from what a query returned."""
