/** An outline around the element that selectors name, which follows it while it moves. */

import { matchesOf } from "./locate";
import { nameOf } from "./name";
import { overlay, removeOverlay } from "./overlay";
import { roleOf } from "./roles";
import { clip } from "./text";
import type { Selector } from "./types";
import { boxOf, isVisible } from "./visible";

const most = 20;
/** How often the outline is put where the element is. */
const followMs = 50;
const style =
  "position:fixed;box-sizing:border-box;border:2px solid #4f7cff;background:rgb(79 124 255 / .14);border-radius:3px;pointer-events:none";
const labelStyle =
  "position:absolute;left:-2px;bottom:100%;font:600 11px/16px system-ui,sans-serif;color:#fff;background:#4f7cff;padding:0 5px;border-radius:3px;white-space:nowrap;margin-bottom:1px";

let generation = 0;

/** Outlines every visible match of the best selector that matches; `null` takes the outlines away. */
export function highlight(selectors: Selector[] | null): { count: number } {
  generation++;
  const elements = selectors ? matchesOf(selectors).filter(isVisible).slice(0, most) : [];
  if (elements.length === 0) {
    removeOverlay();
    return { count: 0 };
  }
  const root = overlay();
  root.replaceChildren();
  const frames = elements.map((element) => {
    const frame = document.createElement("div");
    const label = document.createElement("span");
    label.style.cssText = labelStyle;
    label.textContent = caption(element);
    frame.append(label);
    root.append(frame);
    return { element, frame, label };
  });
  void follow(frames, generation);
  return { count: elements.length };
}

async function follow(frames: { element: Element; frame: HTMLElement; label: HTMLElement }[], mine: number): Promise<void> {
  const drawn = new Map<HTMLElement, string>();
  while (mine === generation) {
    for (const { element, frame, label } of frames) {
      const box = boxOf(element);
      const place = `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`;
      const css = `${style};${place};display:${isVisible(element) ? "block" : "none"}`;
      // Nothing is written while nothing moves: every write is a new frame of a live picture.
      if (drawn.get(frame) === css) continue;
      drawn.set(frame, css);
      frame.style.cssText = css;
      label.style.cssText = box.y < 20 ? `${labelStyle};bottom:auto;top:100%` : labelStyle;
    }
    if (!frames.some(({ element }) => element.isConnected)) {
      removeOverlay();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, followMs));
  }
}

function caption(element: Element): string {
  const name = nameOf(element);
  const role = roleOf(element) || element.localName;
  return name ? `${role} “${clip(name, 40)}”` : role;
}
