// Suggestions: a combobox with a list (WAI-ARIA APG).
const make = (tag, given) => Object.assign(document.createElement(tag), given);
for (const form of document.querySelectorAll("[data-suggest]")) {
  const { suggest, ...rest } = form.dataset, input = form.elements.q, id = input.id + "-list";
  const list = make("ul", { id, role: "listbox", className: "suggestions" });
  const set = (name, value) => input.setAttribute("aria-" + name, value);
  const go = (item) => item && (location = item.url);
  let timer, asked, at;
  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, i) => item.ariaSelected = i == at);
    set("activedescendant", list.children[at]?.id ?? "");
  };
  const show = (_, titles, kinds, urls) => {
    list.replaceChildren(...titles.map((title, i) => {
      const item = make("li", { id: id + i, role: "option", url: urls[i] });
      item.append(title, " ", make("small", { textContent: kinds[i], ...rest }));
      return item;
    }));
    set("expanded", !(list.hidden = !titles[0]));
    mark(-1);
  };
  const close = () => show("", []);
  const ask = async () => {
    const words = asked = input.value.trim();
    if (!words[1]) return close();
    const answer = await fetch(suggest + "?q=" + encodeURIComponent(words));
    if (answer.ok && words == asked) show(...await answer.json());
  };
  list.ariaLabel = input.labels[0].textContent;
  input.after(list);
  input.role = "combobox";
  set("autocomplete", "list");
  set("controls", id);
  close();
  input.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 250); };
  input.onblur = close;
  input.onkeydown = (e) => {
    const count = list.children.length + 1, step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) mark((at + 1 + step + count) % count - 1);
    else if (e.key == "Escape" && count > 1) close();
    else if (e.key != "Enter" || at < 0) return;
    else go(list.children[at]);
    e.preventDefault();
  };
  list.onmousedown = (e) => { e.preventDefault(); go(e.target.closest("li")); };
}
