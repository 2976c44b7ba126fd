// Where the text to write stands beside what has changed, one writes at once. On a narrow screen it
// stands below: there, reading comes first.
const field = document.querySelector("textarea[data-begin], input[data-begin]")

if (field && !field.closest(".prose-editor") && matchMedia("(min-width: 56.25rem)").matches) {
  field.focus({ preventScroll: true })
}
