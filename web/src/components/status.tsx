import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import { cn } from "@/lib/class-names.ts";

interface Look {
  word: string;
  icon: LucideIcon;
  text: string;
  fill: string;
  spin?: boolean;
}

const looks: Record<string, Look> = {
  passed: { word: "Passed", icon: CircleCheck, text: "text-success-text", fill: "bg-success" },
  failed: { word: "Failed", icon: CircleX, text: "text-danger-text", fill: "bg-danger" },
  running: { word: "Running", icon: LoaderCircle, text: "text-accent-text", fill: "bg-accent", spin: true },
  queued: { word: "Queued", icon: Clock, text: "text-muted", fill: "bg-line-strong" },
  cancelled: { word: "Cancelled", icon: Ban, text: "text-muted", fill: "bg-faint" },
  rendering: { word: "Rendering", icon: LoaderCircle, text: "text-accent-text", fill: "bg-accent", spin: true },
  filming: { word: "Filming", icon: LoaderCircle, text: "text-accent-text", fill: "bg-accent", spin: true },
  finishing: { word: "Finishing", icon: LoaderCircle, text: "text-accent-text", fill: "bg-accent", spin: true },
  delivering: { word: "Delivering", icon: LoaderCircle, text: "text-accent-text", fill: "bg-accent", spin: true },
  done: { word: "Done", icon: CircleCheck, text: "text-success-text", fill: "bg-success" },
  timedOut: { word: "Timed out", icon: Clock, text: "text-danger-text", fill: "bg-danger" },
  skipped: { word: "Skipped", icon: CircleSlash, text: "text-faint", fill: "bg-line-strong" },
  pending: { word: "Not yet", icon: CircleDashed, text: "text-faint", fill: "bg-line" },
  starting: { word: "Starting", icon: LoaderCircle, text: "text-muted", fill: "bg-line-strong", spin: true },
  live: { word: "Live", icon: CircleDot, text: "text-success-text", fill: "bg-success" },
  stopping: { word: "Ending", icon: LoaderCircle, text: "text-muted", fill: "bg-line-strong", spin: true },
  stopped: { word: "Ended", icon: CircleSlash, text: "text-faint", fill: "bg-line-strong" },
  crashed: { word: "Crashed", icon: CircleAlert, text: "text-danger-text", fill: "bg-danger" },
};

const unknown: Look = { word: "Unknown", icon: CircleDashed, text: "text-muted", fill: "bg-line-strong" };

export const statusLook = (status: string): Look => looks[status] ?? { ...unknown, word: status };

/** An icon, always with its word or beside something that says it. */
export function StatusIcon({ status, className }: { status: string; className?: string }) {
  const look = statusLook(status);
  const Icon = look.icon;
  return <Icon aria-hidden className={cn("size-4 shrink-0", look.text, look.spin && "animate-spin", className)} />;
}

export function StatusWord({ status, className }: { status: string; className?: string }) {
  const look = statusLook(status);
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", look.text, className)}>
      <StatusIcon status={status} className="size-3.5" />
      {look.word}
    </span>
  );
}
