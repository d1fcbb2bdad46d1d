import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our own text sizes must not be taken for colours when classes are merged.
const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["data", "body", "h1", "h2", "h3"] }] } },
});

/** Joins classes; a later one wins over an earlier one of the same kind. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
