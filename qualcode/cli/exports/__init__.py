"""One file per kind of document that `qualcode export` writes; what they share stands in `common`."""
