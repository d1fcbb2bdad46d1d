import { type CutPicture, readPicture, toPicture } from "./cut-pictures.ts";
import { type CutText, readText, toText } from "./cut-texts.ts";

/** Overlays of a cut. */
export const MOST_OVERLAYS = 50;

/** Something over the new film, for a time of it. */
export type CutOverlay = CutText | CutPicture;

/** The overlays of an edit, in order: later ones lie over earlier ones. */
export function readOverlays(overlays: unknown): CutOverlay[] {
  if (!Array.isArray(overlays)) return [];
  return overlays.map((overlay: Record<string, unknown>) =>
    typeof overlay.picture === "string" ? readPicture(overlay) : readText(overlay),
  );
}

/** The overlays of an order. */
export const toOverlays = (overlays: readonly CutOverlay[]): Record<string, unknown>[] =>
  overlays.map((overlay) => (overlay.kind === "picture" ? toPicture(overlay) : toText(overlay)));
