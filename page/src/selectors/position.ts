/** The `position` strategy: `parent > :nth-child(n)`, or `{parent, index}` with a 0-based index. */

import type { Selector } from "../types";
import { byCss } from "./css";
import type { Pass } from "./pass";

export function byPosition(pass: Pass, value: Selector["value"]): Element[] {
  if (typeof value === "string") return byCss(pass, value);
  return byCss(pass, value.parent)
    .map((parent) => parent.children[value.index])
    .filter((element) => element !== undefined);
}
