/** The one layer that Proscenium draws over a page: in a closed shadow root, untouched by the page's styles and by input. */

/** The element's name; the recorder, the locator's results and the dump leave it out. */
export const overlayTag = "proscenium-overlay";

let host: HTMLElement | undefined;
let root: ShadowRoot | undefined;

/** The shadow root to draw in; made when first asked for. */
export function overlay(): ShadowRoot {
  if (!host || !root) {
    host = document.createElement(overlayTag);
    host.setAttribute("aria-hidden", "true");
    host.style.cssText =
      "all:initial!important;position:fixed!important;inset:0!important;width:100vw!important;height:100vh!important;pointer-events:none!important;z-index:2147483647!important;display:block!important;";
    root = host.attachShadow({ mode: "closed" });
  }
  if (!host.isConnected) document.documentElement.append(host);
  return root;
}

export function removeOverlay(): void {
  host?.remove();
}
