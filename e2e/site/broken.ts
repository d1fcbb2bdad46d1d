// Ways to spoil a page, so that a recording made on the whole page has to fail on it, at a known step:
//   remove:SELECTOR   the element is gone            rename:SELECTOR   every name it could be found by is changed
//   cover:SELECTOR    something lies on top of it    disable:SELECTOR  it is there but disabled
//   hide:SELECTOR     it is there but not visible    text:SELECTOR     its text is another one

const WAYS = ["remove", "rename", "cover", "disable", "hide", "text"] as const;
type Way = (typeof WAYS)[number];

export interface Breakage {
  readonly way: Way;
  readonly selector: string;
}

export function parseBreakage(how: string): Breakage {
  const colon = how.indexOf(":");
  const way = WAYS.find((one) => one === how.slice(0, colon));
  if (way === undefined) throw new Error(`no way to break a page is called "${how}"`);
  return { way, selector: how.slice(colon + 1) };
}

export function spoil(html: string, breakage: Breakage | undefined): string {
  if (breakage === undefined) return html;
  const script = `<script>(${spoiler})(${JSON.stringify(breakage).replaceAll("<", "\\u003c")});</script>`;
  const end = html.lastIndexOf("</body>");
  return end === -1 ? html + script : html.slice(0, end) + script + html.slice(end);
}

// Runs in the page. Elements may arrive later (frameworks, shadow roots), so it looks again at each change.
const spoiler = `function spoiler({ way, selector }) {
  const done = new WeakSet();
  const find = (root) => [...root.querySelectorAll(selector), ...[...root.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? find(one.shadowRoot) : []))];
  const rename = (element) => {
    for (const { name, value } of [...element.attributes]) {
      if (!["type", "style", "checked", "disabled"].includes(name) && value) element.setAttribute(name, "other-" + value.split(" ").join(" other-"));
    }
    for (const label of element.labels ?? []) label.querySelectorAll("*").length ? label.childNodes.forEach((node) => { if (node.nodeType === 3) node.data = "Something else"; }) : (label.textContent = "Something else");
    if (!element.children.length && element.textContent) element.textContent = "Something else";
    const shell = document.createElement("div"); element.replaceWith(shell); shell.append(document.createElement("p"), element);
  };
  const cover = (element) => {
    const veil = document.createElement("div"); veil.id = "veil"; veil.textContent = "In the way";
    const place = () => { const box = element.getBoundingClientRect(); veil.style.cssText = "position:fixed;z-index:99999;background:#c338;left:" + (box.x - 4) + "px;top:" + (box.y - 4) + "px;width:" + (box.width + 8) + "px;height:" + (box.height + 8) + "px"; requestAnimationFrame(place); };
    document.body.append(veil); place();
  };
  const ways = { remove: (one) => one.remove(), rename, cover, disable: (one) => { one.disabled = true; }, hide: (one) => { one.style.setProperty("display", "none", "important"); }, text: (one) => { one.textContent = "Something else"; } };
  const pass = () => { for (const element of find(document)) { if (done.has(element)) continue; done.add(element); ways[way](element); } };
  new MutationObserver(pass).observe(document, { childList: true, subtree: true, characterData: way === "text" });
  pass();
}`;
