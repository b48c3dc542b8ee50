// Small things a component asks of the browser.

/** Marks the page as alive: from now on clicks reach the server. */
export function ready() {
  document.documentElement.dataset.ready = "";
}

// A menu closes when something else is chosen, and with Escape.
document.addEventListener("click", event => closeMenus(menu => !menu.contains(event.target)));
document.addEventListener("keydown", event => { if (event.key === "Escape") closeMenus(() => true); });

function closeMenus(which) {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (which(menu)) menu.open = false;
}

/** Saves text as a file. */
export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Brings an element into view and puts the focus on it. */
export function show(selector) {
  const element = document.querySelector(selector);
  element?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  element?.focus({ preventScroll: true });
}
