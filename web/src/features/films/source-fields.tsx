import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Dices } from "lucide-react";
import { recordingQuery, recordingsQuery } from "@/api/recordings.ts";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { type Choice, Select } from "@/components/ui/select.tsx";
import { VariableFields } from "@/features/runs/variable-fields.tsx";
import { plural } from "@/lib/plural.ts";
import { shortUrl } from "@/lib/shorten.ts";
import { type Draft, type Problems, usualSeconds } from "./draft.ts";
import { PlanButton } from "./plan-button.tsx";
import { tabsWords } from "./words.ts";

interface SourceProps {
  draft: Draft;
  problems: Problems;
  onChange: (change: Partial<Draft>) => void;
}

const templateChoices: Choice<Draft["template"]>[] = [
  { value: "tour", label: "Tour", note: "the best of the page" },
  { value: "hero", label: "Hero", note: "what it shows first" },
  { value: "features", label: "Features", note: "its headings" },
  { value: "page", label: "Page", note: "all of it, screen by screen" },
];

/** A page that a tour is made of. */
export function AddressFields({ draft, problems, onChange }: SourceProps) {
  return (
    <fieldset aria-label="Address" className="flex flex-wrap items-start gap-x-3 gap-y-2.5">
      <Field label="Page address" className="w-full">
        <Input
          value={draft.url}
          onValueChange={(url) => onChange({ url })}
          placeholder="shop.example/lamps"
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={matchMedia("(pointer: fine)").matches}
        />
      </Field>
      <Field label="Template" hint={templateChoices.find((choice) => choice.value === draft.template)?.note} className="w-44 max-md:w-full">
        <Select value={draft.template} choices={templateChoices} onChange={(template) => onChange({ template })} />
      </Field>
      <Field label="Duration, s" error={problems.duration} className="w-24">
        <Input
          type="number"
          min={3}
          max={600}
          value={draft.duration ?? ""}
          placeholder={String(usualSeconds[draft.template])}
          onChange={(event) => onChange({ duration: Number.isNaN(event.target.valueAsNumber) ? null : event.target.valueAsNumber })}
          className="tabular-nums"
        />
      </Field>
      <Field label="Seed" error={problems.seed} className="w-24">
        <Input
          type="number"
          min={0}
          value={Number.isNaN(draft.seed) ? "" : draft.seed}
          onChange={(event) => onChange({ seed: event.target.valueAsNumber })}
          className="tabular-nums"
        />
      </Field>
      <IconButton label="Another seed" className="mt-5" onClick={() => onChange({ seed: Math.floor(Math.random() * 1e6) })}>
        <Dices />
      </IconButton>
      <p className="w-full text-data text-muted">
        A tour is made of what the page shows: it points, scrolls and zooms. Controls are never pressed. The same page and seed give the
        same tour. Planned first, its storyboard can be changed before it is filmed; “Edit as storyboard” on a film’s page does so later.
      </p>
      <PlanButton draft={draft} problems={problems} onChange={onChange} />
    </fieldset>
  );
}

/** A recording that is performed as a film. */
export function RecordingFields({ draft, onChange, missing }: SourceProps & { missing: readonly string[] }) {
  const { data, isError } = useQuery(recordingsQuery({ limit: 200 }));
  const chosen = draft.recordingId;
  const choices = (data?.items ?? []).map(({ id, name, steps }) => ({ value: id, label: name, note: plural(steps, "step") }));
  const known = choices.some((choice) => choice.value === chosen);
  // Its document says which values it asks for; one that is further back than the list goes has its name from it too.
  const own = useQuery({ ...recordingQuery(chosen), enabled: Boolean(chosen) });
  const instead = !chosen ? "Choose one" : (own.data?.name ?? (own.isError ? "Not there any more" : "Loading…"));
  const recording = data?.items.find((each) => each.id === chosen) ?? own.data;
  if (data && choices.length === 0) {
    return (
      <p className="text-muted">
        There are no recordings yet.{" "}
        <Link to="/" className="underline">
          Open a page
        </Link>{" "}
        and record what you do on it.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2.5">
      <Field label="Recording" error={isError ? "The recordings could not be loaded" : undefined}>
        <Select
          value={chosen}
          choices={known ? choices : [{ value: chosen, label: instead }, ...choices]}
          onChange={(recordingId) => onChange({ recordingId, variables: {} })}
        />
      </Field>
      <p className="text-data text-muted">
        {recording && <span className="text-ink">{shortUrl(recording.url)}. </span>}
        {draft.perfect
          ? "It is filmed as a storyboard, without its checks: the player does not wait for every frame. "
          : "The player performs it at human pace, with its checks and with healing; where its run would fail there is no film. "}
        {tabsWords(draft.perfect)}
      </p>
      {own.data && (
        <VariableFields
          document={own.data.document}
          values={draft.variables}
          missing={missing}
          onChange={(variables) => onChange({ variables })}
        />
      )}
      <Checkbox
        label={draft.perfect ? "Name the steps (in real time only)" : "Name the steps"}
        checked={draft.captions && !draft.perfect}
        disabled={draft.perfect}
        onChange={(captions) => onChange({ captions })}
      />
    </div>
  );
}
