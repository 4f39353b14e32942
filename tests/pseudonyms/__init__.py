"""Tests of pseudonyms; a package, so that they can share `gold`."""
