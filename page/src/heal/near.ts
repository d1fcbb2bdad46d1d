/** What stands around an element and tells it from others of its kind: the item, the section, the heading. */

import { nameOf } from "../name";
import { roleOf } from "../roles";
import { headingOf, itemOf } from "../signature";
import { clip, elementText } from "../text";
import { flatAncestors, flatParent } from "../tree";
import { isVisible } from "../visible";

export interface Near {
  /** What the list item or table row around it is called. */
  item?: string;
  /** The named part of the page that it stands in: dialog, region, form, group. */
  section?: string;
  /** The nearest heading before it in a part of the page that holds both. */
  heading?: string;
}

const longest = 80;
const sections = new Set([
  "alertdialog",
  "dialog",
  "form",
  "group",
  "region",
  "radiogroup",
  "tabpanel",
  "toolbar",
  "search",
  "navigation",
  "banner",
  "contentinfo",
  "complementary",
]);
const headings = "h1,h2,h3,h4,h5,h6,[role=heading],legend";

export function nearOf(element: Element): Near {
  const item = itemOf(element);
  const called = item ? headingOf(item) : "";
  const section = sectionOf(element);
  const heading = headingBefore(element);
  return {
    ...(called && called !== elementText(element) ? { item: clip(called, longest) } : {}),
    ...(section ? { section: clip(section, longest) } : {}),
    ...(heading ? { heading: clip(heading, longest) } : {}),
  };
}

function sectionOf(element: Element): string {
  for (const at of flatAncestors(element)) {
    if (at === element) continue;
    const role = roleOf(at);
    if (!sections.has(role)) continue;
    const name = nameOf(at);
    // Landmarks of which a page has one need no name.
    if (name || /^(navigation|banner|contentinfo|search|dialog|alertdialog)$/.test(role)) return `${role} ${name}`.trim();
  }
  return "";
}

function headingBefore(element: Element): string {
  for (let at = flatParent(element); at && at !== document.documentElement; at = flatParent(at)) {
    let found: Element | undefined;
    for (const heading of at.querySelectorAll(headings)) {
      if (!(heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      if (isVisible(heading)) found = heading;
    }
    if (found) return elementText(found);
  }
  return "";
}
