"""The whole public portal as files, which any web server or an archive can keep."""
