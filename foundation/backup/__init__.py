"""The whole portal in one file, checked and sealed; and back into an empty place."""
