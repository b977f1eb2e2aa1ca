"""`python -m homeroom.cli`, the same as `homeroom`."""

from homeroom.cli import main

main()
