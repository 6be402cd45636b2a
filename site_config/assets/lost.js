// On the page for addresses that do not exist: addresses of this site are small letters without
// marks. One that was typed with others is tried once more as it should be.
//
// It is put together from its parts, below the place where this site begins, so that nothing in it
// is read as the name of another host, or as a way out: "/%2Fhost/", "/%5Chost/", "/%2F../".

const asMeant = (part) =>
  part
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/[\s_]+/g, "-");

const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return ""; // no address of ours: nothing is tried
  }
};

const root = new URL("../", import.meta.url).pathname;
if (location.pathname.startsWith(root)) {
  const written = decoded(location.pathname.slice(root.length));
  const parts = written.split(/[/\\]/).map(asMeant);
  const kept = parts.filter((part) => !["", ".", ".."].includes(part));
  const ending = kept.length && parts.at(-1) === "" ? "/" : "";
  const meant = kept.join("/") + ending;
  if (kept.length && meant !== written) {
    const path = kept.map(encodeURIComponent).join("/") + ending;
    location.replace(root + path + location.search + location.hash);
  }
}
