import { CircleX, Info, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ConsoleLine } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { formatClock } from "@/lib/moment.ts";
import { cutMiddle } from "@/lib/shorten.ts";

const tone = (level: string) =>
  level === "error" || level === "assert"
    ? "bg-danger-soft text-danger-text"
    : level.startsWith("warn")
      ? "bg-warning-soft text-warning-text"
      : "";

function Mark({ level }: { level: string }) {
  if (level === "error" || level === "assert") return <CircleX className="size-3.5" aria-label="Error" />;
  if (level.startsWith("warn")) return <TriangleAlert className="size-3.5" aria-label="Warning" />;
  if (level === "info") return <Info className="size-3.5 text-info-text" aria-label="Info" />;
  return <span className="size-3.5" />;
}

interface ConsoleLinesProps {
  lines: readonly ConsoleLine[];
  /** Stay at the end while lines arrive. */
  follow?: boolean;
}

/** A console as developer tools show it. */
export function ConsoleLines({ lines, follow }: ConsoleLinesProps) {
  const endRef = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what scrolls
  useEffect(() => {
    if (follow) endRef.current?.scrollIntoView({ block: "nearest" });
  }, [lines.length, follow]);
  return (
    <>
      <ol aria-label="Console">
        {lines.map((line, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
            key={index}
            className={cn("code flex items-start gap-2 border-b border-line px-3 py-1", tone(line.level))}
          >
            <span className="flex h-4.5 items-center">
              <Mark level={line.level} />
            </span>
            <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">{line.text}</span>
            {(line.count ?? 1) > 1 && <span className="num rounded-full bg-hover px-1.5 text-muted">×{line.count}</span>}
            {line.url && (
              <span className="shrink-0 text-faint max-md:hidden" title={line.url}>
                {cutMiddle(line.url.split("/").pop() || line.url, 24)}
                {line.line ? `:${line.line}` : ""}
              </span>
            )}
            {line.at && <span className="num shrink-0 text-faint">{formatClock(line.at)}</span>}
          </li>
        ))}
      </ol>
      <div ref={endRef} />
    </>
  );
}
