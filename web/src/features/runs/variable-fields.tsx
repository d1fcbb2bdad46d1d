import type { RecordingDocument } from "@/api/types.ts";
import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { variablesOf } from "@/features/editor/variables-of.ts";
import { useIncluded } from "./use-included.ts";
import type { Values } from "./values.ts";

interface VariableFieldsProps {
  document: RecordingDocument;
  values: Values;
  /** Those that were asked for in vain. */
  missing?: readonly string[];
  onChange: (values: Values) => void;
  className?: string;
}

const SECRET = /pass|secret|token|cvv|pin|ssn|card/i;

/** A field for each value that a recording asks for, or one that it includes; what is typed into those of secrets is not seen. */
export function VariableFields({ document, values, missing = [], onChange, className }: VariableFieldsProps) {
  const included = useIncluded(document);
  const declared = [document, ...(included ?? [])].flatMap((each) => each.variables ?? []);
  const about = (name: string) => declared.find((each) => each.name === name)?.description;
  const lack = (name: string) => (missing.includes(name) ? ["Give a value", about(name)].filter(Boolean).join(": ") : undefined);
  return variablesOf(document, included).map((name) => (
    <Field key={name} label={name} className={className} hint={about(name)} error={lack(name)}>
      <Input
        type={SECRET.test(name) ? "password" : "text"}
        autoComplete="off"
        value={values[name] ?? ""}
        onValueChange={(value) => onChange({ ...values, [name]: value })}
      />
    </Field>
  ));
}
