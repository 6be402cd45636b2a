// The link to the other language keeps what the address asks for: chosen areas, a search, a place in
// the page. It is worked out when it is about to be used, since choices change the address.

const link = document.querySelector(".td-language");

if (link) {
  const plain = link.getAttribute("href");
  const renew = () => link.setAttribute("href", plain + location.search + location.hash);
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, renew);
}
