/**
 * The `css` and `css-semantic` strategies: CSS in every open root, with
 * `:has-text('…')` (also `:contains`, `:text-is` for equality, `:visible`) and `>>>`, which enters the
 * shadow root of what stands on its left, and those inside it when it finds nothing there.
 */

import { elementText, mentions, normalize } from "../text";
import { allRoots, holdsShadow, type Root } from "../tree";
import { isVisible } from "../visible";
import type { Pass } from "./pass";
import { closingParenthesis, splitTopLevel } from "./split";

export function byCss(pass: Pass, value: string): Element[] {
  const found = new Set<Element>();
  for (const alternative of splitTopLevel(value, ",")) {
    const hops = splitTopLevel(alternative, ">>>");
    const query = (roots: Root[], css: string) => roots.flatMap((root) => queryExtended(root, css));
    let matches = query(pass.roots, hops[0] ?? "");
    for (const css of hops.slice(1)) {
      const entered = matches.flatMap((element) => element.shadowRoot ?? []);
      const own = query(entered, css);
      matches = own.length > 0 ? own : query(entered.flatMap(allRoots), css);
    }
    for (const match of matches) found.add(match);
  }
  return [...found];
}

const custom = /:(has-text|contains|text-is|visible)(?=\(|(?![\w-]))/;

function queryExtended(root: Root, css: string): Element[] {
  const first = custom.exec(css);
  if (!first) return [...root.querySelectorAll(css)];
  let matches = [...root.querySelectorAll(open(css.slice(0, first.index)))];
  let rest = css.slice(first.index);
  for (;;) {
    const pseudo = custom.exec(rest);
    if (pseudo?.index !== 0) return rest.trim() ? descend(matches, rest) : matches;
    let end = pseudo[0].length;
    let argument = "";
    if (rest[end] === "(") {
      const close = closingParenthesis(rest, end);
      if (close < 0) throw new Error(`"${css}" lacks a closing parenthesis`);
      argument = unquote(rest.slice(end + 1, close - 1).trim());
      end = close;
    }
    matches = matches.filter(predicate(pseudo[1] ?? "", argument));
    rest = rest.slice(end);
    const next = custom.exec(rest);
    if (next && next.index > 0) {
      matches = descend(matches, open(rest.slice(0, next.index)));
      rest = rest.slice(next.index);
    }
  }
}

/** A part that ends in a combinator asks for any element there. */
function open(css: string): string {
  return /(^|[\s>+~])$/.test(css) ? `${css}*` : css;
}

function descend(matches: Element[], css: string): Element[] {
  // Text right after the pseudo-class still belongs to the same compound selector.
  const compound = /^[^\s>+~]+/.exec(css)?.[0];
  let left = matches;
  let rest = css;
  if (compound) {
    left = left.filter((element) => element.matches(`*${compound}`));
    rest = css.slice(compound.length);
  }
  if (!rest.trim()) return left;
  const found = new Set<Element>();
  for (const element of left) {
    // Siblings are reached from the parent, so the query starts there with the element as :scope.
    const relative = /^\s*[+~]/.test(rest);
    if (relative) {
      const mark = [...(element.parentNode?.children ?? [])].indexOf(element) + 1;
      const css2 = `:scope > :nth-child(${mark})${rest}`;
      for (const match of element.parentElement?.querySelectorAll(css2) ?? []) found.add(match);
    } else {
      for (const match of element.querySelectorAll(`:scope${rest}`)) found.add(match);
    }
  }
  return [...found];
}

function predicate(pseudo: string, argument: string): (element: Element) => boolean {
  const text = normalize(argument);
  const folded = text.toLowerCase();
  switch (pseudo) {
    case "visible":
      return isVisible;
    case "text-is":
      return (element) => elementText(element) === text;
    default:
      return (element) => containsText(element, folded);
  }
}

function containsText(element: Element, folded: string): boolean {
  const first = folded.split(" ")[0] ?? "";
  const possible = mentions(element.textContent ?? "", first) || element instanceof HTMLInputElement || holdsShadow(element);
  return possible && elementText(element).toLowerCase().includes(folded);
}

function unquote(text: string): string {
  const match = /^(["'])(.*)\1$/s.exec(text);
  return (match ? (match[2] ?? "") : text).replace(/\\(["'\\])/g, "$1");
}
