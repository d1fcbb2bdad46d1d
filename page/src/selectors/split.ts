/** Splitting selector text where a separator stands outside quotes, brackets and parentheses. */

export function splitTopLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") {
      i++;
    } else if (quoted) {
      if (char === quoted) quoted = "";
    } else if (char === '"' || char === "'") {
      quoted = char;
    } else if (char === "(" || char === "[") {
      depth++;
    } else if (char === ")" || char === "]") {
      depth--;
    } else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(start, i).trim());
      i += separator.length - 1;
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** The index after the parenthesis that closes the one at `open`, or -1. */
export function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  let quoted = "";
  for (let i = open; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") {
      i++;
    } else if (quoted) {
      if (char === quoted) quoted = "";
    } else if (char === '"' || char === "'") {
      quoted = char;
    } else if (char === "(") {
      depth++;
    } else if (char === ")" && --depth === 0) {
      return i + 1;
    }
  }
  return -1;
}
