import { useState } from "react";
import { Input } from "@/components/ui/input.tsx";

interface ShareInputProps {
  id?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

/** A number from 0 to 1. What is being typed stays as it is typed: `0.` is on its way to a number. */
export function ShareInput({ value, onChange, ...rest }: ShareInputProps) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value?.toString() ?? "";
  const number = Number(text);
  const wrong = text.trim() !== "" && !(number >= 0 && number <= 1);
  return (
    <Input
      {...rest}
      inputMode="decimal"
      value={text}
      aria-invalid={wrong || undefined}
      onValueChange={(next) => {
        setTyped(next);
        if (next.trim() === "") onChange(undefined);
        // What is no share is kept too: the document's check names it.
        else if (Number.isFinite(Number(next))) onChange(Number(next));
      }}
      onBlur={() => setTyped(undefined)}
      className="tabular-nums"
    />
  );
}
