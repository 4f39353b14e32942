"""Opening what is not trusted, saving whole or not at all, and tables of any kind."""
