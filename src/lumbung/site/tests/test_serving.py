"""The processes `lumbung serve` starts."""

from lumbung.core.files import sending
from lumbung.site import serving


def test_downloads_never_take_the_last_thread_of_a_server():
    command = serving._granian(8000)
    threads = int(command[command.index("--blocking-threads") + 1])
    assert sending.PLACES._initial_value == threads - 1
