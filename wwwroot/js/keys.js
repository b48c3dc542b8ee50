// Single keys as shortcuts, never while a person types or chooses something.

const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox], [role=listbox]";

const heard = new Set();
const tell = () => { document.documentElement.dataset.keys = [...heard].flat().join(" "); };

/** Tells `dotnet.OnKey` about the keys in `keys`, which stand in the page's `data-keys` as long; call `dispose` on the answer to stop. */
export function listen(dotnet, keys) {
  const onKey = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keys.includes(event.key)) return;
    if (event.target.closest?.(typing) || document.querySelector("dialog[open]")) return;
    dotnet.invokeMethodAsync("OnKey", event.key);
  };
  document.addEventListener("keydown", onKey);
  heard.add(keys);
  tell();
  return { dispose: () => { document.removeEventListener("keydown", onKey); heard.delete(keys); tell(); } };
}

export function open(dialog) {
  dialog.showModal();
}

export function click(selector) {
  document.querySelector(selector)?.click();
}
