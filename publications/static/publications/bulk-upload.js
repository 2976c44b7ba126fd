// Takes files one by one to where the form sends them, and shows how far each has come. Without this
// script the form sends all of them at once and answers with the same rows.
const form = document.querySelector("form.intake")

if (form) {
  const zone = form.querySelector(".intake-zone")
  const input = form.elements.uploads
  const rows = form.querySelector(".intake-rows")
  const status = form.querySelector(".intake-status")
  const queue = []
  const counts = { done: 0, failed: 0, all: 0 }
  let isSending = false

  const made = (name) => form.querySelector(`template.${name}`).content.firstElementChild.cloneNode(true)

  const tell = () => {
    const { told, toldFailed } = form.dataset
    const failed = counts.failed ? ` ${toldFailed}` : ""
    status.textContent = (told + failed).replace(/{(\w+)}/g, (_all, key) => counts[key])
  }

  const replace = (item, row) => {
    // Whoever pressed the button of a row finds themselves on its answer, unless they went on.
    const isThere = item.row.contains(document.activeElement)
    const hasGone = !isThere && document.activeElement !== document.body
    item.isAwaited = (item.isAwaited || isThere) && !hasGone
    item.row.replaceWith(row)
    item.row = row
    if (item.isAwaited) row.querySelector("a, button")?.focus()
  }

  const fail = (item, row) => {
    const again = made("intake-again")
    const name = row.querySelector(".intake-name")
    name.textContent = item.file.name
    name.id = `intake-${item.number}`
    again.id = `intake-again-${item.number}`
    again.setAttribute("aria-labelledby", `${again.id} ${name.id}`)
    again.addEventListener("click", () => {
      counts.failed -= 1
      wait(item)
      send()
    })
    row.append(" ", again)
    replace(item, row)
    counts.failed += 1
  }

  const failUnsent = (item, words) => {
    const row = made("intake-failed")
    row.querySelector(".intake-error").textContent = words
    fail(item, row)
  }

  const finish = (item, answer) => {
    const page = new DOMParser().parseFromString(answer.responseText, "text/html")
    const row = page.querySelector(".intake-row")
    // Whoever was logged out meanwhile gets another page than a row.
    if (!row) failUnsent(item, form.dataset.unsent)
    else if (answer.status === 201) {
      item.batch.add(row.dataset.draft)
      replace(item, row)
      counts.done += 1
    } else fail(item, row)
  }

  const wait = (item) => {
    const row = made("intake-waiting")
    row.querySelector(".intake-name").textContent = item.file.name
    row.querySelector("progress").setAttribute("aria-label", item.file.name)
    if (item.row) replace(item, row)
    else rows.append(row)
    item.row = row
    queue.push(item)
  }

  // One at a time: a file joins the draft that the one before it has become.
  const send = () => {
    tell()
    const item = isSending ? undefined : queue.shift()
    if (!item) return
    if (item.file.size > Number(form.dataset.maxBytes)) {
      failUnsent(item, form.dataset.tooLarge)
      send()
      return
    }
    const data = new FormData(form)
    data.set("uploads", item.file)
    for (const draft of item.batch) data.append("drafts", draft)
    const request = new XMLHttpRequest()
    request.open("POST", form.action)
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest")
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) item.row.querySelector("progress").value = event.loaded / event.total
    })
    request.addEventListener("load", () => finish(item, request))
    request.addEventListener("error", () => failUnsent(item, form.dataset.unsent))
    request.addEventListener("loadend", () => {
      isSending = false
      send()
    })
    isSending = true
    request.send(data)
  }

  const isCaptions = (file) => Number(file.name.toLowerCase().endsWith(".vtt"))

  const take = (files) => {
    const batch = new Set()
    for (const file of [...files].sort((one, other) => isCaptions(one) - isCaptions(other))) {
      counts.all += 1
      wait({ file, batch, number: counts.all })
    }
    send()
  }

  const bringsFiles = (event) => event.dataTransfer?.types.includes("Files")

  form.querySelector(".intake-invitation").hidden = false

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    take(input.files)
    input.value = ""
  })

  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      if (!bringsFiles(event)) return
      event.preventDefault()
      zone.classList.add("is-over")
    })
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over")
  })
  zone.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return
    event.preventDefault()
    zone.classList.remove("is-over")
    if (form.elements.owner.value) take(event.dataTransfer.files)
    else form.elements.owner.focus()
  })
  // A file dropped beside the zone must not replace the page and what is written in it.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => {
      if (bringsFiles(event) && event.target.type !== "file") event.preventDefault()
    })
  }

  addEventListener("beforeunload", (event) => {
    if (isSending) event.preventDefault()
  })
}
