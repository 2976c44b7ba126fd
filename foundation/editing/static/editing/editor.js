// Fits the library's editor to our forms. It is loaded by the library's configurable preset, whose
// registry takes every name exported here.
import {
  Extension,
  Mark,
  Table as LibraryTable,
  gettext,
  updateAttrsDialog,
} from "django-prose-editor/editor"

const OTHER = { sv: "fi", fi: "sv" }
const MARK_AS = { sv: "mark as Swedish", fi: "mark as Finnish" }

const textareaOf = (editor) => editor.options.element.querySelector("textarea")
const labelOf = (textarea) => document.querySelector(`label[for="${textarea.id}"]`)

export const FieldOfForm = Extension.create({
  name: "fieldOfForm",

  addGlobalAttributes() {
    // What the sanitiser lets through must not vanish when the text is edited.
    return [
      {
        types: ["paragraph", "heading", "blockquote", "listItem"],
        attributes: { lang: { default: null } },
      },
      { types: ["link"], attributes: { hreflang: { default: null } } },
    ]
  },

  onBeforeCreate() {
    const { options } = this.editor
    const textarea = textareaOf(this.editor)
    // The Content-Security-Policy refuses style elements: admin.css has these rules.
    options.injectCSS = false
    const attributes = {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": labelOf(textarea)?.textContent.replace(/:\s*$/, "") ?? "",
      lang: textarea.lang,
    }
    const help = textarea.getAttribute("aria-describedby")
    if (help) attributes["aria-describedby"] = help
    options.editorProps = { ...options.editorProps, attributes }
  },

  onCreate() {
    const textarea = textareaOf(this.editor)
    labelOf(textarea)?.addEventListener("click", () => this.editor.commands.focus())
    const menu = this.editor.options.element.querySelector(".prose-menubar")
    menu.setAttribute("role", "toolbar")
    menu.setAttribute("aria-label", gettext("Text formatting"))
    for (const button of menu.querySelectorAll("button[title]")) {
      button.title = gettext(button.title)
      button.setAttribute("aria-label", button.title)
    }
    // See worklist.js: the one text of a page is written at once.
    if ("begin" in textarea.dataset && matchMedia("(min-width: 56.25rem)").matches) {
      this.editor.commands.focus("start", { scrollIntoView: false })
    }
  },
})

export const OtherLanguage = Mark.create({
  name: "otherLanguage",
  // What is typed after the passage is in the field's own language again.
  inclusive: false,

  addAttributes() {
    return { lang: { default: null } }
  },

  parseHTML() {
    return [{ tag: "span[lang]" }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", HTMLAttributes, 0]
  },

  addMenuItems({ menu, buttons }) {
    const lang = OTHER[textareaOf(this.editor).lang]
    menu.defineItem({
      name: "otherLanguage",
      groups: "marks",
      button: buttons.material("translate", MARK_AS[lang]),
      active: (editor) => editor.isActive("otherLanguage"),
      enabled: (editor) => !editor.state.selection.empty || editor.isActive("otherLanguage"),
      command: (editor) => editor.chain().focus().toggleMark("otherLanguage", { lang }).run(),
    })
  },
})

const isIn = ($from, type) => Array.from({ length: $from.depth + 1 }, (_, depth) => depth).findLast((depth) => $from.node(depth).type.name === type)

// Who said it stands last in the quote, as its source.
const nameSpeaker = async (editor) => {
  const given = await updateAttrsDialog(
    { speaker: { type: "string", title: gettext("Who said it"), required: true } },
    { title: gettext("Speaker of the quote"), submitText: gettext("Insert") },
  )(editor, { speaker: "" })
  const speaker = given?.speaker?.trim()
  if (!speaker) return
  if (!editor.isActive("blockquote")) editor.chain().focus().toggleBlockquote().run()
  const { $from } = editor.state.selection
  const depth = isIn($from, "blockquote")
  if (depth === undefined) return
  const paragraph = { type: "paragraph", content: [{ type: "text", text: speaker, marks: [{ type: "cite" }] }] }
  editor.chain().focus().insertContentAt($from.end(depth), paragraph).run()
}

export const Cite = Mark.create({
  name: "cite",

  parseHTML() {
    return [{ tag: "cite" }]
  },

  renderHTML() {
    return ["cite", 0]
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "cite",
      groups: "quote",
      button: buttons.material("person", "speaker of the quote"),
      command: nameSpeaker,
    })
  },
})

// The library asks for the size first, in English; a table with a header row can be grown instead.
export const Table = LibraryTable.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ commands }) =>
          commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    }
  },
})
