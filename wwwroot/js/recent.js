// The results this browser has seen: ids and names only, in localStorage.

const key = "ecg.recent";
const most = 24;

export function list() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return []; // somebody else's value; the next write replaces it
  }
}

export function remember(id, name) {
  write([{ id, name }, ...list().filter(entry => entry.id !== id)].slice(0, most));
}

export function forget(id) {
  write(list().filter(entry => entry.id !== id));
}

/** A corrected result in the place of the one it came from. */
export function replace(id, corrected) {
  write(list().map(entry => entry.id === id ? { ...entry, id: corrected } : entry));
}

function write(entries) {
  localStorage.setItem(key, JSON.stringify(entries));
}
