/**
 * The `role` strategy, in ARIA notation: `button[name="Save"]`, `heading[level=2]`,
 * `row[name="Alice"] >> button[name="Delete"]` (the right side inside the left).
 */

import { couldBeNamed } from "../name";
import { isAriaHidden } from "../roles";
import { normalize } from "../text";
import { contains } from "../tree";
import type { Pass } from "./pass";
import { splitTopLevel } from "./split";

interface RoleQuery {
  role: string;
  name?: string;
  ignoreCase: boolean;
  level?: number;
}

export function byRole(pass: Pass, value: string): Element[] {
  const [first = "", ...inner] = splitTopLevel(value, ">>");
  let scopes = matchRole(pass, parseRole(first));
  for (const part of inner) {
    const outer = scopes;
    scopes = matchRole(pass, parseRole(part)).filter((element) => outer.some((scope) => scope !== element && contains(scope, element)));
  }
  return scopes;
}

/** Writes a role selector that `byRole` reads back. */
export function formatRole(role: string, name: string): string {
  return name ? `${role}[name=${JSON.stringify(name)}]` : role;
}

function matchRole(pass: Pass, query: RoleQuery): Element[] {
  const wanted = query.name === undefined ? undefined : fold(query.name, query.ignoreCase);
  const words = wanted?.toLowerCase().split(" ").filter(Boolean) ?? [];
  return pass.withRole(query.role).filter((element) => {
    if (query.level !== undefined && levelOf(element) !== query.level) return false;
    if (wanted !== undefined) {
      if (!couldBeNamed(element, words)) return false;
      if (fold(pass.nameOf(element), query.ignoreCase) !== wanted) return false;
    }
    return !isAriaHidden(element);
  });
}

function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? normalize(text).toLowerCase() : normalize(text);
}

function levelOf(element: Element): number {
  const explicit = Number(element.getAttribute("aria-level"));
  return explicit || Number(/^H([1-6])$/.exec(element.tagName)?.[1] ?? 0);
}

export function parseRole(text: string): RoleQuery {
  const head = /^\s*([a-z]+)/i.exec(text);
  if (!head?.[1]) throw new Error(`"${text}" does not start with a role`);
  const query: RoleQuery = { role: head[1].toLowerCase(), ignoreCase: false };
  const attribute = /\[\s*(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\]\s]+)\s*(i)?\s*\]/gy;
  attribute.lastIndex = head[0].length;
  let end = attribute.lastIndex;
  for (let match = attribute.exec(text); match; match = attribute.exec(text)) {
    end = attribute.lastIndex;
    const value = unquote(match[2] ?? "");
    if (match[1] === "name") {
      query.name = value;
      query.ignoreCase = match[3] === "i";
    } else if (match[1] === "level") {
      query.level = Number(value);
    } else {
      throw new Error(`"${match[1]}" is not an attribute of a role selector`);
    }
  }
  if (text.slice(end).trim()) throw new Error(`"${text.slice(end).trim()}" cannot be read`);
  return query;
}

function unquote(text: string): string {
  const first = text[0];
  if (first !== '"' && first !== "'") return text;
  return text.slice(1, -1).replace(/\\(.)/g, "$1");
}
