import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { leaveChords } from "@/lib/shortcuts.ts";

interface SwitchProps {
  /** The accessible name. */
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once: what it changes needs no saving. */
export function Switch({ label, checked, onChange, disabled }: SwitchProps) {
  return (
    <BaseSwitch.Root
      aria-label={label}
      title={checked ? "On" : "Off"}
      checked={checked}
      onCheckedChange={onChange}
      onKeyDown={leaveChords}
      disabled={disabled}
      className="group inline-flex h-8 w-8 shrink-0 items-center rounded max-md:size-11 max-md:justify-center"
    >
      <span className="flex h-4.5 w-8 items-center rounded-full border border-faint bg-raised p-0.5 transition-colors group-data-checked:border-accent group-data-checked:bg-accent">
        <BaseSwitch.Thumb className="size-3 rounded-full bg-faint transition-transform data-checked:translate-x-3.5 data-checked:bg-on-accent" />
      </span>
    </BaseSwitch.Root>
  );
}
