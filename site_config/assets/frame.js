// The links to the other languages keep what the address asks for: chosen areas, a search, a place in
// the page. It is worked out when it is about to be used, since choices change the address.

for (const link of document.querySelectorAll(".td-language")) {
  const plain = link.getAttribute("href");
  const renew = () => link.setAttribute("href", plain + location.search + location.hash);
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, renew);
}

// The colours that were chosen at the foot of a page are those of the next one too. Choosing works
// without this script, for the page at hand.

const looks = document.querySelectorAll(".td-look input");
let kept = null;
try { kept = localStorage.getItem("look"); } catch { /* a reader who lets nothing be kept */ }
for (const look of looks) {
  if (look.value === kept) look.checked = true;
  look.addEventListener("change", () => {
    try { localStorage.setItem("look", look.value); } catch { /* as above */ }
  });
}
