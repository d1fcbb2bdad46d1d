import { ArrowDown, ArrowUp, Copy, GripVertical, Plus, Trash2 } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Empty } from "@/components/states.tsx";
import { StepIcon } from "@/components/step-icon.tsx";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "@/components/ui/menu.tsx";
import { toast } from "@/components/ui/toaster.tsx";
import { cn } from "@/lib/class-names.ts";
import { plural } from "@/lib/plural.ts";
import { blocksOf } from "./blocks.ts";
import { blockTemplates, moreTemplates, newBlock, newStep, type StepTemplate, templates } from "./new-step.ts";
import { stepTitle } from "./step-title.ts";
import type { Editor } from "./use-editor.ts";

/** The steps: choose, reorder by hand or keys, add, delete. */
export function StepList({ editor }: { editor: Editor }) {
  const { state, dispatch } = editor;
  const steps = state.document.actions;
  const blocks = useMemo(() => blocksOf(steps), [steps]);
  const id = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const [dropAt, setDropAt] = useState<number>();
  const active = state.selected.at(-1);
  const activeIndex = steps.findIndex((step) => step.id === active);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the selected step is what must be seen
  useEffect(() => {
    listRef.current?.querySelector("[data-active=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const remove = () => {
    const removed = steps.flatMap((step, index) => (state.selected.includes(step.id) ? [{ step, index }] : []));
    dispatch({ do: "remove", ids: state.selected });
    toast.done(`${plural(removed.length, "step")} deleted`, { undoLabel: "Bring back", undo: () => dispatch({ do: "restore", removed }) });
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = event.key === "ArrowDown" || event.key === "j" ? 1 : event.key === "ArrowUp" || event.key === "k" ? -1 : 0;
    if (by !== 0) {
      const next = steps[Math.min(steps.length - 1, Math.max(0, activeIndex + by))];
      if (event.altKey) dispatch({ do: "nudge", ids: state.selected, by });
      else if (next) dispatch(event.shiftKey ? { do: "extend", id: next.id } : { do: "select", ids: [next.id] });
    } else if (event.key === "Home" && steps[0]) dispatch({ do: "select", ids: [steps[0].id] });
    else if (event.key === "End" && steps.length > 0) dispatch({ do: "select", ids: [steps[steps.length - 1]?.id ?? ""] });
    else if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.key === "a" && (event.ctrlKey || event.metaKey)) dispatch({ do: "select", ids: steps.map((step) => step.id) });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-0.5 border-b border-line pr-2 pl-4 max-md:h-13">
        <h2 className="text-h3 font-semibold">Steps</h2>
        {state.selected.length > 1 && <span className="num pl-2 text-muted">{state.selected.length} selected</span>}
        <span className="flex-1" />
        <IconButton label="Move step up" disabled={activeIndex <= 0} onClick={() => dispatch({ do: "nudge", ids: state.selected, by: -1 })}>
          <ArrowUp />
        </IconButton>
        <IconButton
          label="Move step down"
          disabled={activeIndex === -1 || activeIndex === steps.length - 1}
          onClick={() => dispatch({ do: "nudge", ids: state.selected, by: 1 })}
        >
          <ArrowDown />
        </IconButton>
        <IconButton label="Duplicate step" disabled={!active} onClick={() => active && dispatch({ do: "duplicate", id: active })}>
          <Copy />
        </IconButton>
        <IconButton label="Delete step" disabled={state.selected.length === 0} onClick={remove}>
          <Trash2 />
        </IconButton>
        <AddStep editor={editor} after={active} />
      </div>
      {steps.length === 0 && (
        <Empty icon={<Plus />} title="No steps">
          Add one with the button above, or record in a live session.
        </Empty>
      )}
      <div
        ref={listRef}
        role="listbox"
        tabIndex={0}
        aria-label="Steps"
        aria-multiselectable
        aria-activedescendant={active ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onDragLeave={(event) => event.currentTarget === event.target && setDropAt(undefined)}
        className="group/list min-h-0 flex-1 overflow-auto outline-none max-md:max-h-90"
      >
        {steps.map((step, index) => {
          const selected = state.selected.includes(step.id);
          const depth = blocks.depths[index] ?? 0;
          const problem = blocks.problems.get(index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the list
            <div
              key={step.id}
              id={`${id}-${step.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={selected}
              aria-label={`Step ${index + 1}: ${stepTitle(step)}${problem ? `, ${problem}` : ""}`}
              data-active={step.id === active}
              draggable
              onClick={(event) => {
                listRef.current?.focus();
                if (event.shiftKey) dispatch({ do: "extend", id: step.id });
                else if (event.ctrlKey || event.metaKey) dispatch({ do: "toggle", id: step.id });
                else dispatch({ do: "select", ids: [step.id] });
              }}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", step.id);
                if (!selected) dispatch({ do: "select", ids: [step.id] });
              }}
              onDragOver={(event) => {
                event.preventDefault();
                const { top, height } = event.currentTarget.getBoundingClientRect();
                setDropAt(event.clientY > top + height / 2 ? index + 1 : index);
              }}
              onDragEnd={() => setDropAt(undefined)}
              onDrop={(event) => {
                event.preventDefault();
                if (dropAt !== undefined) dispatch({ do: "move", ids: state.selected, to: dropAt });
                setDropAt(undefined);
              }}
              className={cn(
                "group relative flex min-h-9 items-center gap-2 border-b border-line py-1.5 pr-3 pl-1 select-none hover:bg-hover max-md:min-h-11",
                selected && "bg-selected hover:bg-selected",
                selected && "before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent",
                step.id === active &&
                  "group-focus-visible/list:outline-2 group-focus-visible/list:-outline-offset-2 group-focus-visible/list:outline-accent",
                dropAt === index && "shadow-[0_-2px_0_0_var(--accent)]",
                dropAt === index + 1 && index === steps.length - 1 && "shadow-[0_2px_0_0_var(--accent)]",
              )}
            >
              <GripVertical className="size-3.5 shrink-0 text-faint opacity-0 group-hover:opacity-100" aria-hidden />
              <span className="num w-5 shrink-0 text-right text-faint">{index + 1}</span>
              {depth > 0 && <span aria-hidden className="shrink-0" style={{ width: `${Math.min(depth, 8) * 0.875}rem` }} />}
              <StepIcon type={step.type} />
              <span className={cn("min-w-0 flex-1 truncate", step.isOptional && "text-muted italic")}>{stepTitle(step)}</span>
              {step.isOptional && <span className="text-data text-faint">optional</span>}
              {problem && <span className="shrink-0 text-data text-danger-text">{problem}</span>}
            </div>
          );
        })}
      </div>
    </>
  );
}

function AddStep({ editor, after }: { editor: Editor; after: string | undefined }) {
  const { state, dispatch } = editor;
  const several = state.selected.length > 1;
  const item = (template: StepTemplate, onSelect: () => void) => (
    <MenuItem key={template.label} icon={<StepIcon type={template.type} className="size-4" />} onSelect={onSelect}>
      {template.label}
    </MenuItem>
  );
  const insert = (template: StepTemplate) =>
    item(template, () => dispatch({ do: "insert", step: newStep(template, state.document, after), after }));
  const wrap = (template: StepTemplate) =>
    item(template, () => {
      const [opens, closes] = newBlock(template, state.document, after);
      dispatch({ do: "wrap", ids: several ? state.selected : [], opens, closes, after });
    });
  return (
    <Menu
      className="md:flex md:gap-1"
      trigger={
        <Button size="sm" icon={<Plus />} className="ml-1">
          Add step
        </Button>
      }
    >
      <div>{templates.map(insert)}</div>
      <div className="md:border-l md:border-line md:pl-1">
        <MenuSeparator className="md:hidden" />
        <MenuGroup label={several ? `Around the ${state.selected.length} selected steps` : "Branches and loops"}>
          {blockTemplates.map(wrap)}
        </MenuGroup>
        <MenuSeparator />
        {moreTemplates.map(insert)}
      </div>
    </Menu>
  );
}
