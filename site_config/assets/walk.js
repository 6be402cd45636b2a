// An interactive chart by keyboard; loaded by charts.js with the first one that is asked for.

// What can be pointed at, in the order in which it is read: along the years, or down the list.
function points(place) {
  const marks = new Map(); // a cell and the letter in it say the same
  for (const mark of place.querySelectorAll("svg *")) {
    const said = mark.__data__?.tooltip;
    if (typeof said === "string" && !marks.has(said)) marks.set(said, mark);
  }
  const found = [...marks].map(([said, mark]) => ({ said, mark, box: mark.getBoundingClientRect() }));
  const lefts = new Set(found.map(({ box }) => Math.round(box.left)));
  const down = ({ box }) => box.top + box.height / 2;
  const along = ({ box }) => box.left + box.width / 2;
  const order = lefts.size === 1
    ? (a, b) => down(a) - down(b)
    : (a, b) => along(a) - along(b) || down(a) - down(b);
  return found.sort(order);
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// The drawing as a slider over its points: arrow keys go from one to the next, and whoever listens
// hears each. A drawing without points is a picture with a name.
export function walkable(place, name, keys) {
  const found = points(place);
  place.setAttribute("aria-label", name);
  if (!found.length) {
    place.setAttribute("role", "img");
    return;
  }
  const said = document.createElement("p");
  said.className = "td-figure__said";
  said.setAttribute("aria-hidden", "true"); // the slider says it
  said.textContent = keys ?? "";
  place.append(said);
  let at = -1;
  const go = (next) => {
    found[at]?.mark.classList.remove("td-figure__here");
    at = Math.min(Math.max(next, 0), found.length - 1);
    found[at].mark.classList.add("td-figure__here");
    said.textContent = found[at].said;
    place.setAttribute("aria-valuenow", String(at + 1));
    place.setAttribute("aria-valuetext", found[at].said);
  };
  place.tabIndex = 0;
  place.setAttribute("role", "slider");
  place.setAttribute("aria-valuemin", "1");
  place.setAttribute("aria-valuemax", String(found.length));
  place.setAttribute("aria-valuenow", "1");
  place.setAttribute("aria-valuetext", keys ?? "");
  place.addEventListener("keydown", (event) => {
    const next = event.key === "Home" ? 0 : event.key === "End" ? found.length - 1
      : event.key in STEPS ? at + STEPS[event.key] : null;
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(next);
  });
}
