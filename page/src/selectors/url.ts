/** The `href-pattern` and `src-pattern` strategies: exact, then as resolved, then as a part. */

import { quote } from "./attribute";
import type { Pass } from "./pass";

export function byHref(pass: Pass, value: string): Element[] {
  return byUrl(pass, "a,area", "href", value);
}

export function bySrc(pass: Pass, value: string, context: string | undefined): Element[] {
  const found = byUrl(pass, "img,video,audio,source,iframe,embed,input[type=image]", "src", value);
  if (found.length < 2 || !context) return found;
  const sameAlt = found.filter((element) => element.getAttribute("alt") === context);
  return sameAlt.length > 0 ? sameAlt : found;
}

function byUrl(pass: Pass, tags: string, attribute: "href" | "src", value: string): Element[] {
  const list = tags.split(",");
  const where = (operator: string) => list.map((tag) => `${tag}[${attribute}${operator}${quote(value)}]`).join(",");
  const exact = pass.query(where("="));
  if (exact.length > 0) return exact;
  const wanted = resolve(value);
  const resolved = pass
    .query(list.map((tag) => `${tag}[${attribute}]`).join(","))
    .filter((element) => wanted !== null && resolve(element.getAttribute(attribute) ?? "") === wanted);
  if (resolved.length > 0) return resolved;
  pass.loosened = true;
  return pass.query(where("*="));
}

function resolve(value: string): string | null {
  return URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI).href : null;
}
