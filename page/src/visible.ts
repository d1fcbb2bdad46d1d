/** Whether an element is rendered, and where. */

import type { Box } from "./types";

/** Rendered, not `visibility: hidden`, and with an area; opacity does not count. */
export function isVisible(element: Element): boolean {
  if (!element.isConnected) return false;
  if (!element.checkVisibility({ visibilityProperty: true })) {
    // `display: contents` has no box of its own, but its children have.
    return getComputedStyle(element).display === "contents" && contentsVisible(element);
  }
  const rect = element.getBoundingClientRect();
  if (rect.width > 0 && rect.height > 0) return true;
  return getComputedStyle(element).display === "contents" && contentsVisible(element);
}

/** The border box in the frame's viewport. */
export function boxOf(element: Element): Box {
  const rect = element.getBoundingClientRect();
  if (rect.width === 0 && rect.height === 0 && getComputedStyle(element).display === "contents") {
    const range = document.createRange();
    range.selectNodeContents(element);
    return toBox(range.getBoundingClientRect());
  }
  return toBox(rect);
}

export function toBox(rect: DOMRect): Box {
  return { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
}

export function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** The layout viewport without scroll bars. */
export function viewport(): { width: number; height: number } {
  const root = document.documentElement;
  return {
    width: Math.min(root?.clientWidth || innerWidth, innerWidth),
    height: innerHeight,
  };
}

export function inViewport(box: Box): boolean {
  const view = viewport();
  return box.x < view.width && box.y < view.height && box.x + box.width > 0 && box.y + box.height > 0;
}

function contentsVisible(element: Element): boolean {
  for (const child of element.childNodes) {
    if (child instanceof Element ? isVisible(child) : child instanceof Text && textVisible(child)) {
      return true;
    }
  }
  return false;
}

function textVisible(node: Text): boolean {
  if (!node.data.trim()) return false;
  const range = document.createRange();
  range.selectNode(node);
  const rect = range.getBoundingClientRect();
  return rect.width > 0 && rect.height > 0;
}
