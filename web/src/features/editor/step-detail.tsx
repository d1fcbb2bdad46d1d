import { ChevronRight, Lock } from "lucide-react";
import type { RecordedStep, RunDetail } from "@/api/types.ts";
import { StepIcon } from "@/components/step-icon.tsx";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Input, Textarea } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { shortUrl } from "@/lib/shorten.ts";
import { LastSeen } from "./last-seen.tsx";
import { MaskEditor, masksOf } from "./mask-editor.tsx";
import { RecordingChoice } from "./recording-choice.tsx";
import { SelectorEditor } from "./selector-editor.tsx";
import { ShareInput } from "./share-input.tsx";
import { aboutLook, type FieldSpec, hasElement, selectorsNote, stepFields } from "./step-fields.ts";
import { stepTitle } from "./step-title.ts";
import type { Editor } from "./use-editor.ts";

interface StepDetailProps {
  step: RecordedStep;
  number: number;
  editor: Editor;
  lastRun: RunDetail | undefined;
}

/** Everything about one step. */
export function StepDetail({ step, number, editor, lastRun }: StepDetailProps) {
  const patch = (change: Partial<RecordedStep>, key?: string) => editor.dispatch({ do: "patchStep", id: step.id, patch: change, key });
  const fields = (stepFields[step.type] ?? []).filter((field) => !field.when || field.when(step));
  const flags = fields.filter((field) => field.input === "flag");
  const change = (key: string, value: unknown): Partial<RecordedStep> =>
    // Another check compares in its own way.
    key === "checkType" ? { [key]: value, mode: undefined } : { [key]: value };
  const shown = (field: FieldSpec) => (
    <OneField
      key={`${field.key} ${field.label}`}
      field={field}
      value={step[field.key]}
      onChange={(value) => patch(change(field.key, value), field.key)}
    />
  );

  return (
    <section aria-label="Step" className="flex max-w-200 flex-col gap-5 p-6 max-md:p-4">
      <header className="flex items-start gap-2">
        <span className="num mt-1 text-faint">{number}</span>
        <StepIcon type={step.type} className="mt-1 size-4" />
        <div className="min-w-0">
          <h2 className="text-h2 font-semibold break-words">{stepTitle(step)}</h2>
          {/^https?:/.test(step.url) && (
            <p className="truncate text-data text-muted" title={step.url}>
              on {shortUrl(step.url)}
            </p>
          )}
        </div>
      </header>

      {lastRun && <LastSeen run={lastRun} step={step} number={number} />}

      <div className="grid gap-3 sm:grid-cols-2">
        {step.type === "include" && <RecordingChoice step={step} self={editor.id} onChange={(change) => patch(change, "recording")} />}
        {fields.filter((field) => field.input !== "flag").map(shown)}
        {step.type === "upload" && <Files step={step} />}
        {flags.length > 0 && <div className="flex flex-wrap gap-x-8 max-md:flex-col sm:col-span-2">{flags.map(shown)}</div>}
      </div>
      {Boolean(step.isSensitive) && (
        <p className="flex items-center gap-2 rounded border border-line bg-warning-soft px-3 py-2 text-warning-text">
          <Lock className="size-4 shrink-0" />
          The value was masked when it was recorded. Give it when you run
          {step.variableName ? <code className="code">{String(step.variableName)}</code> : "it"}.
        </p>
      )}

      {hasElement(step) && (
        <SelectorEditor
          selectors={step.selectors ?? []}
          note={selectorsNote(step)}
          none={aboutLook(step) ? "None: the picture is of the page. With selectors it is of the element." : undefined}
          onChange={(selectors, key) => patch({ selectors }, key)}
        />
      )}
      {aboutLook(step) && <MaskEditor masks={masksOf(step)} onChange={(masks, key) => patch({ masks }, key)} />}

      <details className="group" open={Boolean(step.name || step.timeout || step.isOptional)}>
        <summary className="-ml-1 flex h-8 w-fit items-center gap-1 rounded px-1 text-muted select-none hover:text-ink max-md:h-11">
          <ChevronRight className="size-4 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
          Name, timeout, optional
        </summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          <Field label="Step name" hint="Shown instead of the sentence above">
            <Input value={step.name ?? ""} onValueChange={(name) => patch({ name: name || undefined }, "name")} />
          </Field>
          <Field label="Timeout (ms)" hint="Empty takes the run's, 30 000">
            <NumberInput value={step.timeout} onChange={(timeout) => patch({ timeout }, "timeout")} />
          </Field>
          <Checkbox
            label="Optional"
            checked={step.isOptional ?? false}
            onChange={(checked) => patch({ isOptional: checked || undefined })}
          />
        </div>
      </details>
    </section>
  );
}

function OneField({ field, value, onChange }: { field: FieldSpec; value: unknown; onChange: (value: unknown) => void }) {
  const text = value === undefined || value === null ? "" : String(value);
  if (field.input === "flag") {
    return <Checkbox label={field.label} checked={value === true} onChange={(checked) => onChange(checked || undefined)} />;
  }
  if (field.input === "lines") {
    const lines = Array.isArray(value) ? value.map((item) => (typeof item === "string" ? item : JSON.stringify(item))) : [];
    return (
      <Field label={field.label} hint={field.hint} className="sm:col-span-2">
        <Textarea rows={5} value={lines.join("\n")} onChange={(event) => onChange(event.target.value.split("\n"))} />
      </Field>
    );
  }
  if (field.input === "choice") {
    const choices = field.choices ?? [];
    const known = choices.some((choice) => choice.value === text);
    return (
      <Field label={field.label}>
        <Select
          label={field.label}
          value={text}
          choices={known ? choices : [...choices, { value: text, label: text || "Not set" }]}
          onChange={(chosen) => onChange(chosen || undefined)}
        />
      </Field>
    );
  }
  if (field.input === "long") {
    return (
      <Field label={field.label} hint={field.hint} className="sm:col-span-2">
        <Textarea className="code" rows={5} value={text} onChange={(event) => onChange(event.target.value)} />
      </Field>
    );
  }
  return (
    <Field label={field.label} hint={field.hint} className={field.input === "text" ? "sm:col-span-2" : undefined}>
      {field.input === "number" ? (
        <NumberInput value={value as number | undefined} onChange={onChange} />
      ) : field.input === "share" ? (
        <ShareInput value={value as number | undefined} onChange={onChange} />
      ) : (
        <Input value={text} onValueChange={onChange} />
      )}
    </Field>
  );
}

interface NumberInputProps {
  id?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

function NumberInput({ value, onChange, ...rest }: NumberInputProps) {
  return (
    <Input
      {...rest}
      type="number"
      inputMode="numeric"
      value={value ?? ""}
      onValueChange={(text) => onChange(text === "" ? undefined : Number(text))}
      className="tabular-nums"
    />
  );
}

function Files({ step }: { step: RecordedStep }) {
  const files = (step.files as { name?: string; size?: number }[] | undefined) ?? [];
  return (
    <ul className="sm:col-span-2">
      {files.map((file) => (
        <li key={file.name} className="code">
          {file.name}
        </li>
      ))}
    </ul>
  );
}
