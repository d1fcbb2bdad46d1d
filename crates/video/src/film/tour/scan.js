// What of a page is worth showing, as the page itself tells it. Places are those of the document; where a part of the page
// scrolls in place of the window, they are as if all of that part were seen.
// biome-ignore lint/correctness/noUnusedVariables: it is called by whoever asks the page.
function scan() {
  const wanted =
    "button, a[href], input:not([type=hidden]), textarea, select, form, nav, h1, h2, h3, img, svg[role=img], video, section, [role=button], [role=tab], summary";
  const most = 400;
  const found = [];
  // A page of a hundred thousand elements takes its time with each: what was looked at until then is enough for a film.
  const enough = performance.now() + 8000;
  // Those that a storyboard knows.
  const strategies = ["data-testid", "role", "label", "id", "aria-label", "name", "placeholder", "alt", "title", "css", "xpath"];
  const survey = globalThis.__proscenium.surveyor({ most: 1, strategies });
  const scroller = findScroller()?.element;
  const hidden = scroller ? scroller.scrollHeight - scroller.clientHeight : 0;
  for (const element of document.querySelectorAll(wanted)) {
    if (found.length === most || (found.length > 0 && performance.now() > enough)) break;
    const box = element.getBoundingClientRect();
    const above = scrollY + (scroller?.contains(element) ? scroller.scrollTop : 0);
    if (box.width < 8 || box.height < 8 || box.x + scrollX + box.width < 0 || box.y + above + box.height < 0) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.disabled) continue;
    const { tag, type, name, text, selectors } = survey(element);
    const fixed = ["fixed", "sticky"].includes(getComputedStyle(element).position);
    found.push({
      tag,
      type: type ?? "",
      name: name || text.slice(0, 80),
      words: [name, text, element.id, element.getAttribute("href") ?? "", element.getAttribute("aria-label") ?? ""].join(" ").slice(0, 400),
      selectors: selectors.filter(({ value }) => typeof value === "string").map(({ strategy, value }) => ({ strategy, value })),
      area: { x: box.x + scrollX, y: fixed ? box.y : box.y + above, width: box.width, height: box.height },
    });
  }
  const length = scroller ? innerHeight + hidden : document.documentElement.scrollHeight;
  return { elements: found, width: innerWidth, height: innerHeight, length, title: document.title };
}
