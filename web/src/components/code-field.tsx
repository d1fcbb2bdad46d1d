import { type Ref, useId, useImperativeHandle, useRef } from "react";
import { cn } from "@/lib/class-names.ts";

interface CodeFieldProps {
  ref?: Ref<HTMLTextAreaElement>;
  label: string;
  value: string;
  /** Lines with something wrong. */
  problems: readonly number[];
  /** What is wrong with all of it. */
  problem?: string | undefined;
  onChange: (value: string) => void;
  onApply: () => void;
}

/** A text field for code: numbered lines, marks beside those with a problem. */
export function CodeField({ ref, label, value, problems, problem, onChange, onApply }: CodeFieldProps) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const gutterRef = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => fieldRef.current as HTMLTextAreaElement);
  const noteId = useId();
  const count = value.split("\n").length;

  return (
    <div className="relative flex min-h-0 flex-1 overflow-hidden bg-raised">
      <div
        ref={gutterRef}
        aria-hidden
        className="code w-11 shrink-0 overflow-hidden border-r border-line bg-surface py-2 text-right text-faint select-none"
      >
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <div key={index} className={cn("pr-2", problems.includes(index + 1) && "bg-danger-soft font-semibold text-danger-text")}>
            {index + 1}
          </div>
        ))}
        <div className="h-20" />
      </div>
      <textarea
        ref={fieldRef}
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? noteId : undefined}
        value={value}
        wrap="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutterRef.current) gutterRef.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            onApply();
          } else if (event.key === "Escape") event.currentTarget.blur();
          // While somebody types, undo is the field's own.
          else if ((event.metaKey || event.ctrlKey) && /^[zy]$/i.test(event.key)) event.stopPropagation();
        }}
        className="code min-w-0 flex-1 resize-none bg-transparent px-3 py-2 outline-none"
      />
      {problem && (
        <p id={noteId} className="pointer-events-none absolute right-3 bottom-2 text-data text-danger-text">
          {problem}
        </p>
      )}
    </div>
  );
}
