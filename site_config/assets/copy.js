// A button beside each text that is there to be copied, and one that hands on the page's address.
// Without this script the text is selected by hand: one click or tap selects all of it.

const button = (label, done, act) => {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "td-copy td-noprint";
  one.textContent = label;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "td-copy__done td-noprint";
  one.addEventListener("click", async () => {
    if (await act()) status.textContent = done;
  });
  return [one, " ", status];
};

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

for (const text of navigator.clipboard ? document.querySelectorAll("[data-copy]") : [])
  text.after(...button(text.dataset.copy, text.dataset.copied, async () => {
    const done = await copied(text.textContent.trim());
    if (!done) getSelection().selectAllChildren(text);
    return done;
  }));

// The browser's own way to share, which phones have; else the address is copied.
for (const place of navigator.share || navigator.clipboard ? document.querySelectorAll("[data-share]") : [])
  place.append(...button(place.dataset.share, place.dataset.copied, async () => {
    const page = { title: document.title, url: location.href };
    if (!navigator.share) return copied(page.url);
    await navigator.share(page).catch(() => {});
    return false;
  }));
