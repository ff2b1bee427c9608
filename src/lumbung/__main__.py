"""`python -m lumbung` is the `lumbung` command."""

from lumbung.site.command_line import main

main()
