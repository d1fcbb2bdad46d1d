import { Pin } from "lucide-react";
import { Button } from "./ui/button.tsx";

interface KeepButtonProps {
  pinned: boolean;
  busy: boolean;
  onKeep: (pinned: boolean) => void;
}

/** Keeps something for good where its like go by themselves. */
export function KeepButton({ pinned, busy, onKeep }: KeepButtonProps) {
  return (
    <Button
      icon={<Pin />}
      aria-pressed={pinned}
      busy={busy}
      title={pinned ? "Let it be removed as others are" : "Never remove it by itself"}
      onClick={() => onKeep(!pinned)}
    >
      {pinned ? "Kept" : "Keep"}
    </Button>
  );
}
