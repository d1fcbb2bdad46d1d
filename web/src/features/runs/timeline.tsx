import { useQuery } from "@tanstack/react-query";
import { pictureUrl, textArtifactQuery } from "@/api/artifacts.ts";
import { runArtifactsQuery } from "@/api/runs.ts";
import type { ConsoleLine, NetworkLine, RunDetail } from "@/api/types.ts";
import { statusLook } from "@/components/status.tsx";
import { cn } from "@/lib/class-names.ts";
import { formatDuration } from "@/lib/duration.ts";
import { parseLines } from "./evidence-lines.ts";
import { marks, spans, ticks } from "./time-axis.ts";

interface TimelineProps {
  run: RunDetail;
  shown: number | undefined;
  onChoose: (index: number) => void;
}

const FILM_FRAMES = 14;

/** One time axis: the pictures, and the steps as long as they took. */
export function Timeline({ run, shown, onChoose }: TimelineProps) {
  const axis = spans(run);
  if (!axis) return null;
  const frames = film(run, axis);
  return (
    <div aria-hidden className="shrink-0 border-b border-line bg-sunken px-6 pt-2 pb-1 max-md:hidden">
      {frames.length > 1 && (
        <div className="flex h-12 gap-px overflow-hidden rounded-sm">
          {frames.map(({ at, step }) => (
            <button
              key={at}
              type="button"
              tabIndex={-1}
              onClick={() => onChoose(step.index)}
              className={cn(
                "min-w-0 flex-1 overflow-hidden opacity-85 transition-opacity hover:opacity-100",
                step.index === shown && "relative opacity-100 after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:bg-accent",
              )}
            >
              <img src={pictureUrl(step.screenshot)} alt="" loading="lazy" className="size-full object-cover object-top" />
            </button>
          ))}
        </div>
      )}
      <div className="relative mt-1.5 h-4">
        {axis.spans.map((span) => (
          <button
            key={span.index}
            type="button"
            tabIndex={-1}
            title={`${span.index + 1}. ${span.title} · ${formatDuration(span.durationMs)}`}
            onClick={() => onChoose(span.index)}
            className={cn(
              "absolute top-0.5 h-3 min-w-[3px] rounded-[2px] hover:brightness-110",
              statusLook(span.status).fill,
              span.index === shown && "top-0 h-4 ring-2 ring-accent ring-offset-1 ring-offset-sunken",
            )}
            style={{ left: `${span.start * 100}%`, width: `max(3px, calc(${span.width * 100}% - 1px))` }}
          />
        ))}
      </div>
      <Marks run={run} totalMs={axis.totalMs} />
      <div className="relative h-4">
        {ticks(axis.totalMs).map((tick) => (
          <span
            key={tick}
            className="absolute text-[10px] leading-4 text-faint tabular-nums"
            style={{ left: `${(tick / axis.totalMs) * 100}%` }}
          >
            {tick === 0 ? "0" : formatDuration(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** A strip of pictures along the axis: in each place the last one that had been taken by then. */
function film(run: RunDetail, axis: NonNullable<ReturnType<typeof spans>>) {
  const pictured = axis.spans.flatMap((span) => {
    const step = run.steps.find((each) => each.index === span.index);
    return step?.screenshot ? [{ step, taken: span.start + span.width }] : [];
  });
  const first = pictured[0];
  if (!first) return [];
  return Array.from({ length: FILM_FRAMES }, (_, at) => {
    const end = (at + 1) / FILM_FRAMES;
    return { at, step: (pictured.findLast(({ taken }) => taken <= end) ?? first).step };
  });
}

/** What the console said and which requests failed, on the same axis. */
function Marks({ run, totalMs }: { run: RunDetail; totalMs: number }) {
  const artifacts = useQuery({ ...runArtifactsQuery(run.id), enabled: run.status !== "queued" }).data ?? [];
  const lines = marks(run, totalMs, useEvidence<ConsoleLine>(artifacts.find((each) => each.kind === "console")?.url));
  const failures = marks(run, totalMs, useEvidence<NetworkLine>(artifacts.find((each) => each.kind === "network")?.url));
  if (lines.length + failures.length === 0) return null;
  return (
    <div className="relative mt-1 h-2">
      {lines.map(({ at, line }) => (
        <span
          key={`${line.at} ${line.text}`}
          title={`Console: ${line.text}`}
          className={cn(
            "absolute top-0 size-1.5 -translate-x-1/2 rounded-full",
            line.level === "error" ? "bg-danger" : line.level.startsWith("warn") ? "bg-warning" : "bg-faint",
          )}
          style={{ left: `${at * 100}%` }}
        />
      ))}
      {failures.map(({ at, line }) => (
        <span
          key={`${line.at} ${line.url}`}
          title={`${line.method ?? "GET"} ${line.url} ${line.status ?? line.error ?? ""}`}
          className="absolute top-0 size-1.5 -translate-x-1/2 rotate-45 border border-danger bg-danger-soft"
          style={{ left: `${at * 100}%` }}
        />
      ))}
    </div>
  );
}

function useEvidence<T>(url: string | undefined): T[] {
  const text = useQuery({ ...textArtifactQuery(url ?? ""), enabled: url !== undefined }).data;
  return text === undefined ? [] : parseLines<T>(text);
}
