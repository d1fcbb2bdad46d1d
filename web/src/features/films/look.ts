/** What is around and over the page; what this form has no field for, a background for example, stays as it came. */
export interface Look {
  frame: (typeof frames)[number];
  zoom: boolean;
  pointer: boolean;
  ripples: boolean;
  /** As `#rrggbb`. */
  highlightColor: string;
  [extra: string]: unknown;
}

export const frames = ["window", "card", "none"] as const;

export const plainLook: Look = { frame: "window", zoom: true, pointer: true, ripples: true, highlightColor: "#ff3b30" };

/** A look from elsewhere, with what it does not say as it is by default. */
export function readLook(value: unknown): Look {
  const given = value && typeof value === "object" ? (value as Partial<Look>) : {};
  const frame = frames.find((each) => each === given.frame) ?? plainLook.frame;
  return { ...plainLook, ...given, frame };
}
