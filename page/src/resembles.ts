/**
 * Whether an element may be the recorded one although the better-ranked selectors do not find it. What finds it then is a
 * place in the markup or a part of a text, which something else may have by now: it has to be of the same kind, to say the
 * same and to stand in the same item of a list.
 */

import { sameMeaning, wordsOf } from "./heal/words";
import type { Found } from "./locate";
import { nameOf } from "./name";
import { isPositional, isStructural } from "./selectors";
import type { Pass } from "./selectors/pass";
import { findItem, namesItem } from "./signature";
import { clip, elementText, normalize, sameLetters } from "./text";
import { contains } from "./tree";
import type { ContentSignature, Recorded, Selector } from "./types";

/** Why the element cannot be the recorded one, or an empty string. */
export function contradiction(
  element: Element,
  selector: Selector,
  was: Recorded,
  found: { trust: Found["trust"]; loosened: boolean; rivals: boolean },
): string {
  // Each selector named it alone when it was recorded: others that are like it now are new, and may stand where it stood.
  if (was.unique && found.rivals && isCounted(selector)) return "others are like it now, and only its place tells them apart";
  const text = was.name ?? normalize(was.text ?? "").replace(/(…|\.\.\.)$/, "");
  const isClipped = was.name === undefined && normalize(was.text ?? "") !== text;
  const said = (was.name === undefined ? [elementText(element), nameOf(element)] : [nameOf(element) || elementText(element)]).map(
    normalize,
  );
  const another = `another element stands there: <${element.localName}> ${JSON.stringify(clip(said[0] || said[1] || "", 40))}`;
  const first = found.trust === "certain";
  if (first && !(isStructural(selector) && isCounted(selector))) return "";
  if (!first && found.trust !== "structural") {
    // The recorder knew the whole text, so an element with more of it is another, or the same with another name.
    const part = found.loosened && text !== "" && wordsOf(text).join() === wordsOf(String(selector.value)).join();
    return part && !said.some((now) => meaning(text, now) === 1) ? another : "";
  }
  if (!sameMake(element, was)) return another;
  const begins = (now: string) => isClipped && now.startsWith(text);
  if (isPositional(selector) && !first) {
    // An element that said nothing has no proof but its place.
    if (!text || !said.some((now) => meaning(text, now) === 1 || begins(now))) return another;
  } else if (text && said.some(Boolean) && !said.some((now) => saysSo(text, now) || begins(now))) {
    return another;
  }
  return "";
}

/** Why an element that is found by counting cannot be the one in the recorded item of a list, or an empty string. */
export function otherItem(pass: Pass, element: Element, selector: Selector, signature: ContentSignature | undefined): string {
  if (!signature || !isStructural(selector) || !isCounted(selector) || !namesItem(signature)) return "";
  const item = findItem(pass, signature);
  return item && contains(item, element) ? "" : "the list item that it stands in is another one";
}

function sameMake(element: Element, was: Recorded): boolean {
  if (was.tag && element.localName !== was.tag.toLowerCase()) return false;
  if (element instanceof HTMLInputElement && was.inputType && element.type !== was.inputType.toLowerCase()) return false;
  return !(element instanceof HTMLSelectElement && typeof was.multiple === "boolean" && element.multiple !== was.multiple);
}

/** 1 for the same words. What has none, like the mark of a check box, is the same when it is written so. */
function meaning(before: string, now: string): number {
  return sameLetters(before, now) ? 1 : sameMeaning(before, now);
}

/** The same but for a counter: the recorded "Cart (3)" may be "Cart (4)". */
function saysSo(before: string, now: string): boolean {
  const letters = (text: string) => text.replace(/\p{N}+/gu, " ");
  return meaning(before, now) > 0 || (wordsOf(letters(before)).length > 0 && meaning(letters(before), letters(now)) > 0);
}

/** Whether the selector counts siblings anywhere on its way, so that it finds the next one when one of them is gone. */
function isCounted(selector: Selector): boolean {
  return isPositional(selector) || (typeof selector.value === "string" && /:nth-|\[\d+\]/.test(selector.value));
}
