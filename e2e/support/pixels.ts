// Reads single pixels of what the viewer shows, to prove that a picture really arrives.
import { inflateSync } from "node:zlib";
import type { Page } from "@playwright/test";

export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** The colour at one CSS pixel of the UI. */
export async function pixelAt(page: Page, x: number, y: number): Promise<Colour> {
  const png = await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 }, animations: "allow" });
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [, r = 0, g = 0, b = 0] = inflateSync(Buffer.concat(data)); // the first byte of a row names its filter
  return { r, g, b };
}

export function isNear(a: Colour, b: Colour, tolerance = 24): boolean {
  return Math.abs(a.r - b.r) <= tolerance && Math.abs(a.g - b.g) <= tolerance && Math.abs(a.b - b.b) <= tolerance;
}
