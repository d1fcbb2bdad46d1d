/** The `id` strategy; duplicates are reported, as HTML in the wild has them. */

import { byAttribute } from "./attribute";
import type { Pass } from "./pass";

export function byId(pass: Pass, value: string): Element[] {
  const exact = byAttribute(pass, "id", value);
  if (exact.length > 0 || !value.startsWith("#")) return exact;
  return byAttribute(pass, "id", value.slice(1));
}
