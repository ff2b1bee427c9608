"""What programs may ask of an installation, as OpenAPI 3.1: gathered from declarations, not written a second time."""
