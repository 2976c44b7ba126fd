"""The public part of the portal as open data: tables to take away, in JSON and CSV."""
