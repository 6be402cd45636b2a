// A button under each chart that has an interactive form:
//
//   <figure class="td-figure" data-spec="x.vl.json" data-label="…">
//     <svg class="td-chart" role="img" aria-label="…">…</svg>
//   </figure>
//
// The address of the Vega bundle is the attribute data-vega of the figure or, once for a page, of
// any other element (the script element of this file). Nothing is loaded before a reader presses
// the button. Where loading fails the picture stays.

const scripts = new Map();

function loaded(address) {
  if (!scripts.has(address)) {
    const script = document.createElement("script");
    script.type = "module";
    script.src = address;
    scripts.set(
      address,
      new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => {
          scripts.delete(address);
          script.remove();
          reject(new Error(address));
        };
      }),
    );
    document.head.append(script);
  }
  return scripts.get(address);
}

function bundleOf(figure) {
  return figure.dataset.vega ?? document.querySelector("[data-vega]")?.dataset.vega;
}

async function specification(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

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
function walkable(place, name, keys) {
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

async function live(figure) {
  const [spec] = await Promise.all([
    specification(figure.dataset.spec),
    loaded(bundleOf(figure)),
  ]);
  const place = document.createElement("div");
  place.className = "td-chart td-figure__live";
  const name = figure.querySelector("svg[aria-label]")?.getAttribute("aria-label");
  figure.querySelector("svg.td-chart")?.before(place);
  figure.dataset.shown = "live"; // before drawing: a hidden place has no width
  try {
    await window.vegaEmbed(place, spec, {
      actions: false,
      ast: true, // no eval: a strict content security policy holds
      defaultStyle: false,
      renderer: "svg",
      tooltip: { disableDefaultStyle: true },
    });
    // Only now: the drawing names itself and its parts, in English.
    place.querySelector("svg")?.setAttribute("aria-hidden", "true");
    walkable(place, name ?? "", figure.dataset.keys);
  } catch (error) {
    place.remove();
    delete figure.dataset.shown;
    throw error;
  }
}

function enhance(figure) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "td-figure__button";
  button.textContent = figure.dataset.label;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", async () => {
    if (figure.dataset.shown) {
      delete figure.dataset.shown;
    } else if (figure.querySelector(".td-figure__live")) {
      figure.dataset.shown = "live";
    } else {
      button.disabled = true;
      try {
        await live(figure);
      } catch (error) {
        console.error(error);
      } finally {
        button.disabled = false;
      }
    }
    button.setAttribute("aria-pressed", String(Boolean(figure.dataset.shown)));
  });
  (figure.querySelector(".td-figure__picture") ?? figure.lastElementChild).after(button);
}

for (const figure of document.querySelectorAll("figure.td-figure[data-spec][data-label]")) {
  if (bundleOf(figure)) enhance(figure);
}
