// Watches over a form of the admin while it is open: keeps what is typed in the browser until it is
// saved, says who else has it open, and lets nobody send it into nothing.
const HEARTBEAT = 20_000 // ms
const LONGEST_WAIT = 10_000 // ms
const KEPT_FOR = 14 * 24 * 3600 * 1000 // ms
const SENT = "draft-sent"
const PUT_BACK = "draft-put-back"

const watch = document.getElementById("open-form")
const form = watch.closest("form")
const { address, user } = watch.dataset
const start = `draft:${user}:${location.pathname}:`
const isBound = "unsaved" in watch.dataset

// Storage can be full or forbidden: typing must go on all the same.
const storage = (which) => {
  try {
    return window[which]
  } catch {
    return undefined
  }
}
const local = storage("localStorage")
const session = storage("sessionStorage")

const read = (key) => {
  try {
    return JSON.parse(local.getItem(key))
  } catch {
    return null
  }
}

const NOT_TYPED = /^(csrfmiddlewaretoken|opened_values|initial-.+|_put_back|next)$/

const entries = () =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.test(name))
const hasFiles = () => [...new FormData(form).values()].some((value) => value instanceof File && value.size)
const asText = (list) => JSON.stringify(list.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n").trim()]))

// Drafts

let isTouched = false
let isLeaving = false
let pristine = asText(entries())
let written = ""
// A form that came back with mistakes goes on with the draft it was sent with.
const sentBefore = session?.getItem(SENT)
const own = isBound && sentBefore?.startsWith(start) ? sentBefore : `${start}${crypto.getRandomValues(new Uint32Array(2)).join("")}`

const isUnsaved = () => (isBound || isTouched) && (isBound || asText(entries()) !== pristine || hasFiles())

const keep = () => {
  if (isLeaving || "noDraft" in watch.dataset || !local) return
  if (!isBound && !isTouched) {
    // The editor of rich texts may write a text anew when it starts: that is nobody's typing.
    pristine = asText(entries())
    return
  }
  const now = asText(entries())
  if (now === written) return
  if (!isBound && now === pristine) {
    local.removeItem(own)
    written = now
    return
  }
  const carried = [...form.elements].filter(({ name }) => /^(opened_values|initial-.+)$/.test(name))
  const draft = {
    at: Date.now(),
    entries: entries(),
    carried: carried.map(({ name, value }) => [name, value]),
    hasFiles: hasFiles(),
  }
  try {
    local.setItem(own, JSON.stringify(draft))
    written = now
  } catch {
    // Full: the warning before leaving remains.
  }
}

const forgetOld = () => {
  for (const key of Object.keys(local ?? {})) {
    if (key.startsWith("draft:") && !(read(key)?.at > Date.now() - KEPT_FOR)) local.removeItem(key)
  }
}

const others = () => {
  const mine = Object.keys(local ?? {}).filter((key) => key.startsWith(start) && key !== own)
  const found = mine.map((key) => ({ key, draft: read(key) })).filter(({ draft }) => draft)
  return found.sort((one, other) => other.draft.at - one.draft.at)
}

const offerBox = document.getElementById("draft-offer")
let offered = null

const labelOf = (name) => {
  const element = form.elements[name]
  const input = element instanceof RadioNodeList ? element[0] : element
  const label = input?.id && (form.querySelector(`label[for="${CSS.escape(input.id)}"]`) ?? input.closest("fieldset")?.querySelector("legend"))
  return (label || undefined)?.textContent.trim().replace(/:$/, "")
}

const plain = (value) => {
  const lines = value.replace(/<\/(p|h[1-6]|li|tr)>|<br[^>]*>/g, "$&\n")
  return new DOMParser().parseFromString(lines, "text/html").body.textContent.trim()
}

const offer = () => {
  const now = asText(entries())
  for (const { key, draft } of others()) if (asText(draft.entries) === now) local.removeItem(key)
  offered = others()[0] ?? null
  offerBox.hidden = !offered
  if (!offered) return
  const { at, entries: kept, hasFiles: hadFiles } = offered.draft
  const time = document.getElementById("draft-time")
  time.dateTime = new Date(at).toISOString()
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Europe/Helsinki",
  }).format(at)
  document.getElementById("draft-files").hidden = !hadFiles
  const standing = new Map(entries())
  const rows = kept.filter(([name, value]) => value && value.trim() !== standing.get(name)?.trim() && labelOf(name))
  document.getElementById("draft-shown").replaceChildren(
    ...rows.flatMap(([name, value]) => {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")]
      term.textContent = labelOf(name)
      text.textContent = value.startsWith("<") ? plain(value) : value
      text.lang = form.elements[name]?.lang ?? ""
      return [term, text]
    }),
  )
}

const putBack = async () => {
  if (!(await mayBeSent())) return
  const sent = document.createElement("form")
  sent.method = "post"
  sent.hidden = true
  const token = form.elements.csrfmiddlewaretoken.value
  const fields = [...offered.draft.entries, ...offered.draft.carried, ["csrfmiddlewaretoken", token], ["_put_back", "1"]]
  for (const [name, value] of fields) {
    const input = document.createElement("textarea")
    input.name = name
    input.value = value
    sent.append(input)
  }
  document.body.append(sent)
  session?.setItem(PUT_BACK, offered.key)
  isLeaving = true
  sent.submit()
}

// Trouble

const say = (trouble) => {
  for (const one of watch.querySelectorAll("[data-trouble]")) one.hidden = one.dataset.trouble !== trouble
}

const ask = async (method) => {
  const headers = method === "POST" ? { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } : {}
  const answer = await fetch(address, { method, headers, signal: AbortSignal.timeout(LONGEST_WAIT) })
  if (answer.redirected) return { trouble: "loggedOut" }
  if (answer.status === 404 || answer.status === 403) return { trouble: "gone" }
  return answer.ok ? await answer.json() : { trouble: "offline" }
}

const hear = ({ trouble, token, others: told }) => {
  say(trouble)
  if (trouble) return false
  // Whoever logs in again in another tab gets a new token.
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token
  const banner = document.getElementById("open-elsewhere")
  if (banner.textContent !== told) banner.textContent = told
  return true
}

const mayBeSent = async () => {
  try {
    return hear(navigator.onLine ? await ask("GET") : { trouble: "offline" })
  } catch {
    return hear({ trouble: "offline" })
  }
}

let isAllowed = false
form.addEventListener("submit", async (event) => {
  const { submitter } = event
  const isPreview = submitter?.name === "_preview"
  if (isAllowed) {
    isAllowed = false
    isLeaving = !isPreview
    return
  }
  if (isPreview) return
  event.preventDefault()
  keep()
  if (!(await mayBeSent())) {
    watch.scrollIntoView({ block: "center" })
    return
  }
  session?.setItem(SENT, own)
  isAllowed = true
  form.requestSubmit(submitter)
})

addEventListener("beforeunload", (event) => {
  keep()
  if (!isLeaving && isUnsaved()) event.preventDefault()
})

const beat = async () => {
  if (document.visibilityState !== "visible") return
  try {
    const answer = await ask("POST")
    // A token that a new log-in has made useless is fetched anew before it is missed.
    hear(answer.trouble === "gone" ? await ask("GET") : answer)
  } catch {
    // A short break is no news; whoever saves is told.
  }
}

for (const kind of ["input", "change", "keydown", "pointerdown", "paste", "drop"]) {
  form.addEventListener(kind, () => (isTouched = true), { capture: true })
}
form.addEventListener("input", () => setTimeout(keep, 300))

// Saving is one key away from wherever one writes; the form stays open.
const saving = form.elements._continue ?? form.elements._save
if (saving) {
  saving.title = "Ctrl + S"
  saving.setAttribute("aria-keyshortcuts", "Control+S Meta+S")
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return
    event.preventDefault()
    if (!event.repeat) form.requestSubmit(saving)
  })
}

// A text that differs from what is stored says so beside its state.
form.addEventListener("input", ({ target }) => {
  const field = target.closest(".prose-editor")?.querySelector("textarea") ?? target
  const label = field.lang && field.id && form.querySelector(`label[for="${CSS.escape(field.id)}"]`)
  if (!label) return
  label.querySelector(".is-typed")?.remove()
  if (field === target && field.value === field.defaultValue) return
  const mark = document.createElement("span")
  mark.className = "field-state is-typed"
  mark.textContent = watch.dataset.typed
  label.append(" ", mark)
})

// What has to be put right is where one finds oneself, not at the first field as Django has it.
addEventListener("load", () => form.querySelector(".conflict input, [aria-invalid=true]:not(.prose-editor *)")?.focus())

setInterval(keep, 1000)
document.addEventListener("visibilitychange", keep)

document.getElementById("draft-put-back").addEventListener("click", putBack)
document.getElementById("draft-throw-away").addEventListener("click", () => {
  local.removeItem(offered.key)
  offer()
})

if (local && !("noDraft" in watch.dataset)) {
  if ("putBack" in watch.dataset && session?.getItem(PUT_BACK)) local.removeItem(session.getItem(PUT_BACK))
  session?.removeItem(PUT_BACK)
  forgetOld()
  if (isBound) keep()
  else offer()
}
if ("heartbeat" in watch.dataset) {
  setInterval(beat, HEARTBEAT)
  document.addEventListener("visibilitychange", beat)
}
