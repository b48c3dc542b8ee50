// Single keys as shortcuts, never while a person types or chooses something.

const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox], [role=listbox]";

/** Tells `dotnet.OnKey` about the keys in `keys`; call `dispose` on the answer to stop. */
export function listen(dotnet, keys) {
  const onKey = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keys.includes(event.key)) return;
    if (event.target.closest?.(typing) || document.querySelector("dialog[open]")) return;
    dotnet.invokeMethodAsync("OnKey", event.key);
  };
  document.addEventListener("keydown", onKey);
  return { dispose: () => document.removeEventListener("keydown", onKey) };
}

export function open(dialog) {
  dialog.showModal();
}

export function click(selector) {
  document.querySelector(selector)?.click();
}
