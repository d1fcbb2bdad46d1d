import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { cn } from "@/lib/class-names.ts";
import { usePhone } from "@/lib/use-media.ts";
import { placeInside } from "./geometry.ts";
import { attachKeyboard } from "./keyboard-input.ts";
import { activeTab, iHoldControl } from "./live-model.ts";
import { attachPointer } from "./pointer-input.ts";
import type { Box } from "./protocol.ts";
import { StageOverlays } from "./stage-overlays.tsx";
import { StageVeil } from "./stage-veil.tsx";
import { useLive, useLiveSession } from "./use-live.ts";

/** Dark around the light, and room for the line that says recording. */
const STAGE_GAP = 10;

interface StageProps {
  picking: boolean;
  stopPicking: () => void;
  glow: Box | undefined;
  onRefused: () => void;
}

/** The lit stage: the page's picture on a canvas, and the hands that reach into it. */
export function Stage({ picking, stopPicking, glow, onRefused }: StageProps) {
  const live = useLiveSession();
  const roomRef = useRef<HTMLDivElement>(null);
  const stageRef = useRef<HTMLDivElement>(null);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const pickingRef = useRef(picking);
  const refusedRef = useRef(onRefused);
  const stopPickingRef = useRef(stopPicking);
  pickingRef.current = picking;
  refusedRef.current = onRefused;
  stopPickingRef.current = stopPicking;

  const [room, setRoom] = useState({ width: 0, height: 0 });
  const phone = usePhone();
  const viewport = useLive((model) => model.session?.viewport);
  const cursor = useLive((model) => model.cursor);
  const recording = useLive((model) => model.session?.recording.state === "recording");
  const mine = useLive(iHoldControl);
  const focus = useLive((model) => model.focus);
  const title = useLive((model) => activeTab(model)?.title);

  useLayoutEffect(() => {
    const element = roomRef.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoom({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const stage = stageRef.current;
    const field = fieldRef.current;
    if (!stage || !field) return;
    const detachPointer = attachPointer(stage, live, {
      picking: () => pickingRef.current,
      onRefused: () => refusedRef.current(),
      onPress: () => field.focus({ preventScroll: true }),
    });
    const detachKeyboard = attachKeyboard(field, live, {
      leave: () => field.blur(),
      onEscape: () => {
        if (pickingRef.current) stopPickingRef.current();
        return pickingRef.current;
      },
    });
    return () => {
      detachPointer();
      detachKeyboard();
    };
  }, [live]);

  const canvas = useCallback((element: HTMLCanvasElement | null) => live.painter.attach(element), [live]);

  const size = viewport ?? { width: 1280, height: 720 };
  const gap = phone ? 0 : STAGE_GAP;
  const inner = { width: room.width - 2 * gap, height: room.height - 2 * gap };
  const place = placeInside(inner, size, viewport?.mobile ? 1 : 1.5);

  return (
    <div ref={roomRef} className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-stage">
      <div
        data-stage
        className={cn(
          "absolute bg-white transition-[outline-color] outline-2 outline-offset-2 outline-transparent",
          recording && "outline-accent",
        )}
        style={{ left: place.x + gap, top: place.y + gap, width: place.width, height: place.height }}
      >
        <div
          ref={stageRef}
          role="application"
          aria-label="Page"
          aria-description={title}
          className="absolute inset-0 touch-none overflow-hidden select-none"
          style={{ cursor: picking ? "crosshair" : mine ? cursor : "default" }}
        >
          <canvas ref={canvas} className="block size-full" />
        </div>
        <textarea
          ref={fieldRef}
          aria-label="Page keyboard"
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          className="pointer-events-none absolute h-5 w-px resize-none overflow-hidden border-0 p-0 text-[16px] leading-5 opacity-0 outline-none"
          style={{
            left: (focus?.box?.x ?? 0) * place.scale,
            top: (focus?.box?.y ?? 0) * place.scale,
          }}
        />
        <StageOverlays scale={place.scale} picking={picking} stopPicking={stopPicking} glow={glow} />
      </div>
      {/* Over the whole room: on a phone the stage alone is too low for a question. */}
      <StageVeil />
    </div>
  );
}
