import { X } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { validateRecording } from "@/api/recordings.ts";
import type { Problem } from "@/api/types.ts";
import { CodeField } from "@/components/code-field.tsx";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Segmented } from "@/components/ui/segmented.tsx";
import { cn } from "@/lib/class-names.ts";
import { type CodeFormat, lineOfPath, parseCode, printCode } from "./code-text.ts";
import type { Editor } from "./use-editor.ts";

interface CodeDrawerProps {
  editor: Editor;
  format: CodeFormat;
  onFormat: (format: CodeFormat) => void;
  onClose: () => void;
}

/** The recording as text. What is typed becomes the recording once it can be read, and the other way round. */
export function CodeDrawer({ editor, format, onFormat, onClose }: CodeDrawerProps) {
  const { document } = editor.state;
  const printed = useMemo(() => printCode(document, format), [document, format]);
  // Text that somebody is typing; none while the text simply shows the recording.
  const [typed, setTyped] = useState<string>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const text = typed ?? printed;
  const parsed = useMemo(() => parseCode(text, format), [text, format]);
  const settled = useDeferredValue(parsed.document);

  useEffect(() => {
    if (!settled) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      validateRecording(settled, stop.signal)
        .then((report) =>
          setProblems([
            ...report.errors.map((each) => ({ ...each, severity: "error" as const })),
            ...report.warnings.map((each) => ({ ...each, severity: "warning" as const })),
          ]),
        )
        .catch(() => undefined);
    }, 300);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [settled]);

  const shown: Problem[] = parsed.problem ? [parsed.problem] : problems;
  const apply = () => {
    if (!parsed.document) return;
    editor.dispatch({ do: "replace", document: parsed.document });
    setTyped(undefined);
  };
  const goTo = (problem: Problem) => {
    const field = fieldRef.current;
    const line = "line" in problem ? Number(problem.line) : lineOfPath(text, problem.path);
    if (!field || !line) return;
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    const end = text.indexOf("\n", start);
    field.focus();
    field.setSelectionRange(start, end === -1 ? text.length : end);
    field.scrollTop = Math.max(0, (line - 6) * 18);
  };

  return (
    <section
      aria-label="Code"
      className="flex w-[min(620px,44%)] shrink-0 flex-col border-l border-line bg-surface max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-40 max-lg:h-[80dvh] max-lg:w-full max-lg:border-t max-lg:shadow-pop"
    >
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3">
        <Segmented
          label="Format"
          value={format}
          choices={[
            { value: "json", label: "JSON" },
            { value: "yaml", label: "YAML" },
          ]}
          onChange={(next) => {
            if (typed !== undefined && parsed.document) editor.dispatch({ do: "replace", document: parsed.document });
            setTyped(undefined);
            onFormat(next);
          }}
        />
        <span className="flex-1 text-right text-data text-muted">{typed !== undefined && "Edited"}</span>
        {typed !== undefined && (
          <>
            <Button size="sm" tone="quiet" onClick={() => setTyped(undefined)}>
              Revert
            </Button>
            <Button size="sm" tone="primary" disabled={!parsed.document} onClick={apply}>
              Apply
            </Button>
          </>
        )}
        <IconButton label="Close code" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <CodeField
        ref={fieldRef}
        label={format === "json" ? "Recording as JSON" : "Recording as YAML"}
        value={text}
        problems={shown.flatMap((problem) => ("line" in problem ? [Number(problem.line)] : (lineOfPath(text, problem.path) ?? [])))}
        onChange={setTyped}
        onApply={apply}
      />
      {shown.length > 0 && (
        <ul aria-label="Problems" className="max-h-44 shrink-0 overflow-auto border-t border-line">
          {shown.map((problem) => (
            <li key={problem.path + problem.message}>
              <button
                type="button"
                onClick={() => goTo(problem)}
                className="flex w-full items-baseline gap-2 px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover"
              >
                <span className={cn("text-data font-medium", problem.severity === "warning" ? "text-warning-text" : "text-danger-text")}>
                  {problem.severity === "warning" ? "Warning" : "Error"}
                </span>
                <code className="code shrink-0 text-muted">{problem.path}</code>
                <span className="min-w-0">{problem.message}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
