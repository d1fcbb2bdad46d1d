import { cn } from "@/lib/class-names.ts";

interface RobustnessProps {
  /** 0–100: how likely the selector survives a change of the page. */
  confidence: number | undefined;
}

/** A short bar, longer and greener the more a selector is to be trusted. */
export function Robustness({ confidence }: RobustnessProps) {
  const known = confidence !== undefined;
  const tone = !known ? "bg-line-strong" : confidence >= 80 ? "bg-success" : confidence >= 55 ? "bg-warning" : "bg-danger";
  const word = !known ? "unknown" : confidence >= 80 ? "robust" : confidence >= 55 ? "fair" : "fragile";
  return (
    <span
      role="img"
      aria-label={known ? `Robustness ${confidence} of 100, ${word}` : "Robustness unknown"}
      title={known ? `${confidence} of 100, ${word}` : "unknown"}
      className="block h-1.5 w-9 shrink-0 overflow-hidden rounded-full bg-line"
    >
      <span className={cn("block h-full rounded-full", tone)} style={{ width: `${confidence ?? 0}%` }} />
    </span>
  );
}
