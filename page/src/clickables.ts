/** What can be clicked in the part of the page that is on screen. */

import { obstacle } from "./hit";
import { nameOf } from "./name";
import { roleOf } from "./roles";
import { Pass } from "./selectors/pass";
import { disabledBecause } from "./state";
import { clip } from "./text";
import type { Box } from "./types";
import { boxOf, inViewport, isVisible } from "./visible";

const css =
  "a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,label,[contenteditable=''],[contenteditable=true],[onclick],[tabindex]:not([tabindex='-1']),[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=tab],[role=menuitem],[role=menuitemcheckbox],[role=menuitemradio],[role=option],[role=combobox],[role=slider],[role=treeitem]";
const most = 400;

export type Clickable = Box & { role: string; name: string };

export function clickables(): Clickable[] {
  const found: Clickable[] = [];
  for (const element of new Pass().query(css)) {
    if (found.length >= most) break;
    const box = boxOf(element);
    if (!inViewport(box) || !isVisible(element) || disabledBecause(element)) continue;
    // A label whose control is there to be clicked itself says nothing new.
    if (element instanceof HTMLLabelElement && (!element.control || isVisible(element.control))) continue;
    if (obstacle(element, { x: box.x + box.width / 2, y: box.y + box.height / 2 }) !== null) continue;
    found.push({ ...box, role: roleOf(element) || element.localName, name: clip(nameOf(element), 80) });
  }
  return found;
}
