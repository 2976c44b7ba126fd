// Leads from a finding to its words in the form and selects them. Without it, the links lead to
// the fields, which are plain there: the editor of rich texts needs scripts, too.
const wordsAt = (text, words, nth) => {
  const even = text.replace(/\s/g, " ")
  let at = -1
  for (let number = 0; number <= nth; number++) at = even.indexOf(words, at + 1)
  return at
}

const open = (element) => {
  for (let one = element; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true
}

const selectInEditor = (editor, words, nth) => {
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT)
  const nodes = []
  while (walker.nextNode()) nodes.push(walker.currentNode)
  const at = words ? wordsAt(nodes.map((node) => node.data).join(""), words, nth) : -1
  editor.focus()
  if (at < 0) return editor
  const point = (position) => {
    for (const node of nodes) {
      if (position <= node.length) return [node, position]
      position -= node.length
    }
    return [nodes.at(-1), nodes.at(-1).length]
  }
  const [start, end] = [point(at + 1), point(at + words.length)]
  getSelection().setBaseAndExtent(start[0], start[1] - 1, ...end)
  return start[0].parentElement
}

const selectInField = (field, words, nth) => {
  const at = words ? wordsAt(field.value, words, nth) : -1
  field.focus({ preventScroll: true })
  if (at >= 0) field.setSelectionRange(at, at + words.length)
  return field
}

document.getElementById("findings")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-words]")
  const field = link && document.getElementById(link.hash.slice(1))
  if (!field) return
  event.preventDefault()
  open(field)
  const { words, nth } = link.dataset
  const editor = field.closest(".prose-editor")?.querySelector(".ProseMirror")
  const select = editor ? selectInEditor : selectInField
  select(editor ?? field, words, Number(nth)).scrollIntoView({ block: "center" })
})
