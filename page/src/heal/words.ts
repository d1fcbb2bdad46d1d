/**
 * Whether two names mean the same thing. A name may grow, shrink or be spelt otherwise; as soon as it might mean
 * another thing ("Log out" for "Log in", page 2 for page 1), it does.
 */

import { normalize } from "../text";

/** 1 the same words; above 0 the same thing said otherwise; 0 something else. */
export function sameMeaning(before: string, now: string): number {
  const a = wordsOf(before);
  const b = wordsOf(now);
  if (a.length === 0 || b.length === 0) return 0;
  if (a.join(" ") === b.join(" ")) return 1;
  if (numbersDiffer(a, b)) return 0;
  const [c, d] = [a.filter(isWord), b.filter(isWord)];
  if (c.length === 0 || d.length === 0) return 0;
  // Only a counter came, went or changed place.
  if (c.join(" ") === d.join(" ")) return 0.95;
  const [e, f] = [fold(c), fold(d)];
  if (e.join(" ") === f.join(" ")) return 0.9;
  if (e.length === f.length && e.every((word, at) => nearlyEqual(word, f[at] ?? ""))) return 0.85;
  return grown(e, f);
}

/** How much of two identifiers is the same, 0..1: `save-button` and `btn_save` are the same. Nothing when one says nothing. */
export function sameTokens(before: string, now: string): number | undefined {
  if (before === now) return 1;
  const a = new Set(tokensOf(before));
  const b = new Set(tokensOf(now));
  if (a.size === 0 || b.size === 0) return undefined;
  const shared = [...a].filter((token) => b.has(token)).length;
  return (2 * shared) / (a.size + b.size);
}

export function wordsOf(text: string): string[] {
  return normalize(text)
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
}

/** What an identifier says beside what kind of thing it names, which every second one says. */
function tokensOf(identifier: string): string[] {
  const parts = identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return parts.filter(
    (part) =>
      part &&
      !/^(btn|button|input|field|link|lnk|el|elem|element|item|ctl|ctrl|control|wrapper|id|txt|cta|new|qa|test|[a-z]{0,2}\d+)$/.test(part),
  );
}

function isWord(word: string): boolean {
  return !/^\d+$/.test(word);
}

/** Page 2 is not page 1; a counter that was not there before is only a counter. */
function numbersDiffer(a: string[], b: string[]): boolean {
  const [first, second] = [a, b].map((words) =>
    words
      .filter((word) => /\d/.test(word))
      .sort()
      .join(" "),
  );
  return first !== second && first !== "" && second !== "";
}

/** Words that the makers of pages exchange without meaning anything else, in English. */
const synonyms: [RegExp, string][] = [
  [/\b(log in|log on|sign in|signin|logon)\b/g, "login"],
  [/\b(log out|log off|sign out|signout|logoff)\b/g, "logout"],
  [/\b(sign up|signup)\b/g, "register"],
  [/\b(e mail|mail)( address)?\b|\bemail address\b/g, "email"],
  [/\b(tel|telephone|mobile)( number)?\b|\bphone number\b/g, "phone"],
  [/\b(zip|zip code|post ?code|postal code)\b/g, "postcode"],
  [/\b(basket|shopping (cart|bag|basket))\b/g, "cart"],
  [/\b(surname|family name)\b/g, "last name"],
  [/\b(given name|forename)\b/g, "first name"],
  [/\bsend\b/g, "submit"],
];

function fold(words: string[]): string[] {
  let text = words.join(" ");
  for (const [pattern, word] of synonyms) text = text.replace(pattern, word);
  return text.split(" ");
}

/** One letter more, less or other in a word long enough that it is a misprint, an ending or another spelling. */
function nearlyEqual(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4 || long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end++;
  // The first letters carry the meaning: "undo" and "redo", "send" and "lend".
  return start >= 2 && start + end >= short.length - (short.length === long.length ? 1 : 0);
}

/** Words that make something else of what they are added to. */
const changers = new Set(
  `not no un all every everything everyone multiple bulk selected draft drafts template copy duplicate another other new next previous back
  delete remove discard reset clear cancel close stop end off out down less without disable deactivate
  unsubscribe decline reject deny archive hide revoke block report quick express again later never`.split(/\s+/),
);

/** All words of the shorter name are in the longer one, in their order, and nothing that was added changes what it means. */
function grown(a: string[], b: string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  const added: string[] = [];
  for (const word of long) {
    const wanted = short[at];
    if (wanted !== undefined && nearlyEqual(wanted, word)) at++;
    else added.push(word);
  }
  if (at < short.length || added.some((word) => changers.has(word))) return 0;
  // Filler words ("Your email", "Go to the cart") say nothing.
  const telling = added.filter((word) => !/^(a|an|the|your|my|to|go|please|now|here|our|this|it|me|for|of|and|with)$/.test(word)).length;
  if (telling > Math.max(2, short.length)) return 0;
  return 0.9 - 0.1 * telling;
}
