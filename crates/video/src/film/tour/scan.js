// What of a page is worth showing, as the page itself tells it. Places are those of the document.
(() => {
  const wanted =
    "button, a[href], input:not([type=hidden]), textarea, select, form, nav, h1, h2, h3, img, svg[role=img], video, section, [role=button], [role=tab], summary";
  const most = 400;
  const found = [];
  for (const element of document.querySelectorAll(wanted)) {
    if (found.length === most) break;
    const box = element.getBoundingClientRect();
    if (box.width < 8 || box.height < 8 || box.x + scrollX + box.width < 0 || box.y + scrollY + box.height < 0) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.disabled) continue;
    const { tag, type, name, text, selectors } = globalThis.__proscenium.describe(element);
    const fixed = ["fixed", "sticky"].includes(getComputedStyle(element).position);
    found.push({
      tag,
      type: type ?? "",
      name: name || text.slice(0, 80),
      words: [name, text, element.id, element.getAttribute("href") ?? "", element.getAttribute("aria-label") ?? ""].join(" ").slice(0, 400),
      selectors: selectors.filter(({ value }) => typeof value === "string").map(({ strategy, value }) => ({ strategy, value })),
      area: { x: box.x + scrollX, y: fixed ? box.y : box.y + scrollY, width: box.width, height: box.height },
    });
  }
  return { elements: found, width: innerWidth, height: innerHeight, length: document.documentElement.scrollHeight, title: document.title };
})();
