"""The whole portal in one file, checked and closed with a key; and back into an empty place."""
