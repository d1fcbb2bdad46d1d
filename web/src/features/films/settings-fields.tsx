import { Field } from "@/components/ui/field.tsx";
import { Input } from "@/components/ui/input.tsx";
import { Select } from "@/components/ui/select.tsx";
import { engines } from "@/lib/engines.ts";
import type { Draft, Problems } from "./draft.ts";
import { LookFields } from "./look-fields.tsx";
import { QualityFields } from "./quality-fields.tsx";
import { SoundFields } from "./sound-fields.tsx";
import { hasOwnLook } from "./storyboard-text.ts";

interface SettingsFieldsProps {
  draft: Draft;
  problems: Problems;
  onChange: (change: Partial<Draft>) => void;
}

/** What it is called when nobody says. */
const usualNames: Record<Draft["source"], string> = { address: "Its address", storyboard: "Its title", recording: "Its own name" };

/** How it is filmed, whatever it is. */
export function SettingsFields({ draft, problems, onChange }: SettingsFieldsProps) {
  const ownLook = draft.source === "storyboard" && hasOwnLook(draft.storyboard);
  return (
    <fieldset
      aria-label="Settings"
      className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-3 border-t border-line bg-surface p-4 max-md:pb-6"
    >
      <QualityFields value={draft} problems={problems} onChange={onChange} />
      <Field label="Browser" error={problems.browser} className="w-32">
        <Select value={draft.browser} choices={engines} onChange={(browser) => onChange({ browser })} />
      </Field>
      <Field label="Name" className="min-w-32 flex-1">
        <Input value={draft.name} maxLength={200} placeholder={usualNames[draft.source]} onValueChange={(name) => onChange({ name })} />
      </Field>
      <Field label="Title card" className="min-w-32 flex-1">
        <Input
          value={draft.title}
          maxLength={200}
          placeholder={draft.source === "storyboard" ? "As in the script" : "None"}
          onValueChange={(title) => onChange({ title })}
        />
      </Field>
      <SoundFields track={draft.sound} page={draft.perfect ? "waits" : "heard"} onChange={(sound) => onChange({ sound })} />
      <LookFields look={draft.look} onChange={(look) => onChange({ look })} />
      {ownLook && <p className="w-full text-data text-muted">The storyboard has a look of its own: it counts, not this one.</p>}
    </fieldset>
  );
}
