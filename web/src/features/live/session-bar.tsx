import {
  Camera,
  CircleDot,
  Crosshair,
  EllipsisVertical,
  Gauge,
  Keyboard,
  MonitorSmartphone,
  MousePointerClick,
  Pause,
  Play,
  Power,
  Square,
  Undo2,
} from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuRadio, MenuSeparator } from "@/components/ui/menu.tsx";
import { defaultPreset, presetOf, presets } from "@/lib/viewport-presets.ts";
import { iHoldControl } from "./live-model.ts";
import { useLive, useLiveSession } from "./use-live.ts";

interface SessionBarProps {
  picking: boolean;
  onPick: () => void;
  onSave: () => void;
  onEnd: () => void;
  onKeyboard: () => void;
  phone: boolean;
}

/** What can be done with the session: record, check, photograph, resize. */
export function SessionBar({ picking, onPick, onSave, onEnd, onKeyboard, phone }: SessionBarProps) {
  const live = useLiveSession();
  const mine = useLive(iHoldControl);
  const highlight = useLive((model) => model.session?.highlight ?? false);
  const over = useLive((model) => model.phase === "ended");
  const there = useLive((model) => model.phase === "live");
  return (
    <div role="toolbar" aria-label="Session" className="flex items-center gap-0.5">
      <Recorder onSave={onSave} />
      <IconButton label="Add check" pressed={picking} disabled={!mine} onClick={onPick}>
        <Crosshair />
      </IconButton>
      {!phone && (
        <IconButton label="Take screenshot" disabled={!there} onClick={() => live.send({ t: "screenshot" })}>
          <Camera />
        </IconButton>
      )}
      {!phone && (
        <IconButton
          label="Highlight clickable elements"
          pressed={highlight}
          disabled={!mine}
          onClick={() => live.send({ t: "highlight", on: !highlight })}
        >
          <MousePointerClick />
        </IconButton>
      )}
      {phone && (
        <IconButton label="Show keyboard" disabled={!mine} onClick={onKeyboard}>
          <Keyboard />
        </IconButton>
      )}
      <ViewportMenu />
      {!phone && <PictureMenu />}
      <Menu
        trigger={
          <IconButton label="More">
            <EllipsisVertical />
          </IconButton>
        }
      >
        {phone && (
          <>
            <MenuItem icon={<Camera />} disabled={!there} onSelect={() => live.send({ t: "screenshot" })}>
              Take screenshot
            </MenuItem>
            <MenuItem icon={<MousePointerClick />} disabled={!mine} onSelect={() => live.send({ t: "highlight", on: !highlight })}>
              {highlight ? "Hide clickable elements" : "Highlight clickable elements"}
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem icon={<Power />} danger disabled={over} onSelect={onEnd}>
          End session
        </MenuItem>
      </Menu>
    </div>
  );
}

function Recorder({ onSave }: { onSave: () => void }) {
  const live = useLiveSession();
  const mine = useLive(iHoldControl);
  const state = useLive((model) => model.session?.recording.state ?? "idle");
  const steps = useLive((model) => model.steps.length);
  const ended = useLive((model) => model.phase === "ended");
  const record = (action: "start" | "pause" | "resume" | "stop" | "undo") => live.send({ t: "record", action });

  if (state === "idle") {
    return (
      <>
        <Button
          size="sm"
          tone="quiet"
          disabled={!mine}
          icon={<CircleDot className="text-accent-text" />}
          className="h-8"
          onClick={() => record("start")}
        >
          Record
        </Button>
        {steps > 0 && !ended && (
          <Button size="sm" tone="primary" aria-label="Save recording" className="mx-1 h-8" onClick={onSave}>
            <span>
              Save<span className="max-md:hidden"> recording</span>
            </span>
          </Button>
        )}
      </>
    );
  }
  const paused = state === "paused";
  return (
    <div className="mr-1 flex items-center rounded border border-accent bg-accent-soft pl-2">
      <span className="flex items-center gap-1.5 pr-1 text-data font-medium text-accent-text" role="status">
        <span className={`size-2 rounded-full bg-accent ${paused ? "" : "breathe"}`} />
        <span className="max-md:sr-only">{paused ? "Paused" : "Recording"}</span> <span className="num">{steps}</span>
      </span>
      <IconButton
        label={paused ? "Resume recording" : "Pause recording"}
        disabled={!mine}
        onClick={() => record(paused ? "resume" : "pause")}
        className="size-7.5"
      >
        {paused ? <Play /> : <Pause />}
      </IconButton>
      <IconButton label="Undo last step" disabled={!mine || steps === 0} onClick={() => record("undo")} className="size-7.5">
        <Undo2 />
      </IconButton>
      <IconButton
        label="Stop recording"
        disabled={!mine}
        onClick={() => {
          record("stop");
          if (steps > 0) onSave();
        }}
        className="size-7.5"
      >
        <Square />
      </IconButton>
    </div>
  );
}

function ViewportMenu() {
  const live = useLiveSession();
  const mine = useLive(iHoldControl);
  const viewport = useLive((model) => model.session?.viewport);
  const noPhone = useLive((model) => model.session?.browser.limits?.some((limit) => limit.key === "phoneScreen")) ?? false;
  const now = presetOf(viewport);
  const name = now?.label ?? (viewport ? `${viewport.width} × ${viewport.height}` : "…");
  return (
    <Menu
      trigger={
        <IconButton label={`Viewport: ${name}`} disabled={!mine}>
          <MonitorSmartphone />
        </IconButton>
      }
    >
      <MenuRadio
        label="Viewport"
        value={now?.preset ?? defaultPreset}
        choices={presets.map(({ preset, label, width, height, mobile }) => ({
          value: preset,
          label,
          note: mobile && noPhone ? "not in this browser" : `${width} × ${height}`,
          disabled: mobile && noPhone,
        }))}
        onChange={(preset) => {
          const found = presets.find((each) => each.preset === preset);
          if (!found) return;
          const { label: _, ...size } = found;
          live.send({ t: "viewport", ...size });
        }}
      />
    </Menu>
  );
}

const rates = [10, 15, 30, 60].map((fps) => ({ value: String(fps), label: `${fps} frames a second` }));
const qualities = [
  { value: "50", label: "Light" },
  { value: "70", label: "Balanced" },
  { value: "90", label: "Sharp" },
];

function PictureMenu() {
  const live = useLiveSession();
  const mine = useLive(iHoldControl);
  const cast = useLive((model) => model.session?.cast);
  const quality = qualities.reduce((best, each) =>
    Math.abs(Number(each.value) - (cast?.quality ?? 70)) < Math.abs(Number(best.value) - (cast?.quality ?? 70)) ? each : best,
  );
  return (
    <Menu
      trigger={
        <IconButton label={`Picture: ${cast?.fps ?? 30} fps, ${quality.label.toLowerCase()}`} disabled={!mine}>
          <Gauge />
        </IconButton>
      }
    >
      <MenuRadio
        label="Frame rate, at most"
        value={String(cast?.fps ?? 30)}
        choices={rates}
        onChange={(fps) => live.send({ t: "cast", fps: Number(fps), quality: cast?.quality })}
      />
      <MenuSeparator />
      <MenuRadio
        label="Quality"
        value={quality.value}
        choices={qualities}
        onChange={(value) => live.send({ t: "cast", fps: cast?.fps, quality: Number(value) })}
      />
    </Menu>
  );
}
