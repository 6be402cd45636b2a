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

async function live(figure) {
  const [spec] = await Promise.all([
    specification(figure.dataset.spec),
    loaded(bundleOf(figure)),
  ]);
  const place = document.createElement("div");
  place.className = "td-chart td-figure__live";
  const name = figure.querySelector("svg[aria-label]")?.getAttribute("aria-label")
    ?? figure.querySelector("figcaption")?.textContent;
  (figure.querySelector(".td-figure__picture") ?? figure).prepend(place);
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
    const { walkable } = await import("./walk.js");
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
