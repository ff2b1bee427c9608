"""Table files as people bring them: read losslessly, checked by a declared schema, written with types."""
