"""Workforce mathematics: pure Python and numpy, no Django, no I/O, usable by anyone."""
