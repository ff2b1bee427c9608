"""Printed papers and files of the action plan, made from what a query returned."""
