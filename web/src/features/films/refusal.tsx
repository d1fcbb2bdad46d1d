import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { RefusalWords } from "./refusal-words.ts";
import { wrongField } from "./storyboard-text.ts";

/** Why the server does not film what was asked for: which field, and what is wrong with it. */
export function Refusal({ error, words, line }: { error: Error; words: RefusalWords; line: number | undefined }) {
  const wrong = wrongField(error.message);
  const alertRef = useRef<HTMLDivElement>(null);
  // Whoever asked from further down the form sees it too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is news
  useEffect(() => {
    // In braces: newer browsers answer a promise, which is no way to end an effect.
    alertRef.current?.scrollIntoView({ block: "nearest" });
  }, [error]);
  return (
    <div
      ref={alertRef}
      role="alert"
      className="flex shrink-0 items-start gap-2 border-b border-danger bg-danger-soft px-4 py-2.5 text-danger-text"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">
        <p className="font-semibold">It cannot be filmed like this</p>
        <p className="break-words text-ink">
          {wrong ? (
            <>
              <span className="code">{wrong.field}</span>
              {line && <span> (line {line})</span>}: {wrong.problem}
            </>
          ) : (
            words.reason
          )}
        </p>
        {words.advice && <p className="mt-1 text-muted">{words.advice}</p>}
      </div>
    </div>
  );
}
