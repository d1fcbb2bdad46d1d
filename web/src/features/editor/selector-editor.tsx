import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { Selector } from "@/api/types.ts";
import { Robustness } from "@/components/robustness.tsx";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { confidenceOf, strategies } from "./strategies.ts";

interface SelectorEditorProps {
  selectors: readonly Selector[];
  /** How they are used, where it is not to find one element. */
  note?: string | undefined;
  /** Said when there are none, where a step can do without. */
  none?: string | undefined;
  onChange: (selectors: Selector[], key?: string) => void;
}

/** Selectors in the order in which they are tried; the place in the list is the priority. */
export function SelectorEditor({ selectors, note, none, onChange }: SelectorEditorProps) {
  const write = (next: Selector[], key?: string) =>
    onChange(
      next.map((selector, index) => ({ ...selector, priority: index + 1 })),
      key,
    );
  const patch = (at: number, change: Partial<Selector>, key?: string) =>
    write(
      selectors.map((selector, index) => (index === at ? { ...selector, ...change } : selector)),
      key,
    );
  const move = (at: number, by: 1 | -1) => {
    const next = [...selectors];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    write(next);
  };

  return (
    <fieldset aria-label="Selectors" className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-h3 font-semibold">Selectors</legend>
      <p className="-mt-1 mb-1 text-data text-muted">
        {(selectors.length === 0 && none) || note || "Tried from the top; the first that finds exactly one element is used."}
      </p>
      {selectors.map((selector, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a selector is its place in the ranking
          key={index}
          className="grid grid-cols-[20px_44px_132px_minmax(0,1fr)_auto] items-center gap-2 @max-xl:grid-cols-[20px_minmax(0,1fr)_auto]"
        >
          <span className="num text-right text-faint">{index + 1}</span>
          <span className="@max-xl:hidden">
            <Robustness confidence={selector.confidence} />
          </span>
          <Select
            label={`Strategy ${index + 1}`}
            value={selector.strategy}
            choices={
              strategies.some((each) => each.value === selector.strategy)
                ? strategies
                : [...strategies, { value: selector.strategy, label: selector.strategy }]
            }
            onChange={(strategy) => patch(index, { strategy, confidence: confidenceOf(strategy) })}
          />
          <Input
            aria-label={`Selector ${index + 1}`}
            value={selector.value}
            spellCheck={false}
            onValueChange={(value) => patch(index, { value }, `selector ${index}`)}
            className="code @max-xl:order-last @max-xl:col-span-3"
          />
          <span className="flex">
            <IconButton label={`Move selector ${index + 1} up`} disabled={index === 0} onClick={() => move(index, -1)}>
              <ArrowUp />
            </IconButton>
            <IconButton label={`Move selector ${index + 1} down`} disabled={index === selectors.length - 1} onClick={() => move(index, 1)}>
              <ArrowDown />
            </IconButton>
            <IconButton label={`Delete selector ${index + 1}`} onClick={() => write(selectors.filter((_, at) => at !== index))}>
              <Trash2 />
            </IconButton>
          </span>
        </div>
      ))}
      <Button
        size="sm"
        tone="quiet"
        icon={<Plus />}
        className="self-start"
        onClick={() => write([...selectors, { strategy: "css", value: "", confidence: confidenceOf("css") }])}
      >
        Add selector
      </Button>
    </fieldset>
  );
}
