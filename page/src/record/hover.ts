/**
 * Hovers that matter: something came up under the pointer, and later the person used it. A hover is kept until
 * then; moving the mouse over a page records nothing.
 */

import { overlayTag } from "../overlay";
import { contains, eventTarget } from "../tree";
import { boxOf, isVisible } from "../visible";
import type { Recorder } from "./recorder";
import { meantBy, type StepTarget } from "./step";

/** Menus open within this time; looked at twice. */
const looksMs = [300, 600];
/** The page is surveyed for hidden parts once it has been still for so long. */
const stillMs = 250;
/** A menu that was read for a minute need not be read that long again. */
const longestRestMs = 1_000;
/** Larger pages are surveyed only in part. */
const mostElements = 4_000;

interface Hover {
  element: Element;
  target: StepTarget;
  since: number;
  shown: Element[];
}

export function hovers(recorder: Recorder): void {
  let hidden: Element[] = [];
  let added: Element[] = [];
  let over: { element: Element; since: number; timers: ReturnType<typeof setTimeout>[] } | undefined;
  let kept: Hover[] = [];
  let stale = true;
  let surveyTimer: ReturnType<typeof setTimeout> | undefined;

  const survey = () => {
    stale = false;
    hidden = document.body ? hiddenRoots(document.body) : [];
    added = [];
  };
  const surveySoon = () => {
    clearTimeout(surveyTimer);
    surveyTimer = setTimeout(survey, stillMs);
  };

  const observer = new MutationObserver((records) => {
    stale = true;
    if (!over || added.length > 200) return;
    for (const record of records)
      for (const node of record.addedNodes) if (node instanceof Element && node.localName !== overlayTag) added.push(node);
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "hidden"] });

  /** What is inside the element that the pointer goes to came up because of that one. */
  const look = (next?: Element) => {
    if (!over?.element.isConnected) return;
    const { element, since } = over;
    const shown = [...hidden, ...added].filter(
      (part) => part.isConnected && !contains(part, element) && !(next && contains(next, part)) && isShown(part),
    );
    if (shown.length === 0) return;
    const known = kept.find((hover) => hover.element === element);
    if (known) known.shown.push(...shown);
    else kept.push({ element, target: recorder.target(element), since, shown });
    if (kept.length > 10) kept.shift();
    // What came up may itself hold what comes up next.
    hidden = hidden.filter((part) => !shown.includes(part)).concat(shown.flatMap(hiddenRoots));
    added = [];
  };

  recorder.on("pointerover", (event) => {
    const hit = eventTarget(event);
    if (!hit || event.pointerType !== "mouse") return;
    const element = meantBy(hit);
    if (over?.element === element) return;
    // A menu may have come up faster than the timers look.
    look(element);
    for (const timer of over?.timers ?? []) clearTimeout(timer);
    added = [];
    over = { element, since: Date.now(), timers: looksMs.map((ms) => setTimeout(() => look(), ms)) };
  });
  recorder.on("pointermove", () => {
    if (stale) surveySoon();
  });
  // Whatever comes up after a press or key was not brought up by the pointer.
  const pressed = () => {
    for (const timer of over?.timers ?? []) clearTimeout(timer);
    over = undefined;
    surveySoon();
  };
  recorder.on("keydown", pressed);
  recorder.on("click", pressed);

  recorder.shared.commitHovers = (element) => {
    look();
    const chain: Hover[] = [];
    for (let at = element; ; ) {
      const hover = kept.findLast((one) => !chain.includes(one) && one.element !== at && one.shown.some((part) => contains(part, at)));
      if (!hover) break;
      chain.unshift(hover);
      at = hover.element;
    }
    kept = [];
    for (const { target, since } of chain) {
      recorder.step({ type: "hover", ...target, duration: Math.min(Date.now() - since, longestRestMs), isDropdownParent: true }, since);
    }
  };

  survey();
  recorder.onStop(() => {
    observer.disconnect();
    clearTimeout(surveyTimer);
    for (const timer of over?.timers ?? []) clearTimeout(timer);
  });
}

/** The outermost hidden parts below an element, which a hover could bring up. */
function hiddenRoots(top: Element): Element[] {
  const found: Element[] = [];
  let seen = 0;
  const walk = (parent: Element | ShadowRoot) => {
    for (const element of parent.children) {
      if (++seen > mostElements || found.length > 500) return;
      if (/^(SCRIPT|STYLE|TEMPLATE|HEAD|NOSCRIPT|OPTION|LINK|META|BR)$/.test(element.tagName)) continue;
      if (isHiddenRoot(element)) {
        found.push(element);
        continue;
      }
      if (element.shadowRoot) walk(element.shadowRoot);
      walk(element);
    }
  };
  walk(top);
  return found;
}

/** Not rendered, transparent, or shrunk to nothing; a mere wrapper without a size is walked through. */
function isHiddenRoot(element: Element): boolean {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
    return getComputedStyle(element).display !== "contents";
  }
  const box = boxOf(element);
  if (box.width > 1 && box.height > 1) return false;
  const style = getComputedStyle(element);
  return style.overflowY !== "visible" || style.transform !== "none" || style.scale !== "none";
}

function isShown(element: Element): boolean {
  if (!isVisible(element) || !element.checkVisibility({ opacityProperty: true })) return false;
  const box = boxOf(element);
  return box.width > 1 && box.height > 1;
}
