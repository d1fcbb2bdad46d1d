/** The `xpath` strategy: the document, then each open shadow root. */

import type { Pass } from "./pass";

export function byXPath(pass: Pass, value: string): Element[] {
  const expression = value.replace(/^xpath=/, "");
  const found = evaluate(expression, document);
  if (found.length > 0) return found;
  // An absolute path always starts at the document, so inside a shadow root it has to be relative.
  const relative = expression.startsWith("/") ? `.${expression}` : expression;
  return pass.roots.slice(1).flatMap((root) => evaluate(relative, root));
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
