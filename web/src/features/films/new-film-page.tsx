import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FilmIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { filmQuery, startFilm } from "@/api/films.ts";
import { Button } from "@/components/ui/button.tsx";
import { Kbd } from "@/components/ui/kbd.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { useNamePlace } from "@/lib/place.ts";
import { commandKey } from "@/lib/platform.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import type { NewFilmSearch } from "@/search.ts";
import { type Draft, keepDraft, loadDraft, problemsOf, toOrder } from "./draft.ts";
import { NewFilmStage } from "./new-film-stage.tsx";
import { Refusal } from "./refusal.tsx";
import { refusalWords } from "./refusal-words.ts";
import { SettingsFields } from "./settings-fields.tsx";
import { AddressFields, RecordingFields } from "./source-fields.tsx";
import { StoryboardEditor } from "./storyboard-editor.tsx";
import { refusedLine } from "./storyboard-text.ts";

const sourceChoices = [
  { value: "address", label: "Address" },
  { value: "storyboard", label: "Storyboard" },
  { value: "recording", label: "Recording" },
] as const;

export function NewFilmPage() {
  const { url, recording } = useSearch({ from: "/frame/films/new" });
  // Another address to begin with is another form.
  return <NewFilm key={`${url} ${recording}`} />;
}

/** The draft of the last visit, with what the address of this one asks for. */
function begin({ url, recording }: NewFilmSearch): Draft {
  const last = loadDraft();
  // A name that was given to another film is not this one's.
  const kept = url || recording ? { ...last, name: "", title: "" } : last;
  if (recording) return { ...kept, source: "recording", recordingId: recording };
  if (url) return { ...kept, source: "address", url };
  return kept;
}

/** What is to be filmed on the left, the film on the right. */
function NewFilm() {
  useNamePlace("New film");
  const search = useSearch({ from: "/frame/films/new" });
  const navigate = useNavigate({ from: "/films/new" });
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => begin(search));
  const stageRef = useRef<HTMLElement>(null);
  const film = useQuery({ ...filmQuery(search.film ?? ""), enabled: Boolean(search.film) });
  const problems = problemsOf(draft);
  const isRight = Object.keys(problems).length === 0;

  useEffect(() => keepDraft(draft), [draft]);

  const start = useMutation({
    mutationFn: (asked: Draft) => startFilm(toOrder(asked)),
    onSuccess: async (started) => {
      cache.invalidateQueries({ queryKey: ["films"] });
      await navigate({ search: (old) => ({ ...old, film: started.id }), replace: Boolean(search.film), resetScroll: false });
      // On a phone the stage is below the form.
      stageRef.current?.scrollIntoView({ block: "nearest" });
    },
  });
  const go = () => isRight && !start.isPending && start.mutate(draft);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  useShortcuts({ "mod+Enter": go });

  const refused = start.error?.message;
  // The line is only told while the text is still the one that was refused.
  const isSameText = start.variables?.storyboard === draft.storyboard;
  const badLine = refused && isSameText ? refusedLine(draft.storyboard, refused) : undefined;
  const source = { draft, problems, onChange: change };
  // What was refused is told while it is still what the form asks for.
  const asked = start.variables;
  const isSameOrder = asked?.source === draft.source && asked.recordingId === draft.recordingId && asked.perfect === draft.perfect;
  const words = start.error && asked && isSameOrder ? refusalWords(start.error) : undefined;
  const missing = words?.missing.filter((name) => !draft.variables[name]) ?? [];
  const isAnswered = Boolean(words?.missing.length) && missing.length === 0;

  return (
    <div className="flex h-full flex-col max-md:h-auto">
      <header className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2.5">
        <h1 className="mr-2 text-h2 font-semibold">New film</h1>
        <Segmented
          label="What is filmed"
          value={draft.source}
          choices={sourceChoices}
          onChange={(next) => change({ source: next })}
          className="max-md:order-last max-md:w-full max-md:*:flex-1"
        />
        <Button tone="primary" className="ml-auto" icon={<FilmIcon />} busy={start.isPending} disabled={!isRight} onClick={go}>
          Film
          <span className="flex gap-0.5 max-md:hidden">
            <Kbd>{commandKey}</Kbd>
            <Kbd>↵</Kbd>
          </span>
        </Button>
      </header>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <section
          aria-label="Order"
          className="flex min-h-0 w-[44%] min-w-0 flex-col overflow-auto border-r border-line max-md:w-full max-md:overflow-visible max-md:border-r-0"
        >
          {start.error && words && !isAnswered && <Refusal error={start.error} words={words} line={badLine} />}
          {draft.source === "storyboard" ? (
            <StoryboardEditor {...source} badLine={badLine} onApply={go} />
          ) : (
            <div className="p-4">
              {draft.source === "address" ? <AddressFields {...source} /> : <RecordingFields {...source} missing={missing} />}
            </div>
          )}
          <SettingsFields {...source} />
        </section>
        <section ref={stageRef} aria-label="Stage" className="flex min-h-0 min-w-0 flex-1 flex-col max-md:border-t max-md:border-line">
          <NewFilmStage film={film} />
        </section>
      </div>
    </div>
  );
}
