/** The table of strategies: a selector in, every element that it matches out. */

import type { Selector } from "../types";
import { byAttribute, byAttributeText, byTestId } from "./attribute";
import { byCss } from "./css";
import { byId } from "./id";
import { byAriaLabel, byLabel } from "./label";
import type { Pass } from "./pass";
import { byPosition } from "./position";
import { byRole } from "./role";
import { byText, byTextContent } from "./text";
import { byHref, bySrc } from "./url";
import { byXPath } from "./xpath";

type Strategy = (pass: Pass, value: string, context: string | undefined) => Element[];

const strategies: Record<string, Strategy> = {
  "data-testid": byTestId,
  role: byRole,
  label: byLabel,
  id: byId,
  "aria-label": byAriaLabel,
  name: (pass, value) => byAttribute(pass, "name", value),
  placeholder: (pass, value) => byAttributeText(pass, "placeholder", value),
  "href-pattern": byHref,
  alt: (pass, value) => byAttributeText(pass, "alt", value),
  title: (pass, value) => byAttributeText(pass, "title", value),
  "src-pattern": bySrc,
  text: byText,
  "text-content": byTextContent,
  "css-semantic": byCss,
  css: byCss,
  xpath: byXPath,
  // The names of the older single-selector form.
  dataTestId: byTestId,
  ariaLabel: byAriaLabel,
  xpathAbsolute: byXPath,
  textContains: byTextContent,
};

/** Strategies that say where an element stands rather than what it is. */
const structural = new Set(["css", "xpath", "xpathAbsolute", "position", "css-semantic"]);

export function isStructural(selector: Selector): boolean {
  return structural.has(selector.strategy);
}

/** Whether the selector says nothing of the element but its place among others. */
export function isPositional(selector: Selector): boolean {
  if (selector.strategy === "position" || selector.strategy === "xpathAbsolute") return true;
  return isStructural(selector) && typeof selector.value === "string" && /:nth-[\w-]+\([^)]*\)\s*$|\[\d+\]\s*$/.test(selector.value);
}

/** Every match, in document order per root. Throws when the selector cannot be read. */
export function queryAll(pass: Pass, selector: Selector): Element[] {
  if (selector.strategy === "position") return byPosition(pass, selector.value);
  const strategy = Object.hasOwn(strategies, selector.strategy) ? strategies[selector.strategy] : undefined;
  if (!strategy) throw new Error(`"${selector.strategy}" is not a selector strategy`);
  if (typeof selector.value !== "string" || selector.value === "") {
    throw new Error("the selector has no value");
  }
  return strategy(pass, selector.value, selector.context);
}
