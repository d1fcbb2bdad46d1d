import { oneOf } from "@/lib/one-of.ts";
import { freshTimes, type Overlaid, places, problemOfTimes, readMs, type TimeProblems, toTimes } from "./overlaid.ts";
import { percentOf, shareOfPercent } from "./sound.ts";

/** Without a width a picture takes at most this share of the film, across and down. */
const USUAL_SHARE = 1 / 4;

/** A picture over the new film, for a time of it. */
export interface CutPicture extends Overlaid {
  kind: "picture";
  /** The id of a picture that was sent; empty until one is chosen. */
  picture: string;
  /** Pixels of the new film; its own when nothing is said, but no more than a quarter of the film. */
  width: number | null;
  /** Per cent. */
  opacity: number | null;
}

/** A picture that comes at a moment of the new film, or is there from its beginning to its end. */
export const freshPicture = (atMs: number | undefined): CutPicture => ({
  ...freshTimes(atMs),
  kind: "picture",
  picture: "",
  place: "top-right",
  width: null,
  opacity: null,
});

export const readPicture = ({ picture, from, to, place, width, opacity, ...rest }: Record<string, unknown>): CutPicture => ({
  ...freshPicture(undefined),
  picture: String(picture),
  from: readMs(from) ?? 0,
  to: readMs(to),
  place: oneOf(place, places, "top-right"),
  width: typeof width === "number" ? width : null,
  opacity: typeof opacity === "number" ? percentOf(opacity) : null,
  rest,
});

export const toPicture = (picture: CutPicture): Record<string, unknown> => ({
  ...picture.rest,
  picture: picture.picture,
  ...toTimes(picture),
  ...(picture.place !== "top-right" && { place: picture.place }),
  ...(picture.width !== null && { width: picture.width }),
  ...(picture.opacity !== null && { opacity: shareOfPercent(picture.opacity) }),
});

export interface PictureProblems extends TimeProblems {
  picture?: string;
  width?: string;
  opacity?: string;
}

/** What keeps a picture from being seen in a film of this length, as far as that is known; the server says the rest. */
export function problemOfPicture(picture: CutPicture, lengthMs: number | undefined): PictureProblems {
  const problems: PictureProblems = problemOfTimes(picture, lengthMs);
  const { width, opacity } = picture;
  if (!picture.picture) problems.picture = "Which picture?";
  if (width !== null && !(Number.isInteger(width) && width >= 8 && width <= 4096)) problems.width = "8 to 4096";
  if (opacity !== null && !(opacity >= 0 && opacity <= 100)) problems.opacity = "0 to 100";
  return problems;
}

interface Size {
  width: number;
  height: number;
}

/** The share of the film's width that a picture takes; `own` are its pixels. */
export function shareOf({ width }: Pick<CutPicture, "width">, own: Size, film: Size): number {
  if (width !== null) return width / film.width;
  const down = (own.width / own.height) * film.height * USUAL_SHARE;
  return Math.min(own.width, film.width * USUAL_SHARE, down) / film.width;
}
