import { FileUp } from "lucide-react";
import { useRef } from "react";
import type { RecordingDocument } from "@/api/types.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Textarea } from "@/components/ui/input.tsx";
import { variablesOf } from "@/features/editor/variables-of.ts";
import { useIncluded } from "./use-included.ts";

interface DataFieldProps {
  document: RecordingDocument;
  text: string;
  onChange: (text: string) => void;
}

/** A table of values, pasted or from a file, for a recording that asks for any; the server reads it and says what is wrong with it. */
export function DataField({ document, text, onChange }: DataFieldProps) {
  const file = useRef<HTMLInputElement>(null);
  if (variablesOf(document, useIncluded(document)).length === 0) return null;
  return (
    <div className="sm:col-span-2">
      <Field label="Data" hint="CSV with a header, or a JSON list: one run a row, its columns are the variables">
        <Textarea
          className="code"
          rows={text.includes("\n") ? 5 : 2}
          placeholder={"USER,PASSWORD\nann,secret"}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <input
        ref={file}
        type="file"
        hidden
        accept=".csv,.json,text/csv,application/json"
        onChange={async (event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) onChange(await chosen.text());
          event.target.value = "";
        }}
      />
      <Button size="sm" icon={<FileUp />} className="mt-1.5" onClick={() => file.current?.click()}>
        Take from a file
      </Button>
    </div>
  );
}
