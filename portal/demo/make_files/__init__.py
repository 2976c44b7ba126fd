"""Makes the example files of the starter content; run by a person, never by the site."""
