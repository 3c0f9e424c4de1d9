"""Text in, readings out: pure, standard library only."""
