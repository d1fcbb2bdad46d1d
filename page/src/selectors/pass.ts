/** What one look at the page shares between selectors: open roots and names, found once. */

import { nameOf } from "../name";
import { candidatesForRole, roleOf } from "../roles";
import { allRoots, type Root } from "../tree";

export class Pass {
  /** Set by a strategy that had to read its value more loosely to find anything. */
  loosened = false;
  private readonly names = new Map<Element, string>();
  private readonly roles = new Map<string, Element[]>();
  private found: Root[] | undefined;

  /** Every open root, the document first. */
  get roots(): Root[] {
    this.found ??= allRoots();
    return this.found;
  }

  /** The accessible name, computed once. */
  nameOf(element: Element): string {
    const known = this.names.get(element);
    if (known !== undefined) return known;
    const name = nameOf(element);
    this.names.set(element, name);
    return name;
  }

  /** The elements of a role, found once. */
  withRole(role: string): Element[] {
    const known = this.roles.get(role);
    if (known) return known;
    const found = this.query(candidatesForRole(role)).filter((element) => roleOf(element) === role);
    this.roles.set(role, found);
    return found;
  }

  /** `querySelectorAll` through every open root. Throws on invalid CSS. */
  query(css: string): Element[] {
    const found: Element[] = [];
    for (const root of this.roots) found.push(...root.querySelectorAll(css));
    return found;
  }
}
