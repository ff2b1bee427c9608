"""What mail about plans says, in the language active now. Pure: no query, no clock."""
