import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { cn } from "@/lib/class-names.ts";
import { leaveChords } from "@/lib/shortcuts.ts";

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  className?: string;
}

/** One of a few, all visible at once. */
export function Segmented<T extends string>({ label, value, choices, onChange, className }: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cn("inline-flex rounded border border-line bg-sunken p-0.5", className)}
    >
      {choices.map((choice) => (
        <Radio.Root
          key={choice.value}
          value={choice.value}
          onKeyDown={leaveChords}
          aria-label={choice.label}
          className="flex h-6.5 items-center rounded-sm px-2.5 text-data text-muted select-none transition-colors hover:text-ink data-checked:bg-raised data-checked:font-medium data-checked:text-ink data-checked:shadow-[0_0_0_1px_var(--line-strong)] max-md:h-11 max-md:min-w-11 max-md:justify-center"
        >
          {choice.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
