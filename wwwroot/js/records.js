// The files of a recording travel as one: a WFDB header and what it names become a ZIP without compression.

const parts = /\.(hea|dat|mat|csv)$/i;
const inFolders = /\.(hea|dat|mat)$/i;

/** Whether a file of a folder belongs to a recording; tables of a folder may be anything. */
export const isPart = name => inFolders.test(name);

/** The chosen files, with those of each recording packed into one that is named like its header. */
export async function pack(chosen) {
  if (!chosen.some(file => parts.test(file.name))) return chosen;
  const byName = new Map(chosen.map(file => [file.name, file]));
  const taken = new Set(), packed = [];
  for (const header of chosen.filter(file => /\.hea$/i.test(file.name))) {
    if (taken.has(header)) continue;
    const files = await named(header, byName, new Set());
    files.forEach(file => taken.add(file));
    packed.push({ header, file: new File([await zip(files)], header.name, { type: "application/zip" }) });
  }
  // A header of segments takes their headers along: what was packed by itself before is not sent twice.
  const alone = chosen.filter(file => !taken.has(file) && !/\.(atr|qrs|ari|xws)$/i.test(file.name));
  const segments = new Set();
  for (const { header } of packed)
    for (const file of await named(header, byName, new Set())) if (file !== header) segments.add(file);
  return [...alone, ...packed.filter(({ header }) => !segments.has(header)).map(({ file }) => file)];
}

/** A header, the files it names, and those its segments name. */
async function named(header, byName, seen) {
  if (seen.has(header)) return [];
  seen.add(header);
  const lines = (await header.text()).split("\n").filter(line => line.trim() && !line.startsWith("#"));
  const isWhole = lines[0]?.split(/\s+/)[0].includes("/");
  const found = [header];
  for (const line of lines.slice(1)) {
    const name = line.split(/\s+/)[0];
    const file = byName.get(isWhole ? `${name}.hea` : name);
    if (file && isWhole) found.push(...await named(file, byName, seen));
    else if (file && !found.includes(file)) found.push(file);
  }
  return found;
}

/** A ZIP archive whose entries are stored as they are (APPNOTE.TXT 4.3). */
async function zip(files) {
  const encoder = new TextEncoder();
  const body = [], directory = [];
  let offset = 0;
  for (const file of files) {
    const name = encoder.encode(file.name), bytes = new Uint8Array(await file.arrayBuffer());
    // Version 2.0, names in UTF-8, stored, 1 January 1980.
    const common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]];
    const local = fields([[0x04034b50, 4], ...common]);
    directory.push(fields([[0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]), name);
    body.push(local, name, bytes);
    offset += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = fields([[0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2]]);
  return new Blob([...body, ...directory, end]);
}

function fields(values) {
  const bytes = new Uint8Array(values.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of values) {
    if (size === 4) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    at += size;
  }
  return bytes;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff];
  return ~crc >>> 0;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
