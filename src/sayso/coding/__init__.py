"""Documents to statements: what happens in them."""
