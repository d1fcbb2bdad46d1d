/** What is around and over the page; what this form has no field for, a background for example, stays as it came. */
export interface Look {
  frame: (typeof frames)[number];
  zoom: boolean;
  /** `true` is the first style, and `false` none. */
  pointer: boolean | (typeof pointers)[number];
  /** What clicks make; `true` is the first effect, and `false` nothing. */
  ripples: boolean | (typeof effects)[number];
  /** Which look pages are asked for; their own when none is said. */
  scheme?: (typeof schemes)[number];
  /** As `#rrggbb`. */
  highlightColor: string;
  [extra: string]: unknown;
}

export const frames = ["window", "card", "none"] as const;

export const pointers = ["arrow", "white", "dot", "none"] as const;
export const effects = ["ring", "disc", "pulse", "none"] as const;
export const schemes = ["light", "dark"] as const;

/** A style by its name, where the first one and none may be said by a flag. */
export function styleName<Name extends string>(said: boolean | Name, names: readonly Name[]): Name {
  if (typeof said === "string") return said;
  return names.at(said ? 0 : -1) as Name;
}

export const plainLook: Look = { frame: "window", zoom: true, pointer: true, ripples: true, highlightColor: "#ff3b30" };

/** A look from elsewhere, with what it does not say as it is by default. */
export function readLook(value: unknown): Look {
  const given = value && typeof value === "object" ? (value as Partial<Look>) : {};
  const frame = frames.find((each) => each === given.frame) ?? plainLook.frame;
  return { ...plainLook, ...given, frame };
}
