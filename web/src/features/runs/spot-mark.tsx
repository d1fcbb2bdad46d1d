import type { RunStep } from "@/api/types.ts";

/** The element of a failed step, outlined on the picture that it lies over. */
export function SpotMark({ spot }: { spot: NonNullable<RunStep["spot"]> }) {
  const share = (part: number) => `${part * 100}%`;
  return (
    <span
      aria-hidden
      data-spot
      title="The element of this step"
      className="absolute rounded-[1px] outline-2 outline-offset-2 outline-danger ring-2 ring-white/80"
      style={{ left: share(spot.x), top: share(spot.y), width: share(spot.width), height: share(spot.height) }}
    />
  );
}
