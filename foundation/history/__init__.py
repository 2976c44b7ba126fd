"""What was written, by whom and when; the way back to it; and the bin."""
