// On the page for addresses that do not exist: addresses of this site are small letters without
// marks. One that was typed with others is tried once more as it should be.

const written = decodeURIComponent(location.pathname);
const meant = written
  .normalize("NFD")
  .replace(/\p{M}/gu, "")
  .replace(/[đĐ]/g, "d")
  .toLowerCase()
  .replace(/[\s_]+/g, "-");

if (meant !== written) location.replace(meant + location.search + location.hash);
