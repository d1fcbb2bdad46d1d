async (frame, path, what, value) => {
  const frames = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const until = performance.now() + 5000;
  const find = () => {
    let scope = document;
    if (frame) {
      const inner = document.querySelector(frame)?.contentDocument;
      if (inner?.readyState !== "complete") return null;
      scope = inner;
    }
    for (const css of path) {
      scope = (scope.shadowRoot ?? scope).querySelector(css);
      if (!scope) return null;
    }
    return scope;
  };
  const ready = (element) => {
    if (!element) return false;
    if (what === "text") return true;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && !element.disabled;
  };
  let element = find();
  while (!ready(element)) {
    if (performance.now() > until) throw new Error(`never ready: ${path}`);
    await frames();
    element = find();
  }
  if (what === "text") return element.textContent.trim();
  if (what === "checked") return element.checked;
  if (what === "focus" || what === "insert") {
    element.focus();
    element.select?.();
    return what === "focus" || (element.ownerDocument.execCommand("insertText", false, value) && element.value === value);
  }
  if (what === "select") {
    element.value = value;
    element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
    return element.value === value;
  }
  element.scrollIntoViewIfNeeded?.(false);
  let box = element.getBoundingClientRect();
  // A client that checks nothing asks for the place alone.
  while (what === "point") {
    await frames();
    const next = element.getBoundingClientRect();
    if (next.x === box.x && next.y === box.y && next.width === box.width && next.height === box.height) break;
    box = next;
  }
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  let hit = element.ownerDocument.elementFromPoint(x, y);
  while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit)
    hit = hit.shadowRoot.elementFromPoint(x, y);
  if (what === "point" && !(hit === element || element.contains(hit) || hit?.contains(element))) throw new Error(`covered: ${path}`);
  let [left, top] = [0, 0];
  if (frame) {
    const owner = document.querySelector(frame);
    const outer = owner.getBoundingClientRect();
    left = outer.x + owner.clientLeft;
    top = outer.y + owner.clientTop;
  }
  return [x + left, y + top];
};
