/** The `xpath` strategy: the document, then each open shadow root. */

import type { Pass } from "./pass";

export function byXPath(pass: Pass, value: string): Element[] {
  const expression = value.replace(/^xpath=/, "");
  const found = evaluate(expression, document);
  if (found.length > 0) return found;
  // Expressions cannot start at a shadow root, so they start at each element right below it.
  if (!expression.startsWith("//")) return [];
  const inside = `descendant-or-self::${expression.slice(2)}`;
  return pass.roots.slice(1).flatMap((root) => [...root.children].flatMap((child) => evaluate(inside, child)));
}

function evaluate(expression: string, root: Node): Element[] {
  const result = document.evaluate(expression, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  const found: Element[] = [];
  for (let i = 0; i < result.snapshotLength; i++) {
    const node = result.snapshotItem(i);
    if (node instanceof Element) found.push(node);
  }
  return found;
}
