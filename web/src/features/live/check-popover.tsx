import { Popover } from "@base-ui/react/popover";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { X } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Checkbox } from "@/components/ui/checkbox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { iconButtonStyle } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import { useBoxAnchor } from "./box-anchor.ts";
import { type CheckKind, expectedNow, kindsFor, negatedNow, stateNow } from "./check-kinds.ts";
import { activeTab } from "./live-model.ts";
import type { Picked } from "./protocol.ts";
import { useLive, useLiveSession } from "./use-live.ts";

interface CheckPopoverProps {
  picked: Picked;
  scale: number;
  onDone: () => void;
}

/** The checks that would hold for the picked element, filled in. */
export function CheckPopover({ picked, scale, onDone }: CheckPopoverProps) {
  const live = useLiveSession();
  const addRef = useRef<HTMLButtonElement>(null);
  const { probe, anchor } = useBoxAnchor(picked.box, scale);
  return (
    <>
      <span ref={probe} hidden />
      <Popover.Root open onOpenChange={(open) => !open && live.clear("picked")}>
        <Popover.Portal>
          <Popover.Positioner anchor={anchor} side="bottom" align="start" sideOffset={10} collisionPadding={12} className="z-40">
            <Popover.Popup
              initialFocus={addRef}
              className="flex max-h-[var(--available-height)] w-80 flex-col overflow-auto rounded border border-line-strong bg-raised shadow-pop outline-none"
            >
              <header className="flex items-start gap-2 border-b border-line py-2 pr-2 pl-3">
                <div className="min-w-0 flex-1 pt-1">
                  <Popover.Title className="text-h3 font-semibold">Add check</Popover.Title>
                  <p className="truncate text-muted">
                    <span className="code">{picked.role ?? picked.tag ?? "element"}</span>
                    {picked.name && ` “${picked.name}”`}
                  </p>
                </div>
                <Popover.Close aria-label="Close" className={iconButtonStyle}>
                  <X />
                </Popover.Close>
              </header>
              <Form key={JSON.stringify(picked.selectors[0] ?? picked.box)} picked={picked} addRef={addRef} onDone={onDone} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

interface FormProps {
  picked: Picked;
  addRef: RefObject<HTMLButtonElement | null>;
  onDone: () => void;
}

function Form({ picked, addRef, onDone }: FormProps) {
  const live = useLiveSession();
  const tab = useLive(activeTab);
  const page = { url: tab?.url ?? "", title: tab?.title ?? "" };
  const kinds = kindsFor(picked);
  const [kindName, setKindName] = useState(kinds[0]?.kind ?? "elementVisible");
  const [typed, setTyped] = useState<string>();
  const [chosen, setNegated] = useState<boolean>();
  const kind = kinds.find((each) => each.kind === kindName) ?? kinds[0];
  if (!kind) return null;
  const expected = typed ?? expectedNow(kind, picked, page);
  const negated = chosen ?? negatedNow(kind, picked);

  const add = () => {
    live.send({
      t: "check",
      kind: kind.kind,
      expected: kind.expects ? expected : undefined,
      selectors: kind.page ? undefined : picked.selectors,
      frames: kind.page ? undefined : picked.frames,
      negated: negated || undefined,
    });
    live.clear("picked");
    onDone();
  };

  const now = stateNow(kind, picked);
  const choice = (each: CheckKind) => (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the radio inside
    <label key={each.kind} className="flex min-h-7 items-center gap-2 max-md:min-h-11">
      <Radio.Root
        value={each.kind}
        className="flex size-4 items-center justify-center rounded-full border border-faint bg-surface data-checked:border-accent"
      >
        <Radio.Indicator className="size-2 rounded-full bg-accent" />
      </Radio.Root>
      {each.label}
    </label>
  );

  return (
    <form
      className="flex flex-col gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <RadioGroup
        aria-label="What to check"
        value={kindName}
        onValueChange={(next) => {
          setKindName(next as string);
          setTyped(undefined);
          setNegated(undefined);
        }}
        className="grid grid-cols-2 gap-x-2"
      >
        {kinds.filter((each) => !each.page).map(choice)}
        <span aria-hidden className="col-span-2 my-1 h-px bg-line" />
        {kinds.filter((each) => each.page).map(choice)}
      </RadioGroup>
      {now && <p className="text-data text-muted">{now}</p>}
      {kind.expects && (
        <Field label="Expected">
          <Input value={expected} onValueChange={setTyped} className={kind.expects === "address" ? "code" : undefined} />
        </Field>
      )}
      <div className="flex items-center justify-between gap-2">
        <Checkbox label="Negate" checked={negated} onChange={setNegated} />
        <Button ref={addRef} type="submit" tone="primary">
          Add this check
        </Button>
      </div>
    </form>
  );
}
