import { Input } from "@/components/ui/input.tsx";

interface SecondsProps {
  id?: string;
  /** Milliseconds. */
  value: number | null;
  placeholder?: string;
  onChange: (ms: number | null) => void;
}

/** Milliseconds that a person sees and types as seconds. */
export function Seconds({ value, onChange, ...rest }: SecondsProps) {
  return (
    <Input
      {...rest}
      type="number"
      min={0}
      step={0.1}
      value={value === null || Number.isNaN(value) ? "" : value / 1000}
      onChange={(event) => {
        const seconds = event.target.valueAsNumber;
        onChange(Number.isNaN(seconds) ? null : Math.round(seconds * 1000));
      }}
      className="tabular-nums"
    />
  );
}
