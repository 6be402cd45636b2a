// Whoever reads a page long after a release should have come is told that the site was not built
// since: a host may have switched its schedule off. A day is left to the hosts, which are slow.

const GRACE = 26 * 60 * 60 * 1000;
const banner = document.querySelector("[data-due]");

if (banner && Date.now() > Date.parse(banner.dataset.due) + GRACE) banner.hidden = false;
