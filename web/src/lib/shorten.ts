/** Cuts a long text in the middle, where addresses and selectors carry the least. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = Math.ceil((max - 1) * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (max - 1 - head))}`;
}

/** The tail of a UUIDv7: its head is the time and alike for neighbours. */
export function shortId(id: string): string {
  return id.replaceAll("-", "").slice(-8);
}

/** `shop.example/cart` for `https://shop.example/cart?a=1`. */
export function shortUrl(url: string): string {
  try {
    const parsed = new URL(url);
    if (!parsed.host) return url;
    return parsed.host + (parsed.pathname === "/" ? "" : parsed.pathname);
  } catch {
    return url;
  }
}
