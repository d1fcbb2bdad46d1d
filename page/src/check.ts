/** Checks: a statement about the page, looked at again until it holds or the time is over. */

import { locate, matchesOf } from "./locate";
import { isPositional } from "./selectors";
import { checkedOf, disabledBecause, fieldValue, isEditable } from "./state";
import { clip, normalize, shownText, visibleText } from "./text";
import type { ContentSignature, Selector } from "./types";
import { isVisible } from "./visible";
import { nextFrame, Watch } from "./wait";

export interface CheckSpec {
  kind:
    | "elementVisible"
    | "elementText"
    | "containsText"
    | "elementHasValue"
    | "elementPresent"
    | "elementChecked"
    | "elementEnabled"
    | "elementEditable"
    | "elementAttribute"
    | "elementCount"
    | "urlMatch"
    | "urlContains"
    | "pageTitle"
    | "pageLoad"
    /** No statement: holds when there is what is to be read, which is `actual`. */
    | "read";
  /** What to read. */
  read?: "text" | "value" | "attribute" | "count";
  /** Which attribute is read or compared. */
  attribute?: string;
  negated?: boolean;
  selectors?: Selector[];
  signature?: ContentSignature;
  expected?: string;
  /** `contains` loosens `pageTitle` and `elementAttribute`; `value` and `label` say which of a chosen option is meant. */
  mode?: string;
  timeoutMs?: number;
}

export interface CheckResult {
  pass: boolean;
  actual: string | boolean | null;
  waitedMs: number;
  detail?: string;
  /** Several elements match and nothing tells which is meant. */
  ambiguous?: boolean;
}

interface Verdict {
  /** Whether the statement holds; `null` when it cannot be judged, which fails even when negated. */
  holds: boolean | null;
  actual: CheckResult["actual"];
  detail?: string;
  ambiguous?: boolean;
}

export async function check(spec: CheckSpec): Promise<CheckResult> {
  const started = performance.now();
  const deadline = started + (spec.timeoutMs ?? 5_000);
  let watch: Watch | undefined;
  try {
    for (;;) {
      const { holds, actual, detail, ambiguous } = judge(spec);
      const pass = holds !== null && holds !== (spec.negated ?? false);
      const now = performance.now();
      if (pass || now >= deadline) {
        const waitedMs = Math.round((now - started) * 10) / 10;
        return { pass, actual, waitedMs, ...(detail && !pass ? { detail } : {}), ...(ambiguous ? { ambiguous } : {}) };
      }
      watch ??= new Watch();
      await watch.change(deadline - now);
      if (performance.now() - now < 4) await nextFrame();
    }
  } finally {
    watch?.close();
  }
}

function judge(spec: CheckSpec): Verdict {
  const expected = spec.expected ?? "";
  switch (spec.kind) {
    case "urlMatch":
      return { holds: sameUrl(location.href, expected), actual: location.href };
    case "urlContains":
      return { holds: location.href.includes(expected), actual: location.href };
    case "pageTitle": {
      const title = normalize(document.title);
      const wanted = normalize(expected);
      return { holds: spec.mode === "contains" ? title.includes(wanted) : title === wanted, actual: title };
    }
    case "pageLoad": {
      const ready = document.readyState;
      return { holds: expected === "load" ? ready === "complete" : ready !== "loading", actual: ready };
    }
    case "elementVisible":
      return judgeVisible(spec);
    case "elementPresent":
      return judgePresent(spec);
    case "elementCount":
      return judgeCount(spec, expected);
    default:
      return judgeElement(spec, expected);
  }
}

function judgeVisible(spec: CheckSpec): Verdict {
  const { found } = locate(spec.selectors ?? [], spec.signature);
  const selector = found ? spec.selectors?.[found.index] : undefined;
  if (found?.trust === "structural" && selector && isPositional(selector)) {
    // Something stands where the element stood; nothing says that it is the element.
    return { holds: false, actual: false, detail: "no selector but its place matches a visible element" };
  }
  if (found) {
    const visible = isVisible(found.element);
    return { holds: visible, actual: visible, detail: visible ? "the element is visible" : "the element is not visible" };
  }
  const matches = matchesOf(spec.selectors ?? []);
  const visible = matches.filter(isVisible).length;
  if (visible === 0) return { holds: false, actual: false, detail: "no selector matches a visible element" };
  // Several visible ones: "is visible" is not proven for the right one, "is not visible" is disproved.
  return { holds: spec.negated ? true : null, actual: true, detail: `the selectors match ${matches.length} elements`, ambiguous: true };
}

/** There when anything matches, visible or not; one of several is there as well. */
function judgePresent(spec: CheckSpec): Verdict {
  const named = (spec.selectors ?? []).filter((selector) => !isPositional(selector));
  const present = matchesOf(named).length > 0;
  return { holds: present, actual: present, detail: present ? "a selector matches" : "no selector matches an element" };
}

/** The first selector that matches anything names them all. */
function judgeCount(spec: CheckSpec, expected: string): Verdict {
  const actual = String(matchesOf(spec.selectors ?? []).length);
  const wanted = expected.trim();
  if (!/^\d+$/.test(wanted)) return { holds: null, actual, detail: `${JSON.stringify(expected)} is no number of elements` };
  return { holds: Number(actual) === Number(wanted), actual };
}

function judgeElement(spec: CheckSpec, expected: string): Verdict {
  if (spec.kind === "read" && spec.read === "count") return { holds: true, actual: String(matchesOf(spec.selectors ?? []).length) };
  const { found } = locate(spec.selectors ?? [], spec.signature);
  if (!found) {
    const count = matchesOf(spec.selectors ?? []).length;
    if (count === 0) return { holds: null, actual: null, detail: "no selector matches an element" };
    return { holds: null, actual: null, detail: `the selectors match ${count} elements`, ambiguous: true };
  }
  const { element } = found;
  if (spec.kind === "read") return judgeReadable(spec, element);
  if (spec.kind === "elementAttribute") return judgeAttribute(spec, element, expected);
  if (spec.kind === "elementHasValue") return judgeValue(spec, element, expected);
  const state = stateOf(spec.kind, element);
  if (state === null) return { holds: null, actual: null, detail: `<${element.localName}> cannot be checked` };
  if (state !== undefined) return { holds: state, actual: state };
  const text = shownText(element) || normalize(fieldValue(element) ?? "");
  const wanted = normalize(expected);
  const holds = spec.kind === "containsText" ? text.includes(wanted) : text === wanted;
  return { holds, actual: clip(text, 2_000) };
}

function judgeValue({ mode }: CheckSpec, element: Element, expected: string): Verdict {
  const value = fieldValue(element);
  if (value === null) return { holds: null, actual: null, detail: `<${element.localName}> has no value` };
  const label = element instanceof HTMLSelectElement ? normalize(element.selectedOptions[0]?.text ?? "") : value;
  if (mode === "label") return { holds: label === normalize(expected), actual: label };
  if (mode === "value") return { holds: value === expected, actual: value };
  const checked = checkedOf(element);
  if (checked === undefined) return { holds: value === expected || label === expected, actual: value };
  return { holds: String(checked) === expected || (checked && value === expected), actual: checked };
}

/** What the element allows or holds, for the kinds that ask for it; `null` when it has no such state. */
function stateOf(kind: CheckSpec["kind"], element: Element): boolean | null | undefined {
  if (kind === "elementChecked") return checkedOf(element) ?? null;
  if (kind === "elementEnabled") return disabledBecause(element) === "";
  if (kind === "elementEditable") return isEditable(element);
  return undefined;
}

/** An attribute that is not there is not the expected one. */
function judgeAttribute(spec: CheckSpec, element: Element, expected: string): Verdict {
  const actual = element.getAttribute(spec.attribute ?? "");
  if (actual === null) return { holds: false, actual, detail: `<${element.localName}> has no attribute ${spec.attribute ?? ""}` };
  return { holds: spec.mode === "contains" ? actual.includes(expected) : actual === expected, actual };
}

function judgeReadable(spec: CheckSpec, element: Element): Verdict {
  const name = spec.attribute ?? "";
  const read: string | null =
    spec.read === "attribute" ? element.getAttribute(name) : spec.read === "value" ? fieldValue(element) : visibleText(element);
  if (read !== null) return { holds: true, actual: read };
  const lacks = spec.read === "attribute" ? `no attribute ${name}` : "no value";
  return { holds: null, actual: null, detail: `<${element.localName}> has ${lacks}` };
}

/** Equality of the resolved addresses; a missing slash after the host makes no difference. */
function sameUrl(actual: string, expected: string): boolean {
  if (actual === expected) return true;
  return URL.canParse(expected, actual) && new URL(expected, actual).href === actual;
}
