import { CircleCheck, CircleX } from "lucide-react";
import { Empty } from "@/components/states.tsx";
import { formatClock } from "@/lib/moment.ts";
import { useLive } from "./use-live.ts";

export function ErrorsPanel() {
  const exceptions = useLive((model) => model.exceptions);
  if (exceptions.length === 0) {
    return (
      <Empty icon={<CircleCheck />} title="No errors">
        Exceptions that the page does not catch show here with their stack.
      </Empty>
    );
  }
  return (
    <ul>
      {exceptions.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <li key={index} className="border-b border-line px-3 py-2">
          <details>
            <summary className="flex items-start gap-2">
              <CircleX className="mt-0.5 size-4 shrink-0 text-danger-text" aria-hidden />
              <span className="min-w-0 flex-1 break-words">{each.text}</span>
              <span className="num text-faint">{formatClock(each.at)}</span>
            </summary>
            {each.stack && <pre className="code mt-1 overflow-auto pl-6 text-muted">{each.stack}</pre>}
          </details>
        </li>
      ))}
    </ul>
  );
}
