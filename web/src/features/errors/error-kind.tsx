import { Bomb, Bug, CircleAlert, CircleX, Compass, Info, type LucideIcon, Network, Terminal, TriangleAlert } from "lucide-react";
import type { ErrorRecord } from "@/api/types.ts";
import { cn } from "@/lib/class-names.ts";
import { sentence } from "@/lib/sentence.ts";

export const kinds: Record<string, { label: string; icon: LucideIcon }> = {
  console: { label: "Console", icon: Terminal },
  exception: { label: "Exception", icon: Bug },
  network: { label: "Network", icon: Network },
  step: { label: "Step", icon: CircleX },
  navigation: { label: "Navigation", icon: Compass },
  crash: { label: "Crash", icon: Bomb },
};

const severities: Record<string, { label: string; icon: LucideIcon; text: string }> = {
  info: { label: "Info", icon: Info, text: "text-info-text" },
  warning: { label: "Warning", icon: TriangleAlert, text: "text-warning-text" },
  error: { label: "Error", icon: CircleAlert, text: "text-danger-text" },
  fatal: { label: "Fatal", icon: Bomb, text: "text-danger-text" },
};

/** What happened. Our own words begin as sentences do; those of a page stay as they are. */
export const errorTitle = ({ kind, message }: Pick<ErrorRecord, "kind" | "message">): string =>
  kind === "step" || kind === "navigation" ? sentence(message) : message;

export const severityChoices = Object.entries(severities).map(([value, { label }]) => ({ value, label }));
export const kindChoices = Object.entries(kinds).map(([value, { label }]) => ({ value, label }));

export function SeverityWord({ severity, className }: { severity: string; className?: string }) {
  const look = severities[severity] ?? { label: severity, icon: Info, text: "text-muted" };
  const Icon = look.icon;
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", look.text, className)}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {look.label}
    </span>
  );
}

export function KindWord({ kind }: { kind: string }) {
  const look = kinds[kind] ?? { label: kind, icon: CircleAlert };
  const Icon = look.icon;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-muted">
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {look.label}
    </span>
  );
}
