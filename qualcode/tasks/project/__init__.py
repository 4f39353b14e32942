"""The project as a whole: begun, set up, shared, told, handed to other programs."""
