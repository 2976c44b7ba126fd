// One stop for the Tab key at the buttons over a rich text, as the pattern of toolbars has it (ARIA
// Authoring Practices Guide): arrows lead from button to button, Escape back to the text, and
// Alt + F10 from the text to the buttons, as in other editors.
import { Extension } from "django-prose-editor/editor"

// What can be on or off; the library says so by colour alone.
const TOGGLES = ["heading2", "heading3", "paragraph", "blockquote", "bold", "italic", "otherLanguage"]
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export const Toolbar = Extension.create({
  name: "toolbar",

  onCreate() {
    const { editor } = this
    const bar = editor.options.element.querySelector(".prose-menubar")
    const shown = () => [...bar.querySelectorAll("button:not(.hidden)")]

    const stopAt = (chosen) => {
      for (const button of bar.querySelectorAll("button")) button.tabIndex = button === chosen ? 0 : -1
    }

    const tell = () => {
      const buttons = shown()
      for (const button of buttons) {
        button.setAttribute("aria-disabled", button.classList.contains("disabled"))
        if (TOGGLES.includes(button.dataset.name)) {
          button.setAttribute("aria-pressed", button.classList.contains("active"))
        }
      }
      if (!buttons.some((button) => button.tabIndex === 0)) stopAt(buttons[0])
    }

    bar.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const buttons = shown()
      const ends = { Home: 0, End: buttons.length - 1 }
      if (event.key === "Escape") editor.commands.focus()
      else if (event.key in ends) buttons[ends[event.key]].focus()
      else if (event.key in STEPS) {
        const next = buttons.indexOf(document.activeElement) + STEPS[event.key]
        buttons[(next + buttons.length) % buttons.length].focus()
      } else return
      event.preventDefault()
    })
    bar.addEventListener("focusin", ({ target }) => stopAt(target))

    editor.view.dom.setAttribute("aria-keyshortcuts", "Alt+F10")
    editor.view.dom.addEventListener("keydown", (event) => {
      if (!(event.altKey && event.key === "F10")) return
      event.preventDefault()
      bar.querySelector("button[tabindex='0']").focus()
    })

    stopAt(shown()[0])
    editor.on("transaction", tell)
    tell()
  },
})
