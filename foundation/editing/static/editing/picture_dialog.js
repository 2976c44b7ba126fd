// The button that puts a picture of the library into a rich text, with a caption.
import { Extension, gettext } from "django-prose-editor/editor"

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

const choices = async (address, words, language) => {
  const asked = new URLSearchParams({ q: words, language })
  const answer = await fetch(`${address}?${asked}`)
  return answer.ok && !answer.redirected ? (await answer.json()).pictures : []
}

// Resolves to null when nothing is chosen.
const choosePicture = (address, language) =>
  new Promise((resolve) => {
    const search = make("input", { type: "search", id: "picture-search", autocomplete: "off" })
    const list = make("div", { class: "picture-choices", role: "radiogroup", "aria-label": gettext("Picture") })
    const caption = make("input", { type: "text", id: "picture-caption", lang: language, maxlength: "300" })
    const insert = make("button", { type: "submit", class: "button" }, gettext("Insert picture"))
    const close = make("button", { type: "button", class: "button" }, gettext("Cancel"))
    const form = make(
      "form",
      { method: "dialog", class: "picture-dialog-form" },
      make("h2", {}, gettext("Insert picture")),
      make("label", { for: "picture-search" }, gettext("Search among the pictures")),
      search,
      list,
      make("label", { for: "picture-caption" }, gettext("Caption")),
      caption,
      make("p", { class: "draft-choices" }, insert, close),
    )
    const dialog = make("dialog", { class: "picture-dialog", "aria-label": gettext("Insert picture") }, form)
    let known = []

    const show = async () => {
      known = await choices(address, search.value, language)
      list.replaceChildren(
        ...known.map(({ alt, src }, number) =>
          make(
            "label",
            {},
            make("input", { type: "radio", name: "picture", value: String(number) }),
            make("img", { src, alt: "" }),
            make("span", { lang: language }, alt || gettext("Decoration only")),
          ),
        ),
      )
      if (!known.length) list.append(gettext("No picture is called that."))
    }

    search.addEventListener("input", () => show())
    close.addEventListener("click", () => dialog.close())
    form.addEventListener("submit", () => {
      const chosen = list.querySelector("input:checked")
      if (chosen) resolve({ ...known[Number(chosen.value)], caption: caption.value.trim() })
    })
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(null)
    })
    document.getElementById("container").append(dialog)
    dialog.showModal()
    show()
  })

export const Pictures = Extension.create({
  name: "pictures",

  addOptions() {
    return { address: "" }
  },

  addMenuItems({ menu, buttons }) {
    const { address } = this.options
    const language = this.editor.options.element.querySelector("textarea").lang
    const insert = async (editor) => {
      const chosen = await choosePicture(address, language)
      if (!chosen) return
      const { src, alt, width, height, caption } = chosen
      const content = [{ type: "image", attrs: { src, alt, width, height } }]
      if (caption) content.push({ type: "caption", content: [{ type: "text", text: caption }] })
      // Beside paragraphs, never within a quote or a list.
      const { $from } = editor.state.selection
      const at = $from.depth ? $from.after(1) : $from.pos
      editor.chain().focus().insertContentAt(at, { type: "figure", content }).run()
    }
    menu.defineItem({
      // In the place of the library’s button, which asks for an address.
      name: "figure",
      groups: "nodes",
      button: buttons.material("image", "insert picture"),
      command: insert,
    })
  },
})
