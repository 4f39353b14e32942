"""Two readings: laid side by side, counted, talked through, settled."""
