/**
 * Where this document's frame is among its siblings. Windows tell their children by number across origins, so parent and
 * child can speak of the same frame without a message that the page could see.
 */

import { type Description, describe } from "../../../page/src/describe";

/** The number of each frame on the way here, from the page down; -1 for one that its parent does not number. */
export function wayToHere(): number[] {
  const way: number[] = [];
  for (let at: Window = window; at !== at.parent; at = at.parent) way.unshift(numberOf(at, at.parent));
  return way;
}

function numberOf(child: Window, parent: Window): number {
  for (let index = 0; index < parent.length; index++) if (parent[index] === child) return index;
  return -1;
}

/** The element of a child frame, as checks and clicks are described. */
export function describeChild(index: number): Description | null {
  const frames = allFrames(document);
  const element =
    index >= 0 ? frames.find((frame) => frame.contentWindow !== null && frame.contentWindow === window[index]) : onlyUnnumbered(frames);
  return element ? describe(element) : null;
}

/** Windows do not number the frames inside shadow roots; where there is one such frame, it is meant. */
function onlyUnnumbered(frames: HTMLIFrameElement[]): HTMLIFrameElement | undefined {
  const unnumbered = frames.filter((frame) => frame.contentWindow !== null && numberOf(frame.contentWindow, window) === -1);
  return unnumbered.length === 1 ? unnumbered[0] : undefined;
}

function allFrames(root: Document | ShadowRoot): HTMLIFrameElement[] {
  return [...root.querySelectorAll("*")].flatMap((element) => {
    if (element instanceof HTMLIFrameElement || element.localName === "frame") return [element as HTMLIFrameElement];
    return element.shadowRoot ? allFrames(element.shadowRoot) : [];
  });
}
