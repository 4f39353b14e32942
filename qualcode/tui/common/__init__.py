"""What two or more steps share: windows, lists, bars, codes."""
