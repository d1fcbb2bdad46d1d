import { cn } from "@/lib/class-names.ts";
import { formatExact, formatRelative } from "@/lib/moment.ts";
import { useNow } from "@/lib/use-now.ts";

interface MomentProps {
  at: string | number | null | undefined;
  className?: string;
}

/** A relative time with the exact one on hover. */
export function Moment({ at, className }: MomentProps) {
  const now = useNow();
  if (at === null || at === undefined) return <span className={cn("num text-faint", className)}>–</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)} className={cn("num whitespace-nowrap text-muted", className)}>
      {formatRelative(at, Math.max(now, Date.now()))}
    </time>
  );
}
