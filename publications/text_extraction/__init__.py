"""Reading of uploaded files: their text as HTML, pictures of their first pages, their length.

Uploads are hostile until proven otherwise, and the libraries that open them are written in C: the
modules `__main__` and what it imports run in a process of their own, without Django, the database
or any secret, and with limits on memory, time and what they may write. `process` starts it;
`tasks` keeps what it found.
"""
