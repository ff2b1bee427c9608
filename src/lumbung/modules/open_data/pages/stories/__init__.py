"""Stories: read by everybody, written and published on the desk."""
