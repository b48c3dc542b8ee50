// Files a person chose stay in the browser; .NET knows them by key and says when one is to be sent.
import { remember } from "./recent.js";
import { isPart, pack } from "./records.js";

const address = "/api/analyses";
const pictures = /\.(jpe?g|png|webp|bmp|tiff?|gif)$/i;
const describedAtOnce = 50;
const progressEvery = 100; // ms

const files = new Map();
const requests = new Map();
let lastKey = 0;

/** Takes files dropped anywhere, pasted, or chosen in an input of `area`; tells `dotnet.OnFiles`. */
export function listen(area, dotnet) {
  // The person went on before this arrived.
  if (!area) return { dispose() {} };
  const stop = new AbortController();
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: stop.signal });
  const hasFiles = event => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let depth = 0;
  const mark = () => area.classList.toggle("over", depth > 0);

  on(document, "dragenter", event => { if (hasFiles(event)) { depth++; mark(); } });
  on(document, "dragleave", event => { if (hasFiles(event)) { depth = Math.max(0, depth - 1); mark(); } });
  on(document, "dragover", event => { if (hasFiles(event)) event.preventDefault(); });
  on(document, "drop", async event => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    mark();
    take(await dropped(event.dataTransfer), dotnet);
  });
  on(document, "paste", event => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    take(pasted, dotnet);
  });
  for (const input of area.querySelectorAll("input[type=file]"))
    on(input, "change", () => {
      const chosen = [...input.files];
      take(input.webkitdirectory ? chosen.filter(file => pictures.test(file.name) || isPart(file.name)) : chosen, dotnet);
      input.value = "";
    });
  area.dataset.listening = "";
  return { dispose: () => stop.abort() };
}

/** Takes a file of the server, as if it had been chosen. */
export async function takeFrom(url, dotnet) {
  const answer = await fetch(url);
  const blob = await answer.blob();
  take([new File([blob], url.slice(url.lastIndexOf("/") + 1), { type: blob.type })], dotnet);
}

/** Sends a file; tells `OnProgress`, then `OnAccepted` or `OnRefused`. */
export function upload(key, dotnet) {
  const file = files.get(key);
  const request = new XMLHttpRequest();
  let told = 0;
  const refuse = (code, message) => dotnet.invokeMethodAsync("OnRefused", key, code, message);
  requests.set(key, request);
  request.upload.addEventListener("progress", event => {
    if (!event.lengthComputable || event.timeStamp - told < progressEvery) return;
    told = event.timeStamp;
    dotnet.invokeMethodAsync("OnProgress", key, event.loaded / event.total);
  });
  request.addEventListener("loadend", () => requests.delete(key));
  request.addEventListener("load", () => {
    if (request.status === 202) {
      const id = request.getResponseHeader("Location").split("/").pop();
      remember(id, file.name);
      dotnet.invokeMethodAsync("OnAccepted", key, id);
    } else {
      const problem = parse(request.responseText);
      refuse(problem.code ?? "network", problem.detail ?? `The server answered ${request.status}.`);
    }
  });
  request.addEventListener("error", () => refuse("network", "The connection broke while the file was sent."));
  request.addEventListener("abort", () => refuse("cancelled", "Stopped while it was sent."));
  const form = new FormData();
  form.append("file", file, file.name);
  request.open("POST", address);
  request.send(form);
}

export function cancel(key) {
  requests.get(key)?.abort();
}

export function forgetAll() {
  files.clear();
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // not from this server's API, for example a proxy's page
  }
}

async function take(chosen, dotnet) {
  const described = (await pack(chosen)).map(file => {
    files.set(++lastKey, file);
    return { key: lastKey, name: file.name, size: file.size };
  });
  for (let from = 0; from < described.length; from += describedAtOnce)
    await dotnet.invokeMethodAsync("OnFiles", described.slice(from, from + describedAtOnce));
}

async function dropped(transfer) {
  // Entries must be taken before the first await: the browser empties the transfer after the event.
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.every(entry => entry.isFile)) return [...transfer.files];
  const found = await Promise.all(entries.map(inside));
  return found.flat();
}

async function inside(entry) {
  if (entry.isFile)
    return pictures.test(entry.name) || isPart(entry.name) ? [await new Promise((resolve, reject) => entry.file(resolve, reject))] : [];
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    // A folder answers in portions; an empty one is the last.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(inside))).flat();
}
