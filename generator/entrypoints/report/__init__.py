"""How diagnostics and results look: on a terminal, and to programs."""
