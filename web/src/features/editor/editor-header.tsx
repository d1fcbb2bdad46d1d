import { Link } from "@tanstack/react-router";
import { Braces, CalendarClock, ChevronDown, FilmIcon, Pencil, Play, Redo2, Save, Undo2 } from "lucide-react";
import { useState } from "react";
import type { Recording } from "@/api/types.ts";
import { Moment } from "@/components/moment.tsx";
import { Button, buttonStyle } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { RunButton } from "@/features/recordings/run-button.tsx";
import { useIncluded } from "@/features/runs/use-included.ts";
import { commandKey } from "@/lib/platform.ts";
import { plural } from "@/lib/plural.ts";
import { shortUrl } from "@/lib/shorten.ts";
import type { Editor } from "./use-editor.ts";
import { variablesOf } from "./variables-of.ts";

interface EditorHeaderProps {
  recording: Recording;
  editor: Editor;
  code: boolean;
  onCode: () => void;
  onRun: () => void;
}

export function EditorHeader({ recording, editor, code, onCode, onRun }: EditorHeaderProps) {
  const { state, dispatch, dirty } = editor;
  const { document } = state;
  const included = useIncluded(document);
  // Whoever is not sure asks.
  const mayAsk = !included || variablesOf(document, included).length > 0;
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-2.5">
      <div className="min-w-0 flex-1 max-md:basis-full">
        <Name name={document.testName} onChange={(testName) => dispatch({ do: "patch", patch: { testName } })} />
        <p className="flex items-center gap-x-2 text-data whitespace-nowrap text-muted">
          <span className="min-w-0 truncate">{shortUrl(document.url)}</span>
          <span aria-hidden>·</span>
          {plural(document.actions.length, "step")}
          <span aria-hidden className="max-md:hidden">
            ·
          </span>
          <span className="num max-md:hidden">revision {state.revision}</span>
          <span aria-hidden>·</span>
          {dirty ? <span className="text-warning-text">Not saved</span> : <Moment at={recording.updatedAt} />}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-1 max-md:w-full">
        <IconButton label="Undo" keys={`${commandKey} Z`} disabled={state.past.length === 0} onClick={() => dispatch({ do: "undo" })}>
          <Undo2 />
        </IconButton>
        <IconButton label="Redo" keys={`${commandKey} ⇧ Z`} disabled={state.future.length === 0} onClick={() => dispatch({ do: "redo" })}>
          <Redo2 />
        </IconButton>
        <IconButton label="Code" pressed={code} onClick={onCode}>
          <Braces />
        </IconButton>
        <Link to="/films/new" search={{ recording: recording.id }} className={buttonStyle({ tone: "quiet" })}>
          <FilmIcon />
          Film…
        </Link>
        <Link to="/schedules" search={{ add: recording.id }} className={buttonStyle({ tone: "quiet" })}>
          <CalendarClock />
          Schedule…
        </Link>
        {/* On a phone what is wanted most has a row of its own. */}
        <span aria-hidden className="w-full md:hidden" />
        <Button className="ml-1 max-md:ml-0 max-md:flex-1" icon={<Save />} disabled={!dirty} busy={editor.saving} onClick={editor.save}>
          Save
        </Button>
        <span className="flex max-md:flex-1 max-md:*:first:flex-1">
          {dirty || mayAsk ? (
            <Button tone="primary" icon={<Play />} className="rounded-r-none" onClick={onRun}>
              Run
            </Button>
          ) : (
            <RunButton recording={recording} tone="primary" size="md" label="Run" className="rounded-r-none" />
          )}
          <Button
            tone="primary"
            aria-label="Run with options…"
            className="rounded-l-none border-l-black/20 px-1.5"
            onClick={onRun}
            icon={<ChevronDown />}
          />
        </span>
      </div>
    </header>
  );
}

function Name({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const [typed, setTyped] = useState<string>();
  if (typed === undefined) {
    return (
      <div className="flex items-center gap-1">
        <h1 className="truncate text-h2 font-semibold">{name}</h1>
        <IconButton label="Rename" className="size-7" onClick={() => setTyped(name)}>
          <Pencil className="size-3.5!" />
        </IconButton>
      </div>
    );
  }
  const done = () => {
    if (typed.trim() && typed.trim() !== name) onChange(typed.trim());
    setTyped(undefined);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <Input
        aria-label="Recording name"
        autoFocus
        value={typed}
        maxLength={200}
        onValueChange={setTyped}
        onBlur={done}
        onKeyDown={(event) => event.key === "Escape" && setTyped(undefined)}
        className="max-w-96 font-semibold"
      />
    </form>
  );
}
