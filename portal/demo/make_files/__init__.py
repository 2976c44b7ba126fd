"""Makes the example files of the demo content; run by a person, never by the site."""
