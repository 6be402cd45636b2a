// The links to the other languages keep what the address asks for: chosen areas, a search, a place in
// the page. It is worked out when it is about to be used, since choices change the address.

for (const link of document.querySelectorAll(".td-language")) {
  const plain = link.getAttribute("href");
  const renew = () => link.setAttribute("href", plain + location.search + location.hash);
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, renew);
}
