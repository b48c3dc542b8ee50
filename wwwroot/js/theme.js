// Light or dark before anything is painted: the person's choice, else the system's.
(() => {
  const key = "ecg.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function apply() {
    const theme = localStorage.getItem(key) ?? (system.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    for (const sheet of document.querySelectorAll("link[data-for-theme]"))
      sheet.media = sheet.dataset.forTheme === theme ? "all" : "not all";
  }

  apply();
  system.addEventListener("change", apply);
  document.addEventListener("click", event => {
    if (!event.target.closest("[data-theme-switch]")) return;
    const dark = document.documentElement.dataset.theme === "dark";
    // Choosing what the system has is no choice: it follows the system again.
    if (dark === system.matches) localStorage.setItem(key, dark ? "light" : "dark");
    else localStorage.removeItem(key);
    apply();
  });
})();
