import { CheckPopover } from "./check-popover.tsx";
import { toStage } from "./geometry.ts";
import { PagePicker } from "./page-picker.tsx";
import type { Box } from "./protocol.ts";
import { useLive } from "./use-live.ts";

interface StageOverlaysProps {
  scale: number;
  picking: boolean;
  stopPicking: () => void;
  glow: Box | undefined;
}

/** What is drawn over the page's own pixels, each at the place of the thing it is about. */
export function StageOverlays({ scale, picking, stopPicking, glow }: StageOverlaysProps) {
  const clickables = useLive((model) => model.clickables);
  const picked = useLive((model) => model.picked);
  const picker = useLive((model) => model.picker);
  return (
    <>
      <div className="pointer-events-none absolute inset-0 overflow-hidden" aria-hidden>
        {clickables.map((box) => (
          <Outline
            key={`${box.x} ${box.y} ${box.width} ${box.height}`}
            box={toStage(box, scale)}
            className="border border-healed bg-healed/12"
          />
        ))}
        {glow && (
          <Outline
            box={toStage(glow, scale)}
            className="border-2 border-accent bg-accent/15 shadow-[0_0_0_4px_color-mix(in_srgb,var(--accent)_24%,transparent)]"
          />
        )}
        {picked?.box && picking && <Outline box={toStage(picked.box, scale)} className="border-2 border-accent bg-accent/10" />}
      </div>
      {picked && picking && <CheckPopover picked={picked} scale={scale} onDone={stopPicking} />}
      {picker && <PagePicker key={String(picker.id)} picker={picker} scale={scale} />}
    </>
  );
}

function Outline({ box, className }: { box: Box; className: string }) {
  return (
    <div
      className={`absolute rounded-[2px] transition-all duration-75 ${className}`}
      style={{ left: box.x - 1, top: box.y - 1, width: box.width + 2, height: box.height + 2 }}
    />
  );
}
