import { Plus, Trash2 } from "lucide-react";
import type { RecordedStep, Selector } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { strategies } from "./strategies.ts";

export interface Mask {
  selectors: Selector[];
  [extra: string]: unknown;
}

export const masksOf = (step: RecordedStep): Mask[] => (Array.isArray(step.masks) ? (step.masks as Mask[]) : []);

interface MaskEditorProps {
  masks: readonly Mask[];
  onChange: (masks: Mask[] | undefined, key?: string) => void;
}

/** What is painted out of the picture; of each mask the selector that is tried first. */
export function MaskEditor({ masks, onChange }: MaskEditorProps) {
  const write = (next: Mask[], key?: string) => onChange(next.length > 0 ? next : undefined, key);
  const patch = (at: number, change: Partial<Selector>, key?: string) =>
    write(
      masks.map((mask, index) => (index === at ? { ...mask, selectors: firstPatched(mask.selectors, change) } : mask)),
      key,
    );
  return (
    <fieldset aria-label="Masks" className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-h3 font-semibold">Masks</legend>
      <p className="-mt-1 mb-1 text-data text-muted">
        What changes by itself, such as a clock or an advertisement: all elements that are found are left out of the picture.
      </p>
      {masks.map((mask, index) => {
        const first = mask.selectors?.[0];
        const strategy = first?.strategy ?? "css";
        const known = strategies.some((each) => each.value === strategy);
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a mask has no other name than its place
            key={index}
            className="grid grid-cols-[132px_minmax(0,1fr)_auto] items-center gap-2 @max-xl:grid-cols-[minmax(0,1fr)_auto]"
          >
            <Select
              label={`Strategy of mask ${index + 1}`}
              value={strategy}
              choices={known ? strategies : [...strategies, { value: strategy, label: strategy }]}
              onChange={(next) => patch(index, { strategy: next })}
            />
            <Input
              aria-label={`Mask ${index + 1}`}
              value={first?.value ?? ""}
              spellCheck={false}
              placeholder=".clock"
              onValueChange={(value) => patch(index, { value }, `mask ${index}`)}
              className="code @max-xl:order-last @max-xl:col-span-2"
            />
            <IconButton label={`Delete mask ${index + 1}`} onClick={() => write(masks.filter((_, at) => at !== index))}>
              <Trash2 />
            </IconButton>
          </div>
        );
      })}
      <Button
        size="sm"
        tone="quiet"
        icon={<Plus />}
        className="self-start"
        onClick={() => write([...masks, { selectors: [{ strategy: "css", value: "" }] }])}
      >
        Add mask
      </Button>
    </fieldset>
  );
}

function firstPatched(selectors: Selector[] | undefined, change: Partial<Selector>): Selector[] {
  const [first, ...rest] = selectors ?? [];
  return [{ strategy: "css", value: "", ...first, ...change }, ...rest];
}
