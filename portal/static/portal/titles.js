// Shows only the titles that hold what is typed, where a copy of the portal has no server to search.
const box = document.querySelector(".title-filter");
const input = box.querySelector("input");
const told = box.querySelector("[data-none]");
const folded = (text) => text.toLowerCase().normalize("NFC");
box.hidden = false;
input.oninput = () => {
  const words = folded(input.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const kind of document.querySelectorAll(".title-kind")) {
    let any = false;
    for (const item of kind.querySelectorAll("li")) {
      const text = folded(item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
      any ||= !item.hidden;
      shown += !item.hidden;
    }
    kind.hidden = !any;
  }
  told.textContent = words.length ? (shown || told.dataset.none) : "";
};
