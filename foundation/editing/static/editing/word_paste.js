// Text pasted from Word, LibreOffice or a web mail: what it says is kept, how it looked is not.
import { Extension } from "django-prose-editor/editor"

const ORDERED = /^\s*(\d+|[a-zåäö]|[ivxlc]+)\s*[.)]/i
const COMMENTS = [
  "style, meta, link, script, title, xml, del, img",
  '[data-style*="mso-element:comment"], [data-style*="mso-element:annotation"]',
  ".MsoCommentReference, .MsoCommentText, a[href^='#_msocom'], [id^='_com_'], hr.msocomoff",
]

const styleOf = (element) => (element.dataset.style ?? "").toLowerCase().replace(/\s+/g, "")
const unwrap = (element) => element.replaceWith(...element.childNodes)

const rename = (element, tag) => {
  const other = element.ownerDocument.createElement(tag)
  if (element.lang) other.lang = element.lang
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

const withoutComments = (body) => {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  for (const comment of found) comment.remove()
  for (const element of body.querySelectorAll(COMMENTS.join(","))) element.remove()
}

// Word writes a list as paragraphs that say which list and level they are of.
const withLists = (body) => {
  let open = []
  let last = null
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    const [, level] = /mso-list:\S*?level(\d+)/.exec(styleOf(paragraph)) ?? []
    if (!level) continue
    if (paragraph.previousElementSibling !== last) open = []
    const marker = paragraph.querySelector('[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]')
    const tag = ORDERED.test(marker?.textContent ?? "") ? "ol" : "ul"
    marker?.remove()
    open.length = Math.min(open.length, Number(level))
    if (open.length === Number(level) && open.at(-1).localName !== tag) open.pop()
    while (open.length < Number(level)) {
      const list = body.ownerDocument.createElement(tag)
      if (!open.length) paragraph.before(list)
      else {
        const within = open.at(-1)
        if (!within.lastElementChild) within.append(body.ownerDocument.createElement("li"))
        within.lastElementChild.append(list)
      }
      open.push(list)
    }
    const item = body.ownerDocument.createElement("li")
    const text = body.ownerDocument.createElement("p")
    text.append(...paragraph.childNodes)
    item.append(text)
    open.at(-1).append(item)
    last = open[0]
    paragraph.remove()
  }
}

const withHeadings = (body) => {
  for (const paragraph of body.querySelectorAll("p.MsoTitle, p[class*='Rubrik1'], p[class*='Otsikko1']")) {
    rename(paragraph, "h2")
  }
  for (const heading of body.querySelectorAll("h1")) rename(heading, "h2")
  for (const heading of body.querySelectorAll("h4, h5, h6")) rename(heading, "h3")
}

const withMarks = (body) => {
  for (const element of body.querySelectorAll("b, strong")) {
    if (/(^|;)font-weight:(normal|400)/.test(styleOf(element))) unwrap(element)
  }
  for (const span of body.querySelectorAll("span, font")) {
    const style = styleOf(span)
    const isBold = /(^|;)font-weight:(bold|[6-9]00)/.test(style)
    const isItalic = /(^|;)font-style:italic/.test(style)
    if (!isBold && !isItalic) continue
    const text = rename(span, isBold ? "strong" : "em")
    if (isBold && isItalic) {
      const inner = text.ownerDocument.createElement("em")
      inner.append(...text.childNodes)
      text.append(inner)
    }
  }
}

const withoutLooks = (body) => {
  for (const element of [...body.querySelectorAll("*")]) {
    // Smart tags and the like: o:p, st1:place, w:sdt.
    if (element.localName.includes(":") || ["font", "span", "u", "ins", "center"].includes(element.localName)) {
      unwrap(element)
      continue
    }
    for (const { name } of [...element.attributes]) {
      if (!["href", "colspan", "rowspan", "start"].includes(name)) element.removeAttribute(name)
    }
    if (element.localName === "a" && !/^(https?|mailto|tel):/i.test(element.getAttribute("href") ?? "")) unwrap(element)
  }
  for (const block of body.querySelectorAll("p, h2, h3, li")) {
    if (!block.textContent.replace(/\u00a0/g, " ").trim() && !block.querySelector("br, ul, ol")) block.remove()
  }
}

// The editor marks what it copies: its own text comes back as it was.
const isOurs = (html) => html.includes("data-pm-slice")

export const cleaned = (html) => {
  if (isOurs(html)) return html
  // The Content-Security-Policy would report every style of the text, though none is applied.
  const unstyled = html
    .replace(/<!\[[^>]*\]>/g, "")
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/i, " data-style="))
  const { body } = new DOMParser().parseFromString(unstyled, "text/html")
  for (const step of [withoutComments, withLists, withHeadings, withMarks, withoutLooks]) step(body)
  return body.innerHTML.replace(/\u00a0/g, " ").replace(/[ \t\r\n]+/g, " ").trim()
}

export const FromWord = Extension.create({
  name: "fromWord",

  onBeforeCreate() {
    const { options } = this.editor
    options.editorProps = { ...options.editorProps, transformPastedHTML: cleaned }
  },
})
