import { FileUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Textarea } from "@/components/ui/input.tsx";

/** A table of values, pasted or from a file; the server reads it and says what is wrong with it. */
export function DataField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const file = useRef<HTMLInputElement>(null);
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
