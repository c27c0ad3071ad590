"""Scripts that set up, run and check Cadre on one machine. They need nothing but Python itself."""
