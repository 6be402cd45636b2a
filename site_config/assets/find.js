// The search. What is typed is compared with the names of everything that can be looked for
// (muc-luc.json beside the page of the search, written by tiendo/pages/search.py); it is loaded when the box is first
// used. Without this script the box is a form that leads to the page that lists them all.
//
// Vietnamese is typed in many ways. Case, composed or separate marks, the place of the tone in
// "xoá" and "xóa", "kì" and "kỳ" never matter; marks and the bar of "đ" matter only if there are
// some in what is typed, and then what has the same marks stands first.

const MOST = 8; // shown under the box
const MOST_ON_PAGE = 60;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const ENDS_IN_Y = /^([hklmstv]|qu)y$/;

const form = document.querySelector(".td-find");
const box = form.querySelector("input");

/** The words of a text, each without any mark and with its marks in a fixed place. */
function words(text) {
  const found = text.normalize("NFD").toLowerCase().replace(/ð/g, "đ").match(/[\p{L}\p{M}\p{N}]+/gu);
  return (found ?? []).map((word) => {
    const tones = (word.match(TONES) ?? []).join("");
    const bare = word.replace(TONES, "").replace(/(\p{L})\1$/u, "$1").replace(ENDS_IN_Y, "$1i");
    return { plain: bare.replace(/\p{M}/gu, "").replace(/đ/g, "d"), spelt: bare, tones };
  });
}

export const plainly = (text) => words(text).map((word) => word.plain).join(" ");

const hasMarks = (word) => word.tones !== "" || word.spelt !== word.plain;

/** Whether two words differ by one letter that is missing, added, wrong or has changed places. */
function near(one, other) {
  if (Math.max(one.length, other.length) < 5 || Math.abs(one.length - other.length) > 1) return false;
  if (/\d/.test(one + other)) return false; // one year is not another
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (at === 0) return false;
  const [rest, its] = [one.slice(at), other.slice(at)];
  return (
    rest.slice(1) === its ||
    its.slice(1) === rest ||
    rest.slice(1) === its.slice(1) ||
    (rest[0] === its[1] && rest[1] === its[0] && rest.slice(2) === its.slice(2))
  );
}

/** How well a word that is wanted fits one that there is; 0: not at all. */
function fit(wanted, own, loosely) {
  if (own.plain === wanted.plain) return 4;
  // Of words that are finished, only those of other languages are longer and still the same.
  if (own.plain.startsWith(wanted.plain) && (wanted.plain.length > 4 || wanted.last)) return 3;
  return loosely && near(wanted.plain, own.plain) ? 1 : 0;
}

function sameMarks(wanted, own) {
  if (!own.spelt.startsWith(wanted.spelt)) return false;
  // The tone of a word that is still being typed often comes last.
  const unfinished = wanted.last && wanted.tones === "" && own.plain.length > wanted.plain.length;
  return own.tones === wanted.tones || unfinished;
}

/** Whether a text has what was typed in one piece: 2: in whole words, 1: the last one goes on, 0: not. */
function inOnePiece(text, { plain }) {
  return ` ${text} `.includes(` ${plain} `) ? 2 : +` ${text}`.includes(` ${plain}`);
}

/** How well an entry fits: words found, words found with their marks, and points; null: not. */
function judged(entry, query, loosely) {
  let [found, marked, byName, byOthers] = [0, 0, 0, 0];
  const used = new Set();
  for (const wanted of query.words) {
    let [name, other, marks] = [0, 0, false];
    const compare = (word) => {
      const fits = fit(wanted, word, loosely);
      marks ||= fits > 1 && sameMarks(wanted, word);
      return fits;
    };
    entry.title.forEach((word, place) => {
      const fits = compare(word);
      if (fits > 0) used.add(place);
      name = Math.max(name, fits * entry.weight);
    });
    for (const word of entry.further) other = Math.max(other, compare(word));
    found += name + other > 0;
    marked += marks;
    if (name > 0) byName += name;
    else byOthers += other;
  }
  if (found === 0) return null;
  const { length } = entry.title;
  let points = byName + byOthers;
  if (used.size === length) points += 4;
  // Words of the title that nobody asked for; some tell what kind of thing it is.
  if (entry.weight > 1) points -= 2 * Math.min(4, Math.max(0, length - used.size - 4));
  const named = inOnePiece(entry.plain, query);
  const told = Math.max(inOnePiece(entry.about, query), inOnePiece(entry.more, query));
  const piece = named ? named * (entry.plain.startsWith(query.plain) ? 3 : 2) : told * (query.words.length > 1 ? 3 : 2);
  points += (piece * entry.weight) / 2;
  // Where not all words are found, it counts how much of the title was meant.
  const part = (byName * used.size) / length + byOthers;
  // Enough for an answer that does not fit: most of what was typed, or most of the title.
  const enough = found * 2 > query.words.length || used.size * 2 > length;
  return { entry, found, marked: query.marked ? marked : 0, points, part, enough, named, whole: named + told > 0 };
}

const better = (one, other) =>
  other.found - one.found ||
  other.marked - one.marked ||
  other.points - one.points ||
  one.entry.title.length - other.entry.title.length ||
  one.entry.place - other.entry.place;

/** A text without its spaces, and with one letter for the two of "kì" and "kỳ". */
const together = (plain) => plain.replaceAll(" ", "").replaceAll("y", "i");

/** The entries that fit what was typed, best first, and whether they fit exactly. */
function search(entries, typed) {
  const wanted = words(typed);
  if (wanted.length === 0) return { exact: true, found: [] };
  wanted.at(-1).last = true;
  const query = {
    words: wanted,
    plain: plainly(typed),
    marked: wanted.some(hasMarks),
  };
  const all = (loosely) => entries.map((e) => judged(e, query, loosely)).filter(Boolean).sort(better);
  // A sentence that has the words here and there, and is no name, is no answer.
  const strict = all(false).filter(({ entry, found, whole }) => found === wanted.length && (whole || entry.weight > 1));
  if (strict.length > 0) {
    // Where something is called so, what only has the words here and there is left out, and long
    // sentences that hold them.
    const named = strict.some((one) => one.named > 0);
    const most = Math.max(...strict.map(({ points }) => points));
    const fits = ({ points, whole }) => points * 4 >= most && (whole || !named);
    return { exact: true, found: strict.filter(fits).map(({ entry }) => entry) };
  }
  const run = together(query.plain);
  const joined = entries.filter(({ plain }) => run.length > 3 && together(plain).includes(run));
  if (joined.length > 0) return { exact: true, found: joined };
  // Letters may be wrong; or of a long question some words fit here and some there: an indicator
  // and an area.
  const loose = all(true).sort((one, other) => other.part - one.part || one.entry.place - other.entry.place);
  const some = loose.filter(({ entry, part, enough }) => entry.weight > 1 && enough && part * 4 >= loose[0].part);
  return { exact: false, found: some.map(({ entry }) => entry) };
}

let index;

/** The entries, loaded once. */
function loaded() {
  index ??= fetch(form.dataset.index)
    .then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${form.dataset.index}`);
      return answer.json();
    })
    .then(({ kinds, entries }) =>
      entries.map(([title, kind, address, detail, further], place) => ({
        place,
        name: title,
        title: words(title),
        plain: plainly(title),
        about: plainly(detail),
        further: words(further),
        more: plainly(further),
        kind: kinds[kind][0],
        weight: kinds[kind][1],
        href: form.dataset.root + address,
        detail,
      })),
    )
    .catch((error) => {
      index = undefined; // the next key tries again
      throw error;
    });
  return index;
}

function piece(tag, kind, text) {
  const element = document.createElement(tag);
  element.className = kind;
  element.textContent = text;
  return element;
}

function linkTo(entry) {
  const link = piece("a", "td-found", "");
  link.href = entry.href;
  link.append(piece("span", "td-found__name", entry.name), " ", piece("span", "td-found__kind", entry.kind));
  if (entry.detail) link.append(" ", piece("span", "td-found__detail", entry.detail));
  return link;
}

function told({ exact, found }, none) {
  if (found.length === 0) return none;
  if (!exact) return form.dataset.near;
  return found.length === 1 ? form.dataset.one : form.dataset.some.replace("#", found.length);
}

// Under the box: a combobox with a list of links.

const panel = piece("div", "td-find__panel", "");
const status = piece("p", "td-find__status", "");
const list = piece("div", "td-find__list", "");
status.setAttribute("role", "status");
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.dataset.results);
list.id = "td-find-list";
panel.append(status, list);
panel.hidden = true;
form.append(panel);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-expanded": "false",
  "aria-controls": list.id,
})) box.setAttribute(name, value);

let active = -1;

/** Make the option at a place the one that Enter follows; -1: none, what is typed counts. */
function activate(place) {
  active = place;
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  if (active < 0) {
    box.removeAttribute("aria-activedescendant");
  } else {
    box.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }
}

/** One option further down or up; between the last and the first one is back in the box. */
function move(step) {
  const places = list.children.length + 1;
  activate(((active + 1 + step + places) % places) - 1);
}

function close() {
  panel.hidden = true;
  box.setAttribute("aria-expanded", "false");
  activate(-1);
}

function show(result) {
  const options = result.found.slice(0, MOST).map(linkTo);
  if (result.found.length > MOST) {
    const all = piece("a", "td-found td-found--all", form.dataset.all);
    all.href = `${form.action}?q=${encodeURIComponent(box.value)}`;
    options.push(all);
  }
  options.forEach((option, at) => {
    option.id = `td-found-${at}`;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
  });
  list.replaceChildren(...options);
  list.hidden = options.length === 0;
  status.textContent = told(result, form.dataset.none);
  panel.hidden = false;
  box.setAttribute("aria-expanded", String(options.length > 0));
  activate(-1);
}

async function look() {
  const typed = box.value;
  if (typed.trim() === "") {
    close();
    return;
  }
  try {
    const entries = await loaded();
    if (typed === box.value) show(search(entries, typed));
  } catch {
    list.replaceChildren();
    list.hidden = true;
    panel.hidden = false;
    status.textContent = form.dataset.failed;
  }
}

box.addEventListener("focus", () => loaded().catch(() => {}), { once: true });
box.addEventListener("input", look);
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape" && !panel.hidden) {
    event.preventDefault(); // the first press closes, the next one empties the box
    close();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    list.children[active].click();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && box.value.trim() !== "") {
    event.preventDefault();
    if (panel.hidden) look();
    else move(event.key === "ArrowDown" ? 1 : -1);
  }
});
panel.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
form.addEventListener("focusout", (event) => {
  if (!form.contains(event.relatedTarget)) close();
});

// On the page of the search: all that fits what the address asks for.

const results = document.querySelector(".td-results");
const asked = new URLSearchParams(location.search).get("q") ?? "";
if (results && asked.trim() !== "") {
  box.value = asked;
  results.hidden = false;
  const count = results.querySelector(".td-results__count");
  loaded().then(
    (entries) => {
      const result = search(entries, asked);
      count.textContent = told(result, form.dataset.noneHere);
      results.querySelector("ol").replaceChildren(
        ...result.found.slice(0, MOST_ON_PAGE).map((entry) => {
          const item = document.createElement("li");
          item.append(linkTo(entry));
          return item;
        }),
      );
    },
    () => {
      count.textContent = form.dataset.failed;
    },
  );
}
