// Forgets the draft of a form once the portal says that it is saved (see open_form.js).
try {
  const key = sessionStorage.getItem("draft-sent")
  if (key && document.querySelector(".messagelist .success")) localStorage.removeItem(key)
  // The answer to what was sent has come: a later success is another form's.
  sessionStorage.removeItem("draft-sent")
} catch {
  // A browser that keeps nothing has nothing to forget.
}
