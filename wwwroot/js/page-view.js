// Zoom and pan of the page's picture: wheel, drag, two fingers, keys, buttons.

const most = 8;
const step = 1.3;
const panStep = 60; // px

/** Makes `view` move the `.paper` in it. */
export function attach(view) {
  // The person went on before this arrived.
  if (!view) return { dispose() {} };
  const stop = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { signal: stop.signal, ...options });
  const paper = view.querySelector(".paper");
  const picture = paper.querySelector("img");
  const boxes = paper.querySelector("svg");
  const fingers = new Map();
  let scale = 1, x = 0, y = 0, spread = 0, moved = 0;

  function draw() {
    const { clientWidth: width, clientHeight: height } = view;
    x = Math.min(0, Math.max(width - paper.offsetWidth * scale, x));
    y = Math.min(0, Math.max(Math.min(0, height - paper.offsetHeight * scale), y));
    paper.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`;
    paper.style.setProperty("--zoom", scale);
    view.classList.toggle("zoomed", scale > 1);
  }

  function zoom(factor, clientX, clientY) {
    const frame = view.getBoundingClientRect();
    const atX = (clientX ?? frame.left + frame.width / 2) - frame.left;
    const atY = (clientY ?? frame.top + frame.height / 2) - frame.top;
    const next = Math.min(most, Math.max(1, scale * factor));
    x = atX - (atX - x) * next / scale;
    y = atY - (atY - y) * next / scale;
    scale = next;
    draw();
  }

  function pan(dx, dy) {
    x += dx;
    y += dy;
    draw();
  }

  function fit() {
    scale = 1;
    x = y = 0;
    draw();
  }

  // The boxes are in pixels of the upright page, which the picture has.
  function measure() {
    if (picture.naturalWidth > 0) {
      paper.style.aspectRatio = `${picture.naturalWidth} / ${picture.naturalHeight}`;
      boxes.setAttribute("viewBox", `0 0 ${picture.naturalWidth} ${picture.naturalHeight}`);
    }
    draw();
  }

  on(view, "wheel", event => {
    // Away from the page as a whole the wheel scrolls on.
    if (event.deltaY > 0 && scale === 1) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), event.clientX, event.clientY);
  }, { passive: false });

  on(view, "pointerdown", event => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event);
    moved = 0;
    spread = 0;
  });
  on(window, "pointermove", event => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1 && scale > 1) {
      const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
      moved += Math.abs(dx) + Math.abs(dy);
      pan(dx, dy);
    } else if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (spread > 0) zoom(now / spread, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
      spread = now;
      moved += 10;
    }
  });
  for (const end of ["pointerup", "pointercancel"])
    on(window, end, event => { fingers.delete(event.pointerId); spread = 0; });
  // A drag is no click on a lead.
  on(view, "click", event => { if (moved > 5) { event.stopPropagation(); event.preventDefault(); } moved = 0; }, { capture: true });
  on(view, "dragstart", event => event.preventDefault());
  on(view, "dblclick", event => zoom(2, event.clientX, event.clientY));

  on(view, "keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      "+": () => zoom(step), "=": () => zoom(step), "-": () => zoom(1 / step), "0": fit,
      ArrowLeft: () => pan(panStep, 0), ArrowRight: () => pan(-panStep, 0),
      ArrowUp: () => pan(0, panStep), ArrowDown: () => pan(0, -panStep),
    }[event.key];
    if (!act || (event.key.startsWith("Arrow") && scale === 1)) return;
    event.preventDefault();
    act();
  });

  on(picture, "load", measure);
  on(window, "resize", draw);
  measure();
  return { zoomIn: () => zoom(step), zoomOut: () => zoom(1 / step), fit, dispose: () => stop.abort() };
}
