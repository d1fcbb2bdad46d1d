/** Strategies that compare one attribute: name, placeholder, alt, title and the test ids. */

import { normalize } from "../text";
import type { Pass } from "./pass";

/** Attributes that teams give to elements for their tests, the usual one first. */
export const testIdAttributes = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa", "data-pw"];

/** Elements whose attribute equals the value exactly. */
export function byAttribute(pass: Pass, attribute: string, value: string): Element[] {
  return pass.query(`[${CSS.escape(attribute)}=${quote(value)}]`);
}

/** Elements whose attribute reads the same once whitespace is collapsed. */
export function byAttributeText(pass: Pass, attribute: string, value: string): Element[] {
  const wanted = normalize(value);
  return pass.query(`[${attribute}]`).filter((element) => normalize(element.getAttribute(attribute) ?? "") === wanted);
}

/** A test id under the attribute named by the context, or under any of the usual ones. */
export function byTestId(pass: Pass, value: string, context: string | undefined): Element[] {
  // Some recorders store the whole attribute selector as the value.
  if (/^\[[\w-]+[*^$~|]?=.*\]$/s.test(value)) return pass.query(value);
  const attributes = context ? [context] : testIdAttributes;
  const css = attributes.map((name) => `[${CSS.escape(name)}=${quote(value)}]`).join(",");
  return pass.query(css);
}

/** A string as CSS writes it inside an attribute selector. */
export function quote(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\a ")}"`;
}
