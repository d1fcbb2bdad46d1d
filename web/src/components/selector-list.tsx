import type { Selector } from "@/api/types.ts";
import { Robustness } from "./robustness.tsx";

/** Ranked selectors, the first tried on top. */
export function SelectorList({ selectors, matched }: { selectors: readonly Selector[]; matched?: number }) {
  return (
    <ol className="flex flex-col gap-1" aria-label="Selectors">
      {selectors.map((selector, index) => (
        <li key={`${selector.strategy} ${selector.value}`} className="flex items-center gap-2">
          <Robustness confidence={selector.confidence} />
          <span className="w-20 shrink-0 truncate text-data text-muted">{selector.strategy}</span>
          <code
            className={`code min-w-0 flex-1 truncate ${index === matched ? "font-semibold text-success-text" : ""}`}
            title={selector.value}
          >
            {selector.value}
          </code>
        </li>
      ))}
    </ol>
  );
}
