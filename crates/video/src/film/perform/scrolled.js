// How far what scrolls is scrolled, and how far it can be.
// biome-ignore lint/correctness/noUnusedVariables: it is called by whoever asks the page.
function scrolled() {
  const scroller = findScroller();
  if (scroller) {
    const { element, area } = scroller;
    return { y: element.scrollTop, most: element.scrollHeight - element.clientHeight, area };
  }
  const root = document.scrollingElement ?? document.documentElement;
  return { y: scrollY, most: Math.max(0, root.scrollHeight - innerHeight) };
}
