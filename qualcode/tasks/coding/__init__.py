"""The codebook and the codings, from whatever they come."""
