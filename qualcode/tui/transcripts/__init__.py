"""The step Transcripts."""
