// Tables that compare can be put in another order, and long ones filtered by name. A head is
// pressed once: from the smallest, again: from the greatest, a third time: as it was. All words
// stand in the page; without this script the table is as it is written.

import { plainly } from "./find.js";

const { lang } = document.documentElement;
const names = new Intl.Collator(lang, { numeric: true });
const point = new Intl.NumberFormat(lang).formatToParts(1.5).find(({ type }) => type === "decimal").value;

/** What a cell is sorted by: the number that it begins with, else its words. */
function valueOf(cell, same) {
  const text = cell.textContent.trim();
  const [found] = text.match(/^[+\u2212-]?\d[\d.,]*/) ?? [];
  if (!found) return { number: text !== "" && text === same ? 0 : null, text };
  const sign = /\d/.test(found[0]) ? 1 : found[0] === "+" ? 1 : -1;
  const digits = [...found].filter((each) => /\d/.test(each) || each === point).join("");
  return { number: sign * Number.parseFloat(digits.replace(point, ".")), text };
}

for (const table of document.querySelectorAll("table[data-sort]")) {
  const [body] = table.tBodies;
  const heads = [...table.tHead.rows[0].cells];
  // What stands for all of them stays where it is.
  const rows = [...body.rows].filter((row) => !("whole" in row.dataset));

  const put = (column, order) => {
    heads.forEach((head, at) => {
      if (at === column && order) head.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    table.classList.toggle("td-sorted", order !== 0);
    const keyed = rows.map((row) => ({ row, ...valueOf(row.cells[column], table.dataset.same) }));
    // What has no number stands last, whichever way round.
    if (order) {
      keyed.sort(
        (one, other) =>
          (one.number === null) - (other.number === null) ||
          order * (one.number === null ? names.compare(one.text, other.text) : one.number - other.number),
      );
    }
    body.append(...keyed.map(({ row }) => row));
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "td-sort td-noprint";
    button.setAttribute("aria-label", table.dataset.sort.replace("#", head.textContent.trim()));
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      put(column, now === null ? 1 : now === "ascending" ? -1 : 0);
    });
    head.append(button);
  });

  const filter = (table.closest(".td-scroll") ?? table).previousElementSibling;
  if (!filter?.matches(".td-filter")) continue;
  const status = filter.querySelector("[role=status]");
  const spelt = rows.map((row) => plainly(row.querySelector("th").textContent));
  filter.classList.add("td-filter--ready");
  filter.querySelector("input").addEventListener("input", ({ target }) => {
    const wanted = plainly(target.value);
    rows.forEach((row, at) => {
      row.hidden = !spelt[at].includes(wanted);
    });
    const left = rows.filter((row) => !row.hidden).length;
    status.textContent = wanted && filter.dataset.left.replace("#", left);
  });
}
