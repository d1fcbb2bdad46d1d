import { X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button.tsx";

/** How much of a file has gone to the server; it can be stopped. */
export function Sending({ label, share, onStop }: { label: string; share: number; onStop: () => void }) {
  return (
    <div className="flex items-center gap-2 text-data text-muted">
      <progress value={share} aria-label={`Sending: ${label}`} className="h-1.5 min-w-0 flex-1 accent-accent" />
      <span className="num">{Math.round(share * 100)} %</span>
      <IconButton label="Stop sending" onClick={onStop}>
        <X />
      </IconButton>
    </div>
  );
}
