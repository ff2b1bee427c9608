"""Property tests never judge by the clock: the machine may be busy."""

from hypothesis import settings

settings.register_profile("no-timing", deadline=None)
settings.load_profile("no-timing")
