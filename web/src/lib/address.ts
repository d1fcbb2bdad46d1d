/** Turns what someone typed in an address field into an address, as browsers do. */
export function toAddress(typed: string): string {
  const text = typed.trim();
  if (text === "") return "about:blank";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^(about|data|blob|view-source):/i.test(text)) return text;
  const local = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(text);
  return `${local ? "http" : "https"}://${text}`;
}
