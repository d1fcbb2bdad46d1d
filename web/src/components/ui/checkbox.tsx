import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import { leaveChords } from "@/lib/shortcuts.ts";

interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Checkbox({ label, checked, onChange, disabled }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the Base UI checkbox inside, which is labelable
    <label className="inline-flex min-h-8 items-center gap-2 select-none max-md:min-h-11">
      <BaseCheckbox.Root
        checked={checked}
        onCheckedChange={onChange}
        onKeyDown={leaveChords}
        disabled={disabled}
        className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-faint bg-raised data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
      >
        <BaseCheckbox.Indicator className="text-on-accent">
          <Check className="size-3.5" strokeWidth={3} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      {label}
    </label>
  );
}
