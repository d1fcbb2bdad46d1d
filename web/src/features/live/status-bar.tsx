import { ChevronDown, Hand } from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { Tip } from "@/components/ui/tip.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatBitrate } from "@/lib/size.ts";
import { BrowserLimits } from "./browser-limits.tsx";
import { iHoldControl } from "./live-model.ts";
import { useLive, useLiveSession } from "./use-live.ts";

/** How the stream goes, who watches, who acts. */
export function StatusBar({ nudge }: { nudge: number }) {
  const stats = useLive((model) => model.stats);
  const watching = useLive((model) => model.session?.viewers.length ?? model.beat?.viewers ?? 0);
  const viewport = useLive((model) => model.session?.viewport);
  const names = useLive((model) => model.session?.viewers);
  const live = useLive((model) => model.phase === "live");
  const slow = stats.p95 !== undefined && stats.p95 > 150;
  return (
    <footer className="flex h-8 shrink-0 items-center gap-3 border-t border-line bg-surface pr-1 pl-3 whitespace-nowrap max-md:h-11">
      <div role="status" aria-label="Stream" aria-live="off" className="num flex min-w-0 items-center gap-2.5 overflow-hidden text-muted">
        <span title="Frames drawn in the last second">{Math.round(stats.fps)} fps</span>
        <Dot />
        <Tip side="top" text="From your input to the first frame that can show it: median and 95th percentile of the last inputs">
          <span className={cn(slow && "text-warning-text")}>
            in→frame {stats.p50 === undefined ? "–" : `${Math.round(stats.p50)} ms`}
            {stats.p95 !== undefined && <span className="max-sm:hidden"> (p95 {Math.round(stats.p95)})</span>}
          </span>
        </Tip>
        <Dot className="max-sm:hidden" />
        <span className="max-sm:hidden">{formatBitrate(stats.bytesPerSecond)}</span>
        <Dot className="max-lg:hidden" />
        <span className="max-lg:hidden" title="Frames that this connection was too slow for">
          dropped {stats.dropped}
        </span>
        <Dot className="max-lg:hidden" />
        {viewport && (
          <span className="max-lg:hidden">
            {viewport.width} × {viewport.height}
            {viewport.deviceScaleFactor !== 1 && ` @${viewport.deviceScaleFactor}x`}
          </span>
        )}
      </div>
      <span className="flex-1" />
      {live && (
        <span className="num text-muted max-sm:hidden" title={names?.map((viewer) => viewer.name).join(", ")}>
          {watching} watching
        </span>
      )}
      {live && <BrowserLimits />}
      {live && <ControlMenu nudge={nudge} />}
    </footer>
  );
}

function Dot({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn("text-faint", className)}>
      ·
    </span>
  );
}

function ControlMenu({ nudge }: { nudge: number }) {
  const live = useLiveSession();
  const me = useLive((model) => model.viewer);
  const mine = useLive(iHoldControl);
  const control = useLive((model) => model.session?.control);
  const others = useLive((model) => model.session?.viewers)?.filter((viewer) => viewer.id !== me) ?? [];
  const word = mine ? "you have control" : control?.viewer ? `${control.name ?? "Someone"} has control` : "nobody has control";
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          key={nudge}
          aria-label={`Control: ${word}`}
          className={cn(
            "flex h-7 items-center gap-1.5 rounded px-2 text-data hover:bg-hover max-md:h-11",
            mine ? "font-medium text-accent-text" : "text-muted",
            nudge > 0 && !mine && "animate-[breathe_500ms_ease-in-out_2]",
          )}
        >
          <Hand className="size-3.5" aria-hidden />
          {word}
          <ChevronDown className="size-3 text-faint" aria-hidden />
        </button>
      }
    >
      {!mine && (
        <MenuItem onSelect={() => live.send({ t: "control", action: "take" })}>
          {control?.viewer ? "Ask for control" : "Take control"}
        </MenuItem>
      )}
      {mine && <MenuItem onSelect={() => live.send({ t: "control", action: "release" })}>Release control</MenuItem>}
      {mine && others.length > 0 && <MenuSeparator />}
      {mine &&
        others.map((viewer) => (
          <MenuItem key={viewer.id} onSelect={() => live.send({ t: "control", action: "give", to: viewer.id })}>
            Give control to {viewer.name}
          </MenuItem>
        ))}
    </Menu>
  );
}
