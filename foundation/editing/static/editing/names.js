// Names what the libraries' own widgets leave without a name that a screen reader could say: fields
// with suggestions, fields in the rows of a table, and the headings and signs beside them.
const textOf = (element) => element?.textContent.trim().replace(/[\s:*]+$/, "")

// The words that stand for a field: its label's, or in a table its column's.
const wordsFor = (field) => {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
  if (label) return textOf(label.querySelector(".field-state") ? label.firstChild : label)
  const cell = field.closest("td")
  return textOf(cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex])
}

const nameSuggestions = (select) => {
  const words = wordsFor(select)
  const box = select.parentElement.querySelector(`.select2-selection`)
  if (!words || !box) return
  const search = box.querySelector(".select2-search__field")
  if (search) search.setAttribute("aria-label", words)
  const shown = box.querySelector(".select2-selection__rendered")
  box.removeAttribute("aria-labelledby")
  box.setAttribute("aria-label", [words, textOf(shown?.querySelector("[title]") ?? shown)].filter(Boolean).join(": "))
  if (shown?.getAttribute("role") === "textbox") shown.setAttribute("aria-label", words)
}

const name = (part) => {
  for (const field of part.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea)")) {
    const isNamed = field.labels?.length || field.hasAttribute("aria-label") || field.closest(".select2")
    if (!isNamed && wordsFor(field)) field.setAttribute("aria-label", wordsFor(field))
  }
  for (const select of part.querySelectorAll("select.select2-hidden-accessible")) nameSuggestions(select)
  for (const heading of part.querySelectorAll(".tabular th.original:empty")) {
    heading.replaceWith(Object.assign(document.createElement("td"), { className: "original" }))
  }
  for (const sign of part.querySelectorAll(".help-tooltip[aria-label]")) sign.setAttribute("role", "img")
}

// The libraries make their widgets when the page is ready, and those of a new row when it is added.
addEventListener("load", () => name(document))
document.addEventListener("formset:added", ({ target }) => setTimeout(() => name(target)))

const { jQuery } = window.django ?? {}
jQuery?.(document).on("select2:open", ({ target }) => {
  const search = document.querySelector(".select2-dropdown .select2-search__field")
  search?.setAttribute("aria-label", wordsFor(target) ?? "")
  search?.focus()
})
jQuery?.(document).on("change", "select.select2-hidden-accessible", ({ target }) => setTimeout(() => nameSuggestions(target)))
