import { Slider } from "@base-ui/react/slider";
import { MoveHorizontal } from "lucide-react";
import { useState } from "react";

interface BeforeAfterProps {
  before: string;
  after: string;
  /** What the two are called in their corners. */
  names?: readonly [before: string, after: string];
  /** What the two show, for those who do not see them. */
  alts?: readonly [before: string, after: string];
}

/** Two pictures of the same page, one over the other, with a curtain to draw. */
export function BeforeAfter({
  before,
  after,
  names = ["Before", "After"],
  alts = ["The page just before", "The page when it happened"],
}: BeforeAfterProps) {
  const [at, setAt] = useState(50);
  return (
    <Slider.Root
      value={at}
      onValueChange={(value) => setAt(value as number)}
      className="relative w-fit overflow-hidden rounded-lg border border-line"
    >
      <Slider.Control className="relative block touch-none select-none">
        <img src={after} alt={alts[1]} draggable={false} className="block max-h-[60dvh] max-w-full" />
        {/* As wide as the other: the two were taken of the same page, but not always of the same height. */}
        <div className="absolute inset-0 bg-sunken" style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }}>
          <img src={before} alt={alts[0]} draggable={false} className="block w-full" />
        </div>
        <span className="absolute top-2 left-2 rounded-sm border border-line bg-raised px-1.5 text-data">{names[0]}</span>
        <span className="absolute top-2 right-2 rounded-sm border border-line bg-raised px-1.5 text-data">{names[1]}</span>
        <span aria-hidden className="absolute inset-y-0 w-0.5 -translate-x-px bg-accent" style={{ left: `${at}%` }} />
        <div className="absolute inset-x-0 top-1/2">
          <Slider.Track className="h-0">
            <Slider.Thumb
              getAriaLabel={() => `${names[0]} and ${names[1].toLowerCase()}`}
              className="flex size-8 items-center justify-center rounded-full border-2 border-accent bg-raised shadow-pop"
            >
              <MoveHorizontal className="size-4" />
            </Slider.Thumb>
          </Slider.Track>
        </div>
      </Slider.Control>
    </Slider.Root>
  );
}
