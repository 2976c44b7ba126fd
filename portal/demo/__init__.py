"""What a new portal starts with: the texts in `texts/` and the example files in `files/`."""
