"""The project on the screen: start, people, pair, logbook, memos."""
