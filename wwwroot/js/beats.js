// One lead on ECG paper with its beats' classes, R-R intervals, and what in the trace speaks for an answer. 1 mm is one unit of the drawing.
import { element, grid } from "./signals.js";

const margin = 4, above = 12, below = 9, speed = 25, gain = 10; // mm, mm/s, mm/mV
const least = 24; // mm of paper between the words above and below
const missing = -32768;

/** Draws `lead` of the recording at `address` (signals.hea, .dat) into `paper`; `beats` are {time, label, style, name}; `picked` is told a beat's index. */
export async function attach(paper, address, lead, startS, beats, view, dotnet) {
  // The person went on before this arrived.
  if (!paper) return { dispose() {} };
  const stop = new AbortController();
  const get = async name => {
    const answer = await fetch(`${address}/${name}`, { signal: stop.signal });
    if (!answer.ok) throw new Error(`The signals could not be fetched (${answer.status}).`);
    return answer;
  };
  const header = read(await (await get("signals.hea")).text(), lead);
  const samples = new DataView(await (await get("signals.dat")).arrayBuffer());
  let now = view, why = null, chosen = -1;

  function mv(index) {
    const at = 2 * (index * header.channels + header.channel);
    const value = at >= 0 && at + 1 < samples.byteLength ? samples.getInt16(at, true) : missing;
    return value === missing ? NaN : (value - header.baseline) / header.gain;
  }

  function draw() {
    const { from, seconds } = now;
    const first = Math.max(0, Math.ceil((from - startS) * header.rate)), last = Math.floor((from + seconds - startS) * header.rate);
    let low = Infinity, high = -Infinity, path = "", pen = "M";
    for (let i = first; i <= last; i++) {
      const value = mv(i);
      if (Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (!(high >= low)) [low, high] = [-1, 1];
    const tall = Math.max(least, (high - low) * gain + 4), zero = margin + above + 2 + (tall - (high - low) * gain) / 2 + high * gain - 2;
    const width = 2 * margin + seconds * speed, height = 2 * margin + above + tall + below;
    const x = time => margin + (time - from) * speed;
    for (let i = first; i <= last; i++) {
      const value = mv(i);
      if (Number.isNaN(value)) { pen = "M"; continue; }
      path += `${pen}${x(startS + i / header.rate).toFixed(2)} ${(zero - value * gain).toFixed(2)}`;
      pen = "L";
    }
    const svg = element("svg", {
      viewBox: `0 0 ${width} ${height}`, style: `min-width: ${(width * 0.55).toFixed(0)}mm; aspect-ratio: ${width} / ${height}`,
      role: "group", "aria-label": `Lead ${lead} from second ${from.toFixed(1)} to ${(from + seconds).toFixed(1)} with its beats`,
    });
    svg.append(grid(width, height));
    if (why) svg.append(colours(why, from, seconds, x, margin + above, tall));
    svg.append(element("path", { class: "trace", d: path, "data-lead": lead }));
    const label = element("text", { x: margin + 0.8, y: margin + above + 3 });
    label.textContent = lead;
    svg.append(label);
    beats.forEach((beat, index) => {
      if (beat.time < from || beat.time > from + seconds) return;
      svg.append(mark(beat, index, x(beat.time)));
      const next = beats[index + 1];
      if (next && next.time <= from + seconds) {
        const interval = element("text", { class: "interval", x: (x(beat.time) + x(next.time)) / 2, y: height - margin - 2, "text-anchor": "middle" });
        interval.textContent = `${Math.round((next.time - beat.time) * 1000)}`;
        svg.append(element("path", { class: "tick", d: `M${x(beat.time)} ${height - margin - 7}v6M${x(next.time)} ${height - margin - 7}v6` }), interval);
      }
    });
    paper.replaceChildren(svg);
  }

  function mark(beat, index, at) {
    const group = element("g", {
      class: `beat ${beat.style}${index === chosen ? " chosen" : ""}`, role: "button", tabindex: 0, "data-beat": index,
      "aria-label": `${beat.name} at ${beat.time.toFixed(2)} s. Shows why.`, "aria-pressed": index === chosen ? "true" : "false",
    });
    const text = element("text", { x: at, y: margin + 6.5, "text-anchor": "middle" });
    text.textContent = beat.label;
    group.append(element("rect", { x: at - 4, y: margin, width: 8, height: 9, rx: 1.5 }), text, element("path", { d: `M${at} ${margin + 9.2}v2.6` }));
    return group;
  }

  const on = (name, handler) => paper.addEventListener(name, handler, { signal: stop.signal });
  const pick = event => {
    const beat = event.target.closest?.(".beat");
    if (!beat) return false;
    dotnet.invokeMethodAsync("OnBeat", Number(beat.dataset.beat));
    return true;
  };
  on("click", pick);
  on("keydown", event => {
    if ((event.key === "Enter" || event.key === " ") && pick(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });

  draw();
  return {
    show: next => { now = next; draw(); },
    explain: (next, beat) => { why = next; chosen = beat; draw(); },
    dispose: () => stop.abort(),
  };
}

/** Warm where the trace speaks for the class, cool where it speaks against it; the strongest is full. */
function colours({ start, step, values }, from, seconds, x, top, tall) {
  const strongest = Math.max(...values.map(Math.abs), 1e-6);
  const group = element("g", { class: "why", "aria-hidden": "true" });
  values.forEach((value, index) => {
    const begin = Math.max(from, start + index * step), end = Math.min(from + seconds, start + (index + 1) * step);
    if (end <= begin || Math.abs(value) < strongest / 50) return;
    group.append(element("rect", {
      class: value > 0 ? "for" : "against", x: x(begin).toFixed(3), y: top, width: (x(end) - x(begin)).toFixed(3), height: tall,
      "fill-opacity": (0.75 * Math.abs(value) / strongest).toFixed(3), "data-value": value,
    }));
  });
  return group;
}

/** Where a lead's samples stand: the header of header(5) as the program writes it, sixteen bits a sample. */
function read(text, lead) {
  const [first, ...lines] = text.trimEnd().split("\n");
  const [, channels, rate] = first.split(" ");
  const channel = lines.findIndex(line => line.split(" ").slice(8).join(" ") === lead);
  if (channel < 0) throw new Error(`There is no lead ${lead}.`);
  const [, gain, baseline] = /^([\d.eE+-]+)\((-?\d+)\)/.exec(lines[channel].split(" ")[2]);
  return { channels: Number(channels), rate: Number(rate), channel, gain: Number(gain), baseline: Number(baseline) };
}
