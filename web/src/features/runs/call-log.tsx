import { ScrollText } from "lucide-react";
import type { RunStep } from "@/api/types.ts";
import { Empty } from "@/components/states.tsx";

/** What the player did and waited for during the step. */
export function CallLog({ step }: { step: RunStep }) {
  const lines = step.error?.callLog?.length ? step.error.callLog : (step.waits ?? []);
  if (lines.length === 0) {
    return (
      <Empty icon={<ScrollText />} title="Nothing to tell">
        The step went through at once, without waiting.
      </Empty>
    );
  }
  return (
    <ol aria-label="Call log" className="code p-4">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log is its order
        <li key={index} className="flex gap-3 py-0.5">
          <span className="num w-6 shrink-0 text-right text-faint">{index + 1}</span>
          <span className="break-words whitespace-pre-wrap">{line}</span>
        </li>
      ))}
    </ol>
  );
}
