// The board over a page that is being corrected: boxes, corners, and the points of a new trace, in pixels of the picture.

const svgNames = "http://www.w3.org/2000/svg";
const handle = 8, least = 12; // px on the screen, px of the page
const step = 2, largeStep = 20; // px of the page a key moves by
const settled = 600; // ms without a key until a box is told

/** Draws on the `svg` of `view` what `show` says, and tells `dotnet` what the person does to it. */
export function attach(view, dotnet) {
  // The person went on before this arrived.
  if (!view) return { show() {}, takeBack() {}, dispose() {} };
  const stop = new AbortController();
  const on = (target, name, act, options) => target.addEventListener(name, act, { signal: stop.signal, ...options });
  const board = view.querySelector("svg"), picture = view.querySelector("img");
  let now = null, drag = null, waiting = 0, edited = null, points = [], path = null, cross = null, asked = 0;

  function show(next) {
    [now, drag, points, path, cross] = [next, null, [], null, null];
    if (edited) {
      // What the keys did to a box while an earlier edit was at work comes on top of it.
      const { key, x, y, width, height } = edited;
      Object.assign(now.leads.find(lead => lead.key === key) ?? {}, { x, y, width, height });
      tellEdited();
    }
    draw();
  }

  function draw() {
    if (!now) return;
    const focused = board.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    const shown = board.getBoundingClientRect().width / (Number(getComputedStyle(view.querySelector(".paper")).getPropertyValue("--zoom")) || 1);
    board.style.setProperty("--handle", `${handle * board.viewBox.baseVal.width / Math.max(1, shown)}px`);
    board.style.setProperty("--label", `${now.label}px`);
    board.replaceChildren(...{ leads: boxes, trace: strokes, page: sheet }[now.mode]());
    board.classList.toggle("drawing", now.mode === "trace");
    // What is shown, for who waits for it.
    Object.assign(board.dataset, { result: now.id, mode: now.mode, selected: now.selected });
    board.ariaBusy = !picture.complete;
    if (focused) board.querySelector(`[data-name="${focused}"]`)?.focus({ preventScroll: true });
  }

  // Boxes

  function boxes() {
    // The chosen one last: it lies above the others.
    return [...now.leads].sort((a, b) => (a.key === now.selected) - (b.key === now.selected)).map(lead => {
      const chosen = lead.key === now.selected;
      const group = element("g", { class: `box${chosen ? " chosen" : ""}${lead.mine ? " mine" : ""}`, "data-lead": lead.key });
      const rect = element("rect", { x: lead.x, y: lead.y, width: lead.width, height: lead.height, tabindex: 0, role: "button", "data-name": lead.key, "aria-pressed": chosen, "aria-label": `Box of ${lead.name}. Arrows move it, with Shift they size it.` });
      group.append(rect, label(lead.x + lead.width - now.label / 2, lead.y + now.label / 3, lead.name));
      if (chosen)
        for (const [right, bottom, where] of [[0, 0, "top left"], [1, 0, "top right"], [1, 1, "bottom right"], [0, 1, "bottom left"]])
          group.append(element("circle", { class: "handle", cx: lead.x + right * lead.width, cy: lead.y + bottom * lead.height, "data-right": right, "data-bottom": bottom, "aria-hidden": true }, `Size: ${where}`));
      return group;
    });
  }

  function select(key) {
    if (now.selected === key) return;
    now.selected = key;
    dotnet.invokeMethodAsync("OnSelect", key);
    draw();
  }

  function bounded(lead) {
    const { width, height } = board.viewBox.baseVal;
    lead.width = Math.round(Math.min(width, Math.max(least, lead.width)));
    lead.height = Math.round(Math.min(height, Math.max(least, lead.height)));
    lead.x = Math.round(Math.min(width - lead.width, Math.max(0, lead.x)));
    lead.y = Math.round(Math.min(height - lead.height, Math.max(0, lead.y)));
    return lead;
  }

  const tellBox = lead => dotnet.invokeMethodAsync("OnBox", lead.key, lead.x, lead.y, lead.width, lead.height);

  function tellEdited() {
    clearTimeout(waiting);
    tellBox(edited);
    edited = null;
  }

  function moveBox(event) {
    const at = place(event), dx = at.x - drag.from.x, dy = at.y - drag.from.y, { was } = drag;
    const next = { ...was };
    if (drag.right === undefined) { next.x += dx; next.y += dy; }
    if (drag.right === "1") next.width += dx;
    if (drag.right === "0") { next.width = Math.max(least, was.width - dx); next.x = was.x + was.width - next.width; }
    if (drag.bottom === "1") next.height += dy;
    if (drag.bottom === "0") { next.height = Math.max(least, was.height - dy); next.y = was.y + was.height - next.height; }
    Object.assign(drag.lead, bounded(next));
    draw();
  }

  // Corners

  function sheet() {
    const outline = element("polygon", { class: "sheet", points: now.corners.map(corner => corner.join()).join(" ") });
    return [outline, ...now.corners.map(([x, y], i) => element("circle", {
      class: "handle", cx: x, cy: y, tabindex: 0, role: "button", "data-name": `corner-${i}`, "data-corner": i,
      "aria-label": `${["Top left", "Top right", "Bottom right", "Bottom left"][i]} corner. Arrows move it.`,
    }))];
  }

  function moveCorner(i, x, y) {
    now.corners[i] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
    draw();
  }

  const tellCorners = () => dotnet.invokeMethodAsync("OnCorners", now.corners);

  // A new trace

  function strokes() {
    const made = now.leads.filter(lead => lead.key === now.selected).map(lead => element("rect", { class: "strip", x: lead.x, y: lead.y, width: lead.width, height: lead.height }));
    if (path) made.push(element("polyline", { class: "path", points: path.map(at => at.join()).join(" ") }));
    made.push(...points.map(([x, y]) => element("circle", { class: "point", cx: x, cy: y })));
    if (cross) made.push(element("path", { class: "cross", d: `M${cross.x - 30} ${cross.y}h60M${cross.x} ${cross.y - 30}v60` }));
    return made;
  }

  async function setPoints(next) {
    points = next;
    path = null;
    draw();
    const mine = ++asked;
    const found = await dotnet.invokeMethodAsync("OnPoints", points);
    if (mine !== asked) return;
    path = found;
    draw();
  }

  const takeBack = () => { if (points.length > 0) setPoints(points.slice(0, -1)); };

  function addPoint({ x, y }) {
    const { width, height } = board.viewBox.baseVal;
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    // The first point chooses the lead it lies in.
    const inside = lead => x >= lead.x && x < lead.x + lead.width && y >= lead.y && y < lead.y + lead.height;
    const hit = now.leads.filter(inside);
    if (points.length === 0 && hit.length > 0 && !hit.some(lead => lead.key === now.selected)) select(hit[0].key);
    setPoints([...points, [Math.round(x * 10) / 10, Math.round(y * 10) / 10]]);
  }

  // What the person does

  function place(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(board.getScreenCTM().inverse());
  }

  on(board, "pointerdown", event => {
    if (event.button !== 0 || !event.isPrimary || now?.mode === "trace") return;
    const corner = event.target.dataset.corner, key = event.target.closest("[data-lead]")?.dataset.lead;
    if (corner === undefined && !key) return;
    // A finger scrolls over boxes; it moves the one that was tapped before.
    if (event.pointerType === "touch" && corner === undefined && key !== now.selected) return;
    event.stopPropagation(); // or the page would move along
    event.preventDefault();
    if (corner !== undefined) {
      drag = { corner: Number(corner) };
      event.target.focus({ preventScroll: true });
      return;
    }
    const { right, bottom } = event.target.dataset, lead = now.leads.find(one => one.key === key);
    select(key);
    board.querySelector(`[data-name="${key}"]`).focus({ preventScroll: true });
    drag = { lead, was: { ...lead }, from: place(event), right, bottom };
  });
  on(window, "pointermove", event => {
    if (!drag || !event.isPrimary) return;
    if (drag.lead) moveBox(event);
    else { const at = place(event); moveCorner(drag.corner, at.x, at.y); }
  });
  on(window, "pointerup", event => {
    if (!drag || !event.isPrimary) return;
    const { lead, was } = drag;
    drag = null;
    if (!lead) tellCorners();
    else if (["x", "y", "width", "height"].some(side => lead[side] !== was[side])) tellBox(lead);
  });
  on(window, "pointercancel", () => { drag = null; });

  on(board, "click", event => {
    const key = event.target.closest("[data-lead]")?.dataset.lead;
    if (now?.mode === "trace") addPoint(place(event));
    else if (key) select(key);
  });
  on(board, "dblclick", event => event.stopPropagation());

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  on(view, "keydown", event => {
    if (!now || event.altKey || event.metaKey) return;
    const [dx, dy] = (moves[event.key] ?? [0, 0]).map(way => way * (event.ctrlKey ? largeStep : step));
    const taken = now.mode === "trace" ? keyOnTrace(event, dx, dy) : dx || dy ? keyOnBoard(event, dx, dy) : false;
    if (!taken) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // or the page would move as well
  }, { capture: true });

  function keyOnBoard(event, dx, dy) {
    const { corner } = event.target.dataset, lead = now.leads.find(one => one.key === event.target.closest("[data-lead]")?.dataset.lead);
    if (corner !== undefined) {
      moveCorner(corner, now.corners[corner][0] + dx, now.corners[corner][1] + dy);
      tellCorners();
    } else if (lead) {
      select(lead.key);
      Object.assign(lead, bounded(event.shiftKey ? { ...lead, width: lead.width + dx, height: lead.height + dy } : { ...lead, x: lead.x + dx, y: lead.y + dy }));
      draw();
      clearTimeout(waiting);
      edited = lead;
      waiting = setTimeout(tellEdited, settled);
    } else {
      return false;
    }
    return true;
  }

  function keyOnTrace(event, dx, dy) {
    const strip = now.leads.find(lead => lead.key === now.selected);
    if (dx || dy) {
      cross ??= { x: strip.x + strip.width / 2, y: strip.y + strip.height / 2 };
      cross = { x: cross.x + dx, y: cross.y + dy };
      draw();
    } else if (event.key === "Enter") {
      const last = points.at(-1);
      if (path && (!cross || (last && Math.abs(last[0] - cross.x) < 1 && Math.abs(last[1] - cross.y) < 1))) dotnet.invokeMethodAsync("AcceptAsync");
      else if (cross) addPoint(cross);
    } else if (event.key === "Backspace") {
      takeBack();
    } else if (event.key === "Escape" && points.length > 0) {
      setPoints([]);
    } else {
      return false;
    }
    return true;
  }

  on(document, "keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, select")) return;
    const what = { z: event.shiftKey ? "RedoAsync" : "UndoAsync", y: "RedoAsync" }[event.key.toLowerCase()];
    if (!what) return;
    event.preventDefault();
    dotnet.invokeMethodAsync(what);
  });

  on(picture, "load", draw);
  on(window, "resize", draw);

  function label(x, y, text) {
    const made = element("text", { x, y, "text-anchor": "end", "dominant-baseline": "hanging", "aria-hidden": true });
    made.textContent = text;
    return made;
  }

  return { show, takeBack, dispose: () => { clearTimeout(waiting); stop.abort(); } };
}

function element(name, attributes, title) {
  const made = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (title) made.append(Object.assign(document.createElementNS(svgNames, "title"), { textContent: title }));
  return made;
}
