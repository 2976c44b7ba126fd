"""What is wrong with a file, said to the editor."""

from django.utils.translation import gettext_lazy as _

from publications.text_extraction import problems

MESSAGES = {
    problems.BROKEN: _(
        "The file cannot be opened: it is broken or not complete. Save it once more in the program "
        "it was made with and upload it again."
    ),
    problems.ENCRYPTED: _(
        "The file is protected by a password or by restrictions: save it without protection and "
        "upload it again."
    ),
    problems.TOO_MANY_PAGES: _("The file has more than 1,000 pages: divide it into parts."),
    problems.PAGE_TOO_LARGE: _(
        "A page of the file has no size, or is more than five metres wide or high: save it on "
        "ordinary paper."
    ),
    problems.TOO_LARGE_UNPACKED: _(
        "What is packed in the file is too large to be opened: shrink the pictures and leave out "
        "what is not needed."
    ),
    problems.TWO_KINDS: _(
        "The file is of two kinds at once, or something has been added to it: save it once more in "
        "the program it was made with."
    ),
    problems.MACROS: _("The document has macros: save it without them and upload it again."),
    problems.PROGRAM: _("There is a program inside the document."),
    problems.ACTIVE: _(
        "The file does something by itself when it is opened or clicked, such as running a script "
        "or sending a form: save it without that."
    ),
    problems.EMBEDDED: _(
        "There are other files inside the file: take them out, and upload them on their own if "
        "they are needed."
    ),
    problems.EXTERNAL: _(
        "The document fetches something from elsewhere when it is opened, such as a template, a "
        "picture or figures: put it into the document itself."
    ),
    problems.ENTITIES: _(
        "The document contains code that no office program writes: save it once more in the "
        "program it was made with."
    ),
    problems.TOO_HEAVY: _(
        "Opening the file takes too much time or memory: shrink the pictures, or divide the file."
    ),
    problems.NO_TEXT: _(
        "There is no text to read in the file, only pictures; a scanned document for example. Run "
        "text recognition (OCR) on it and upload it again, or write the text here."
    ),
    problems.MISSING: _("The stored file is missing. Tell the administrator."),
}
