/** What one look at the page shares between selectors: the list of open roots, found once. */

import { allRoots, type Root } from "../tree";

export class Pass {
  private found: Root[] | undefined;

  /** Every open root, the document first. */
  get roots(): Root[] {
    this.found ??= allRoots();
    return this.found;
  }

  /** `querySelectorAll` through every open root. Throws on invalid CSS. */
  query(css: string): Element[] {
    const found: Element[] = [];
    for (const root of this.roots) found.push(...root.querySelectorAll(css));
    return found;
  }
}
