"""All content of a portal in a folder of JSON and files, and back into an empty portal."""
