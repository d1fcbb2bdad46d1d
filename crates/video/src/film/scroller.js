// The part of the page that scrolls where the window does not, as in most applications: the largest one. One that takes less
// than a quarter of the view is a list beside others. The answer is nothing when the window scrolls, or nothing does.
// biome-ignore lint/correctness/noUnusedVariables: whoever asks the page has it before his own words.
function findScroller() {
  const root = document.scrollingElement ?? document.documentElement;
  const isKept = [root, document.body].some((element) => element && /hidden|clip/.test(getComputedStyle(element).overflowY));
  if (root.scrollHeight > innerHeight && !isKept) return null;
  let [found, largest] = [null, (innerWidth * innerHeight) / 4];
  for (const element of document.querySelectorAll("body *")) {
    if (element.scrollHeight - element.clientHeight < 2 || !/auto|scroll/.test(getComputedStyle(element).overflowY)) continue;
    const box = element.getBoundingClientRect();
    const [x, y] = [Math.max(0, box.left), Math.max(0, box.top)];
    const [width, height] = [Math.min(innerWidth, box.right) - x, Math.min(innerHeight, box.bottom) - y];
    if (width > 0 && height > 0 && width * height > largest) {
      [found, largest] = [{ element, area: { x, y, width, height } }, width * height];
    }
  }
  return found;
}
