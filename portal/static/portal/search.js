// Suggestions while typing: an editable combobox with a list (WAI-ARIA APG). Search works without.
for (const form of document.querySelectorAll("[data-suggest]")) {
  const input = form.elements.q, list = document.createElement("ul"), id = input.id + "-list";
  const set = (name, value) => input.setAttribute(name, value);
  const go = (item) => item && (location = item.dataset.url);
  let timer, asked, at, request;
  const mark = (place) => {
    [...list.children].forEach((one, i) => one.ariaSelected = i == place);
    at = place;
    set("aria-activedescendant", list.children[at]?.id ?? "");
  };
  const show = (titles, kinds, urls) => {
    list.replaceChildren(...titles.map((title, i) => {
      const item = document.createElement("li"), kind = document.createElement("small");
      Object.assign(item, { id: id + i, role: "option" }).dataset.url = urls[i];
      kind.textContent = kinds[i];
      item.append(title, " ", kind);
      return item;
    }));
    list.hidden = !titles.length;
    set("aria-expanded", !list.hidden);
    mark(-1);
  };
  const close = () => show([]);
  const ask = async () => {
    const words = input.value.trim();
    if (words == asked) return;
    request?.abort();
    request = new AbortController();
    close();
    if ((asked = words).length < 2) return;
    const url = form.dataset.suggest + "?q=" + encodeURIComponent(words);
    try {
      show(...(await (await fetch(url, request)).json()).slice(1));
    } catch {}
  };
  Object.assign(list, { id, role: "listbox", className: "suggestions" });
  list.ariaLabel = input.labels[0].textContent;
  input.after(list);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", id);
  close();
  input.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 250); };
  input.onblur = close;
  input.onkeydown = (event) => {
    const count = list.children.length + 1, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((at + 1 + step + count) % count - 1);
    else if (event.key == "Escape" && !list.hidden) close();
    else if (event.key != "Enter" || at < 0) return;
    else go(list.children[at]);
    event.preventDefault();
  };
  list.onmousedown = (event) => { event.preventDefault(); go(event.target.closest("li")); };
}
