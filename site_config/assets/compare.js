// Areas side by side.  The page's table has a row for each area; the chosen ones become columns of
// a table of their own.  The choice stands in the address: ?a=tu-ky&a=chi-linh
//
// An area without a row (the table of a country is cut off) is read from its own page, which has
// the same words.

const MOST = 4;

const form = document.querySelector("form[data-compare]");
const place = document.getElementById(form.dataset.compare);
const table = document.getElementById(form.dataset.table);
const select = form.querySelector("select");
const status = form.querySelector("[role=status]");
const indicators = [...table.querySelectorAll("thead [data-indicator]")];

function chosen() {
  const wanted = new URLSearchParams(location.search).getAll("a");
  const ids = wanted.map((id) => id.trim().toLowerCase()).filter((id) => /^[a-z0-9-]+$/.test(id));
  return [...new Set(ids)].slice(0, MOST);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function copies(node) {
  return [...node.cloneNode(true).childNodes];
}

function fromTable(id) {
  const row = table.querySelector(`tr[data-area="${id}"]`);
  if (!row) return null;
  const [head, ...cells] = row.cells;
  return {
    id,
    name: head.querySelector("a")?.textContent ?? head.textContent,
    head: copies(head),
    cells: new Map(indicators.map((each, at) => [each.dataset.indicator, cells[at].cloneNode(true)])),
  };
}

async function fromPage(id) {
  const address = `${form.dataset.pages.replace(/\/+$/, "")}/${id}/`;
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const name = page.querySelector("h1")?.textContent.trim();
  if (!name) return null;
  const cells = new Map();
  for (const row of page.querySelectorAll("tr[data-indicator]")) {
    const newest = row.querySelector("td.td-num");
    const cell = element("td", { class: "td-cell" });
    cell.append(...copies(row.querySelector("td:has(.td-mark)")), " ");
    if (newest) cell.append(...copies(newest));
    cells.set(row.dataset.indicator, cell);
  }
  return { id, name, head: [element("a", { href: address }, name)], cells };
}

function listed(names) {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} ${form.dataset.and} ${names[names.length - 1]}`;
}

function tell(...sentences) {
  status.textContent = sentences.filter(Boolean).join(" ");
}

function shown(areas) {
  const caption = form.dataset.caption.replace("{areas}", listed(areas.map((area) => area.name)));
  const head = element("tr", {}, element("th", { scope: "col" }, form.dataset.corner));
  for (const area of areas) {
    const remove = element(
      "button",
      { type: "button", class: "td-figure__button td-noprint" },
      form.dataset.remove,
      element("span", { class: "td-hidden" }, ` ${area.name}`),
    );
    remove.addEventListener("click", () => {
      choose(chosen().filter((id) => id !== area.id));
      select.focus();
    });
    head.append(element("th", { scope: "col" }, ...area.head, element("div", {}, remove)));
  }
  const body = element("tbody");
  for (const indicator of indicators) {
    const cells = areas.map((area) => area.cells.get(indicator.dataset.indicator));
    // What none of them reports is left out.
    if (cells.every((cell) => !cell || cell.classList.contains("td-k-empty"))) continue;
    const row = element("tr", {}, element("th", { scope: "row" }, ...copies(indicator)));
    row.append(...cells.map((cell) => cell ?? element("td")));
    body.append(row);
  }
  const made = element(
    "table",
    { class: "td-table td-grid td-compared" },
    element("caption", {}, caption),
    element("thead", {}, head),
    body,
  );
  return element(
    "div",
    { class: "td-scroll", tabindex: "0", role: "region", "aria-label": caption },
    made,
  );
}

async function draw() {
  const ids = chosen();
  const found = await Promise.all(ids.map((id) => fromTable(id) ?? fromPage(id)));
  const areas = found.filter(Boolean);
  const unknown = ids.filter((id, at) => !found[at]);
  place.replaceChildren(...(areas.length ? [shown(areas)] : []));
  place.hidden = areas.length === 0;
  const names = listed(areas.map((area) => area.name));
  tell(
    ...unknown.map((id) => form.dataset.unknown.replace("{area}", id)),
    areas.length > 1
      ? form.dataset.caption.replace("{areas}", names)
      : areas.length === 1
        ? form.dataset.alone.replace("{area}", names)
        : form.dataset.none,
  );
}

function choose(ids) {
  const address = new URL(location.href);
  address.search = new URLSearchParams(ids.map((id) => ["a", id])).toString();
  address.hash = "";
  history.pushState(null, "", address);
  return draw();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const ids = chosen();
  if (ids.includes(select.value)) tell(form.dataset.there);
  else if (ids.length >= MOST) tell(form.dataset.most);
  else choose([...ids, select.value]);
});
form.hidden = false; // it does nothing without this script
window.addEventListener("popstate", draw);
draw();
