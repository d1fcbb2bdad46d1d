import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import type { Overlaid, Place, TimeProblems } from "./overlaid.ts";
import { Seconds } from "./seconds.tsx";

const placeChoices: Choice<Place>[] = [
  { value: "top-left", label: "Top left" },
  { value: "top", label: "Top" },
  { value: "top-right", label: "Top right" },
  { value: "left", label: "Left" },
  { value: "center", label: "Centre" },
  { value: "right", label: "Right" },
  { value: "bottom-left", label: "Bottom left" },
  { value: "bottom", label: "Bottom" },
  { value: "bottom-right", label: "Bottom right" },
];

interface OverlayFieldsProps {
  overlay: Overlaid;
  problem: TimeProblems;
  hereMs: number | undefined;
  onChange: (part: Partial<Overlaid>) => void;
  /** What is shown. */
  children: ReactNode;
}

/** What lies over the film, when and where. */
export function OverlayFields({ overlay, problem, hereMs, onChange, children }: OverlayFieldsProps) {
  const here = (field: "from" | "to", label: string) =>
    hereMs !== undefined && (
      <Button size="sm" className="mt-1 w-full" onClick={() => onChange({ [field]: Math.round(hereMs) })}>
        {label}
      </Button>
    );
  return (
    <div className="grid grid-cols-2 items-start gap-x-3 gap-y-2.5">
      {children}
      <div>
        <Field label="From, s" error={problem.from}>
          <Seconds value={overlay.from} onChange={(from) => onChange({ from: from ?? 0 })} />
        </Field>
        {here("from", "Comes here")}
      </div>
      <div>
        <Field label="To, s" error={problem.to}>
          <Seconds value={overlay.to} placeholder="The end" onChange={(to) => onChange({ to })} />
        </Field>
        {here("to", "Goes here")}
      </div>
      <Field label="Place" className="col-span-2">
        <Select value={overlay.place} choices={placeChoices} onChange={(place) => onChange({ place })} />
      </Field>
    </div>
  );
}
