// ECG paper with the digitized leads on it: 1 mm is one unit of the drawing. Calipers measure ms and mV.

const svgNames = "http://www.w3.org/2000/svg";
const margin = 6; // mm around the traces
const pulseWidth = 5, pulseRoom = 9; // mm: the calibration pulse at the left, and what it needs
const keyStep = 0.5; // mm a key moves the caliper
const tap = 0.7; // mm a pointer may move in a tap

const names = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

const arrangements = {
  "3x4": { rows: 3, columns: 4, rowHeight: 28, leads: names },
  "6x2": { rows: 6, columns: 2, rowHeight: 24, leads: names },
  "12x1": { rows: 12, columns: 1, rowHeight: 18, leads: names },
};

/** Draws the table at `address` into `paper`, over the one at `settings.truth` if there is one, and tells `readout` what the caliper measures. */
export async function attach(paper, readout, address, settings) {
  // The person went on before this arrived.
  if (!paper) return { draw() {}, dispose() {} };
  const stop = new AbortController();
  const [table, truth] = await Promise.all([address, settings.truth].map(async from => {
    if (!from) return null;
    const answer = await fetch(from, { signal: stop.signal });
    if (!answer.ok) throw new Error(`The signals could not be fetched (${answer.status}).`);
    return read(await answer.text());
  }));
  let caliper = null; // { ax, ay, bx, by } in mm
  let scale = settings, drawing = null, from = null, half = null; // half: the first of two taps

  function draw(next) {
    scale = next ?? scale;
    caliper = half = null;
    drawing = sheet(table, scale, truth);
    paper.replaceChildren(drawing);
    tell();
  }

  function place(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    return { x: at.x, y: at.y };
  }

  function tell() {
    drawing.querySelector(".caliper")?.remove();
    if (!caliper) {
      readout.textContent = "Drag over the paper, or tap twice, to measure.";
      return;
    }
    const { ax, ay, bx, by } = caliper;
    const box = element("g", { class: "caliper" });
    box.append(
      element("rect", { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) }),
      element("path", { d: `M${ax} ${ay - 3}V${ay + 3}M${bx} ${by - 3}V${by + 3}` }));
    drawing.append(box);
    const ms = Math.abs(bx - ax) / scale.speed * 1000, mv = Math.abs(by - ay) / scale.gain;
    readout.textContent = `${ms.toFixed(0)} ms${ms >= 200 ? ` (${(60000 / ms).toFixed(0)}/min)` : ""} · ${mv.toFixed(2)} mV`;
  }

  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: stop.signal });
  function span(a, b) {
    caliper = { ax: a.x, ay: a.y, bx: b.x, by: b.y };
    tell();
  }
  on(paper, "pointerdown", event => { if (event.button === 0 && event.isPrimary && drawing.contains(event.target)) from = place(event); });
  // Fingers scroll the paper; they measure by two taps.
  on(paper, "pointermove", event => {
    if (!from || event.pointerType === "touch") return;
    const to = place(event);
    if (Math.hypot(to.x - from.x, to.y - from.y) > tap) { half = null; span(from, to); }
  });
  on(paper, "pointerup", event => {
    if (!from) return;
    const to = place(event);
    if (Math.hypot(to.x - from.x, to.y - from.y) <= tap) {
      if (half) { span(half, to); half = null; } else { half = to; span(to, to); }
    }
    from = null;
  });
  on(paper, "pointercancel", () => { from = null; });
  on(paper, "keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = { ArrowLeft: [-keyStep, 0], ArrowRight: [keyStep, 0], ArrowUp: [0, -keyStep], ArrowDown: [0, keyStep] }[event.key];
    if (event.key === "Enter") {
      const box = drawing.viewBox.baseVal;
      caliper = { ax: box.width / 2, ay: box.height / 2, bx: box.width / 2 + scale.speed / 5, by: box.height / 2 };
    } else if (event.key === "Escape" && caliper) {
      caliper = null;
    } else if (move && caliper) {
      // With Shift the beginning moves, otherwise the end.
      const [x, y] = event.shiftKey ? ["ax", "ay"] : ["bx", "by"];
      caliper[x] += move[0];
      caliper[y] += move[1];
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    tell();
  });

  draw();
  return { draw, dispose: () => stop.abort() };
}

/** Columns of mV by name, undefined where the page shows nothing, and the times. */
function read(text) {
  const [header, ...rows] = text.trimEnd().split("\n");
  const columns = header.trim().split(",").slice(1);
  const values = new Map(columns.map(name => [name, new Float32Array(rows.length).fill(NaN)]));
  const arrays = [...values.values()];
  const times = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const cells = row.trim().split(",");
    times[i] = Number(cells[0]);
    arrays.forEach((array, k) => { if (cells[k + 1]) array[i] = Number(cells[k + 1]); });
  });
  return { times, values };
}

function sheet(table, { arrangement, speed, gain }, truth) {
  // A record has leads of its own names, each over its whole time.
  const { rows, columns, rowHeight, leads } = arrangements[arrangement] ?? { rows: table.values.size, columns: 1, rowHeight: 24, leads: [...table.values.keys()] };
  const strips = columns > 1 ? longest(table) : [];
  const step = table.times.length > 1 ? table.times[1] - table.times[0] : 0.002;
  const seconds = table.times.length * step, part = seconds / columns;
  const width = 2 * margin + pulseRoom + seconds * speed, height = 2 * margin + (rows + strips.length) * rowHeight;
  const svg = element("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", style: `min-width: ${(width * 0.55).toFixed(0)}mm; aspect-ratio: ${width} / ${height}`,
    "aria-label": `${leads.length} leads on ECG paper, ${speed} mm/s, ${gain} mm/mV`,
  });
  svg.append(grid(width, height));
  for (let row = 0; row < rows + strips.length; row++) {
    const zero = margin + (row + 0.5) * rowHeight;
    svg.append(element("path", { class: "pulse", d: `M${margin} ${zero}h1v${-gain}h${pulseWidth}v${gain}h1` }));
    const cells = row < rows ? Array.from({ length: columns }, (_, column) => leads[column * rows + row]) : [strips[row - rows]];
    cells.forEach((name, column) => {
      const from = row < rows ? column * part : 0, to = row < rows ? from + part : seconds;
      if (truth) svg.append(...trace(truth, name, from, to, truth.times[1] - truth.times[0], margin + pulseRoom, zero, speed, gain, "truth"));
      svg.append(...trace(table, name, from, to, step, margin + pulseRoom, zero, speed, gain));
    });
  }
  return svg;
}

/** Leads that are known over nearly the whole time while others are not: what the page prints as rhythm strips. */
function longest({ values, times }) {
  const shares = names.map(name => values.get(name)?.reduce((sum, mv) => sum + (Number.isNaN(mv) ? 0 : 1), 0) / times.length || 0);
  return shares.some(share => share > 0 && share < 0.6) ? names.filter((_, i) => shares[i] > 0.8) : [];
}

function trace({ values, times }, name, from, to, step, left, zero, speed, gain, kind = "trace") {
  // A lead that is printed twice: the column's own piece stands in the column.
  const mv = to - from < times.length * step * 0.9 && values.get(`${name}@column`) || values.get(name);
  const x = left + from * speed;
  const label = element("text", { x: x + 0.8, y: zero - 9 });
  label.textContent = name;
  if (!mv) return [label];
  const first = Math.max(0, Math.round(from / step)), last = Math.min(times.length, Math.round(to / step));
  // Columns that all begin at second 0 are drawn side by side all the same.
  let shift = 0;
  if (mv.subarray(first, last).every(Number.isNaN)) shift = mv.findIndex(value => !Number.isNaN(value)) - first;
  if (shift < -first) return [label];
  let path = "", pen = "M";
  for (let i = first; i < last; i++) {
    const value = mv[i + shift];
    if (value === undefined || Number.isNaN(value)) { pen = "M"; continue; }
    path += `${pen}${(left + i * step * speed).toFixed(2)} ${(zero - value * gain).toFixed(2)}`;
    pen = "L";
  }
  return [element("path", { class: kind, d: path, "data-lead": name }), label];
}

export function grid(width, height) {
  const lines = (every, offset = 0) => {
    let path = "";
    for (let x = offset; x <= width; x += every) path += `M${x} 0V${height}`;
    for (let y = offset; y <= height; y += every) path += `M0 ${y}H${width}`;
    return path;
  };
  const group = element("g", { class: "grid" });
  group.append(element("path", { class: "fine", d: lines(1) }), element("path", { class: "coarse", d: lines(5) }));
  return group;
}

export function element(name, attributes) {
  const made = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
