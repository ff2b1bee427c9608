"""What mail about reports says, in the language active now. Pure: no query, no clock.

The subject stands unsealed in the outbox and shows on locked phones: a number and what happened, nothing else.
"""
