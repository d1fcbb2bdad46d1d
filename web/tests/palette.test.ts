import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");

/** The colours of a theme by name. */
function theme(name: string): Map<string, string> {
  const block = css.split(`[data-theme="${name}"]`)[1]?.split("}")[0] ?? "";
  return new Map(Array.from(block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g), ([, token, colour]) => [token as string, colour as string]));
}

/** The contrast ratio of two colours, as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["bg", "surface", "raised", "sunken"];
const rows: [least: number, token: string, on: string[], why: string][] = [
  [4.5, "ink", grounds, "text"],
  [4.5, "muted", grounds, "text"],
  [4.5, "faint", grounds, "text"],
  [3, "edge", grounds, "what shows where a field is"],
  ...["accent", "danger", "success", "warning", "healed", "info"].map(
    (name) => [4.5, `${name}-text`, ["surface", "raised", `${name}-soft`], "text"] as [number, string, string[], string],
  ),
  [4.5, "on-accent", ["accent", "accent-hover"], "text on a button"],
];

for (const name of ["light", "dark"]) {
  test.each(rows)(`${name}: at least %d : 1 for %s on %s, %s`, (least, token, on) => {
    const colours = theme(name);
    for (const ground of on) {
      const ratio = contrast(colours.get(token) ?? "", colours.get(ground) ?? "");
      expect(ratio, `${token} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });
}
